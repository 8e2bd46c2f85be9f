"""Bluesky's adapter against the reference PDS, its records against @atproto's own judgement.

Not proved here: what the app shows (a PDS alone has no timeline), an account that was taken down,
a second factor.
"""

import hashlib
import json
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from campaign.clock import SystemClock
from campaign.domain.campaign import Account
from campaign.platforms.base import (
    AccountBlocked,
    Duplicate,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    Rejected,
    Sending,
)
from campaign.platforms.bluesky import Bluesky as Adapter
from campaign.platforms.bluesky import created_at, record_key
from campaign.platforms.facets import find_facets
from campaign.testing.stand import TEXTS
from tests.servers import corpus
from tests.servers.bluesky import COLLECTION, Member
from tests.servers.oracle import Oracle
from tests.servers.wire import Wire, wire

DUE = datetime(2021, 12, 18, 8, 0, tzinfo=UTC)
PUT = "POST /xrpc/com.atproto.repo.putRecord"


def made(member: Member, folder: Path, **changes: str) -> Adapter:
    """`server` may be a wire to it, `password` a wrong one, `handle` another's."""
    given = {"server": member.url, "handle": member.handle, "password": member.password} | changes
    account = Account(
        name="un-bluesky",
        platform="bluesky",
        handle=given["handle"],
        language="en",
        settings={"server": given["server"], "allow_loopback": "true"},
    )
    secrets = {"app_password": given["password"]}
    return Adapter(account, clock=SystemClock(), folder=folder, secrets=secrets)


def part(text: str = "One.", **more: Any) -> Sending:
    given: dict[str, Any] = {
        "post_key": "imd-2021/recommendation-1/en/un-bluesky",
        "part": 1,
        "key": hashlib.sha256(text.encode()).hexdigest(),
        "body": {"language": "en", "text": text},
        "due_at": DUE,
        "since": datetime.now(UTC) - timedelta(seconds=5),
        "within": 20.0,
    }
    return Sending(**(given | more))


def kept(folder: Path) -> Path:
    (session,) = folder.glob("*.session")
    return session


def texts(member: Member) -> list[str]:
    return [record["value"]["text"] for record in member.records()]


def test_what_was_approved_stands_there_and_is_valid(
    member: Member, tmp_path: Path, shared: Path, oracle: Oracle
) -> None:
    text = f"Recognize migrants, says @{member.handle}. #MigrantsDay https://example.org/a?b=c"
    body = {"language": "fr", "text": text, "card": "https://example.org/statement"}
    receipt = made(member, tmp_path).publish(part(body=body))
    (record,) = member.records()
    assert (record["uri"], record["cid"]) == (receipt.remote_id, receipt.extra["cid"])
    value = record["value"]
    assert (value["text"], value["langs"]) == (text, ["fr"])
    assert value["embed"]["external"]["uri"] == "https://example.org/statement"
    features = [facet["features"][0] for facet in value["facets"]]
    assert [one["$type"].split("#")[1] for one in features] == ["mention", "tag", "link"]
    assert features[0]["did"] == member.did
    lexicons = shared / "conformance" / "atproto" / "lexicons"
    assert oracle.record_problem(lexicons, value) is None


@pytest.mark.parametrize("name", TEXTS)
def test_every_script_is_read_back_word_for_word(member: Member, tmp_path: Path, name: str) -> None:
    made(member, tmp_path).publish(part(TEXTS[name]))
    assert texts(member) == [TEXTS[name]]


def test_every_message_of_the_shipped_campaign(member: Member, tmp_path: Path) -> None:
    fitting = [text for text in corpus.shipped() if len(text) <= 300]
    wanted = list(dict.fromkeys(fitting))[:40]
    adapter = made(member, tmp_path)
    for text in wanted:
        adapter.publish(part(text))
    assert sorted(texts(member)) == sorted(wanted)


def test_the_same_part_again_is_the_same_record(member: Member, tmp_path: Path) -> None:
    first = made(member, tmp_path).publish(part())
    again = made(member, tmp_path).publish(part())
    assert (again.remote_id, again.extra) == (first.remote_id, first.extra)
    assert texts(member) == ["One."]


def test_a_key_that_is_taken_overwrites_nothing(member: Member, tmp_path: Path) -> None:
    member.put(record_key(part()), "Somebody else's.")
    with pytest.raises(Duplicate):
        made(member, tmp_path).publish(part())
    with pytest.raises(OutcomeUnknown, match="another post stands in its place"):
        made(member, tmp_path).find(part())
    assert texts(member) == ["Somebody else's."]


def test_a_thread_hangs_together(
    member: Member, tmp_path: Path, shared: Path, oracle: Oracle
) -> None:
    parent = None
    for number, text in enumerate(("One.", "Two.", "Three."), start=1):
        parent = made(member, tmp_path).publish(part(text, part=number, parent=parent))
    records = {record["value"]["text"]: record for record in member.records()}
    at = {text: {"uri": one["uri"], "cid": one["cid"]} for text, one in records.items()}
    assert records["Two."]["value"]["reply"] == {"root": at["One."], "parent": at["One."]}
    assert records["Three."]["value"]["reply"] == {"root": at["One."], "parent": at["Two."]}
    lexicons = shared / "conformance" / "atproto" / "lexicons"
    for record in records.values():
        assert oracle.record_problem(lexicons, record["value"]) is None


def test_find_reads_back_or_is_certain_of_its_absence(member: Member, tmp_path: Path) -> None:
    adapter = made(member, tmp_path)
    assert adapter.find(part()) is None
    receipt = adapter.publish(part())
    found = adapter.find(part())
    assert found
    assert (found.remote_id, found.extra) == (receipt.remote_id, receipt.extra)
    assert adapter.find(part("Two.")) is None


def test_keys_and_times_have_the_syntax_of_the_protocol(oracle: Oracle) -> None:
    parts = [part(f"{number}.", part=number % 7 + 1) for number in range(200)]
    keys = [record_key(one) for one in parts]
    assert len(set(keys)) == len(keys)
    assert all(oracle.is_valid("tid", *keys))
    assert all(oracle.is_valid("recordkey", *keys))
    assert all(oracle.is_valid("datetime", *map(created_at, parts)))


def test_one_session_is_kept_for_its_owner_alone(member: Member, tmp_path: Path) -> None:
    """30 log-ins in five minutes are all that the server allows; here are 40 posts."""
    for number in range(40):
        made(member, tmp_path).publish(part(f"{number}."))
    assert stat.S_IMODE(kept(tmp_path).stat().st_mode) == 0o600
    assert member.password not in kept(tmp_path).read_text()
    assert len(texts(member)) == 40


@pytest.mark.parametrize("token", ["expired", "x.y.z"])
def test_a_token_that_is_over_sends_nothing_and_the_next_try_does(
    member: Member, tmp_path: Path, token: str
) -> None:
    made(member, tmp_path).verify()
    session = json.loads(kept(tmp_path).read_text())
    session["access"] = member.expired_token() if token == "expired" else token
    kept(tmp_path).write_text(json.dumps(session))
    for _ in range(2):
        try:
            made(member, tmp_path).publish(part())
        except NotSent:
            assert not texts(member)
    assert texts(member) == ["One."]


def test_a_refresh_token_is_used_and_changes(member: Member, tmp_path: Path) -> None:
    made(member, tmp_path).verify()
    before = json.loads(kept(tmp_path).read_text())
    kept(tmp_path).write_text(json.dumps(before | {"access": member.expired_token()}))
    made(member, tmp_path, password="not needed").publish(part())
    assert json.loads(kept(tmp_path).read_text())["refresh"] != before["refresh"]
    assert texts(member) == ["One."]


def test_many_at_once_renew_one_session(member: Member, tmp_path: Path) -> None:
    """A renewed token ends the one before it: whoever renewed for himself would lock out the others."""
    made(member, tmp_path).verify()
    before = json.loads(kept(tmp_path).read_text())
    kept(tmp_path).write_text(json.dumps(before | {"access": member.expired_token()}))
    with ThreadPoolExecutor(8) as pool:
        adapters = [made(member, tmp_path, password="not needed") for _ in range(8)]
        texts_sent = [f"{number}." for number in range(8)]
        list(
            pool.map(
                lambda pair: pair[0].publish(part(pair[1])), zip(adapters, texts_sent, strict=True)
            )
        )
    assert sorted(texts(member)) == texts_sent
    assert json.loads(kept(tmp_path).read_text())["refresh"] != before["refresh"]


def test_the_same_part_twice_at_once_is_one_record(member: Member, tmp_path: Path) -> None:
    made(member, tmp_path).verify()
    for number in range(10):
        together = threading.Barrier(2)

        def publish(
            _turn: int, text: str = f"{number}.", gate: threading.Barrier = together
        ) -> str:
            gate.wait(20)
            return made(member, tmp_path).publish(part(text)).remote_id

        with ThreadPoolExecutor(2) as pool:
            assert len(set(pool.map(publish, range(2)))) == 1
    assert len(texts(member)) == 10


def test_verify_knows_the_account(member: Member, tmp_path: Path) -> None:
    verified = made(member, tmp_path).verify()
    assert (verified.handle, verified.remote_id) == (member.handle, member.did)


def test_a_wrong_password_blocks_the_account(member: Member, tmp_path: Path) -> None:
    adapter = made(member, tmp_path, password="canary-0815")
    for ask in (lambda: adapter.publish(part()), adapter.verify, lambda: adapter.find(part())):
        with pytest.raises(AccountBlocked, match="app password") as caught:
            ask()
        assert "canary" not in str(caught.value)


def test_log_ins_that_are_too_many_wait(member: Member, tmp_path: Path) -> None:
    with pytest.raises(RateLimited) as caught:  # noqa: PT012
        for number in range(40):
            folder = tmp_path / str(number)
            folder.mkdir()
            made(member, folder).verify()
    wait = caught.value.retry_at - datetime.now(UTC)
    assert timedelta(seconds=1) < wait <= timedelta(seconds=301)


@pytest.mark.parametrize("text", ["a" * 301, "👨‍👩‍👧" * 216])
def test_what_is_too_long_is_rejected(member: Member, tmp_path: Path, text: str) -> None:
    with pytest.raises(Rejected, match="too big"):
        made(member, tmp_path).publish(part(text))
    assert not texts(member)


@pytest.fixture
def between(member: Member) -> Iterator[Wire]:
    with wire(member.url) as opened:
        yield opened


def test_lost_answer_is_unknown_then_found_exactly_once(
    member: Member, between: Wire, tmp_path: Path
) -> None:
    """The kept session leads through the wire: a DID document would lead past it."""
    made(member, tmp_path).verify()
    session = json.loads(kept(tmp_path).read_text())
    opened_for = session["opened_for"].replace(member.url, between.url)
    session |= {"server": between.url, "opened_for": opened_for}
    kept(tmp_path).write_text(json.dumps(session))
    adapter = made(member, tmp_path, server=between.url)
    between.lose_next_answer(PUT)
    with pytest.raises(OutcomeUnknown):
        adapter.publish(part())
    assert between.lost == 1
    assert texts(member) == ["One."]
    found = adapter.find(part())
    assert found
    assert found.remote_id == f"at://{member.did}/{COLLECTION}/{record_key(part())}"
    assert adapter.publish(part()).remote_id == found.remote_id
    assert texts(member) == ["One."]


def spans(text: str) -> list[tuple[int, int, str, str]]:
    """Ours as the oracle shows its own: a mention that is not resolved has its handle."""
    return [
        (
            facet["index"]["byteStart"],
            facet["index"]["byteEnd"],
            facet["features"][0]["$type"].split("#")[1],
            next(value for key, value in facet["features"][0].items() if key != "$type"),
        )
        for facet in find_facets(text, lambda handle: handle)
    ]


def wrong_facets(texts: tuple[str, ...], oracle: Oracle) -> list[tuple[str, Any, Any]]:
    wrong = []
    for text, answer in zip(texts, oracle.rich_text(*texts), strict=True):
        theirs = [(f["start"], f["end"], f["kind"], f["value"]) for f in answer["facets"]]
        if spans(text) != theirs:
            wrong.append((text, spans(text), theirs))
    return wrong


def test_facets_of_every_message_of_every_statement(shared: Path, oracle: Oracle) -> None:
    written = corpus.written(shared / "statements")
    for texts in [corpus.shipped(), *written.values()]:
        assert not wrong_facets(texts, oracle)


@given(corpus.SPACED)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_facets_of_any_text(oracle: Oracle, texts: list[str]) -> None:
    """Theirs makes no link of an address in capitals, ours does."""
    lower = tuple(text.replace("HTTPS", "https") for text in texts)
    assert not wrong_facets(lower, oracle)
