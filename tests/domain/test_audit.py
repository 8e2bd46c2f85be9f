"""How a record is spelled and hashed: the spelling is a promise to whoever kept a hash."""

import dataclasses
import hashlib
import json
from datetime import UTC, datetime

import pytest

from campaign.domain.audit import GENESIS, Record, spell

RECORD = Record(
    seq=7,
    at="2021-12-18T08:00:00.000000Z",
    actor="Ada",
    action="approved",
    object="test-2021/recommendation-1/en/press",
    content_hash="ab" * 32,
    facts={"rôle": "Édition", "part": 1, "again": True, "reason": None},
    prev_hash=GENESIS,
)


def test_hash_is_that_of_rfc_8785_json_behind_a_leaf_byte() -> None:
    spelled = (
        '{"action":"approved","actor":"Ada","at":"2021-12-18T08:00:00.000000Z",'
        f'"content_hash":"{"ab" * 32}",'
        '"facts":{"again":true,"part":1,"reason":null,"rôle":"Édition"},'
        f'"object":"test-2021/recommendation-1/en/press","prev_hash":"{GENESIS}","seq":7}}'
    )
    assert RECORD.hash() == hashlib.sha256(b"\x00" + spelled.encode()).hexdigest()


def test_hash_does_not_depend_on_the_order_of_facts() -> None:
    facts = dict(reversed(RECORD.facts.items()))
    assert json.dumps(facts) != json.dumps(RECORD.facts)
    assert dataclasses.replace(RECORD, facts=facts).hash() == RECORD.hash()


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Record)])
def test_hash_covers_every_field(name: str) -> None:
    other: dict[str, object] = {"seq": 8, "facts": {"part": 2}}
    changed = dataclasses.replace(RECORD, **{name: other.get(name, "other")})  # type: ignore[arg-type]
    assert changed.hash() != RECORD.hash()


def test_instants_are_spelled_with_one_width() -> None:
    assert spell(datetime(2021, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2021-01-02T03:04:05.000000Z"
