"""The schema for editors: it takes every good file that is known, and refuses slips."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from campaign.config.schema import schema
from campaign.platforms.counting import NETWORKS
from campaign.platforms.registry import adapter_names, load_adapter
from campaign.reading.observances import load_observances
from tests.config.conftest import yaml_with

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs/campaign-file.md"
PAPER = ROOT.parent / "shared/CONTENT.md"
OPTIONS = {"server": "where it is"}
EVERY_OPTION = {
    key: told for name in adapter_names() for key, told in load_adapter(name).options.items()
}
WHOLE = schema(NETWORKS, sorted(load_observances()), OPTIONS)
PART = {key: value for key, value in WHOLE.items() if key not in ("required", "oneOf")}
SITUATIONS = ("a", "b", "c", "d", "h")


def read(text: str) -> Any:
    """As an editor reads it: numbers are numbers, dates are texts."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = "1.2"
    return json.loads(json.dumps(yaml.load(text), default=str))


def faults(text: str, part: dict[str, Any]) -> list[str]:
    found = Draft202012Validator(part).iter_errors(read(text))
    return [f"{one.json_path}: {one.message[:90]}" for one in found]


def blocks(text: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(WHOLE)


def test_the_shipped_campaign_is_good() -> None:
    shipped = ROOT / "messages/international-migrants-day/campaign.yaml"
    assert faults(shipped.read_text("utf-8"), WHOLE) == []


@pytest.mark.parametrize("number", range(len(blocks(DOCS.read_text("utf-8")))))
def test_the_examples_of_the_docs_are_good(number: int) -> None:
    days = sorted(load_observances())
    part = {**schema(NETWORKS, days, EVERY_OPTION), "required": [], "oneOf": [True]}
    assert faults(blocks(DOCS.read_text("utf-8"))[number], part) == []


def test_the_real_situations_are_good() -> None:
    if not PAPER.exists():
        missing = pytest.fail if os.environ.get("CAMPAIGN_CI") == "1" else pytest.skip
        missing("the paper with the nine situations is not beside the repository")
    text = PAPER.read_text("utf-8").partition("## 9.")[2]
    found = dict(re.findall(r"^\*\*\((\w)\).*?^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    assert {letter: faults(found[letter], PART) for letter in SITUATIONS} == {
        letter: [] for letter in SITUATIONS
    }


@pytest.mark.parametrize(
    "text",
    [
        "hashtags: Day\nskip: quote 1\nlate: 2h\n",
        "late: skip\npick: [2]\nid: 2021\n",
        "people: {comms: a}\napproval: comms\n",
        "people: {comms: [a]}\napproval: [comms]\n",
        "approval: {by: comms, before: 1 working day}\n",
        "accounts: {x: example, un-m: {platform: mastodon, handle: a@b.example}}\n",
        "messages: {hello: Hello., live: {text: {en: Live.}, link: https://example.org}}\n",
        "facts: {1: {text: A., source: B, as-of: 2021-11-30}}\n",
        "calendar: [D 10:00 headline, D-7 10:00 fact on x, 2021-12-11 10:00 quote 1 in fr]\n",
    ],
)
def test_short_and_long_forms_are_good(text: str) -> None:
    assert faults(text, PART) == []


@pytest.mark.parametrize(
    "text",
    [
        "langauge: fr\n",
        "media: {}\n",
        "link:\n",
        "accounts: {x: {handle: a, langauge: fr}}\n",
        "accounts: {a: {handle: b, platform: blusky}}\n",
        "calendar: [D 10: headline]\n",
        "calendar: [D 25:00 headline]\n",
        "calendar: [D 10:00]\n",
        "calendar: D 10:00 headline\n",
        "form: imperativ\n",
        "late: never\n",
        "late: {then: never}\n",
        "approval: {on: comms}\n",
        "date: 18.12.2021\n",
        "spacing: soon\n",
        "hashtags: A, B\n",
    ],
)
def test_slips_are_marked(text: str) -> None:
    assert faults(text, PART)


def test_the_networks_own_keys_are_known() -> None:
    text = "accounts: {mastodon: {handle: a@social.example, server: https://web.social.example}}\n"
    assert faults(text, PART) == []
    closed, wide = schema(NETWORKS, []), schema(NETWORKS, [], is_open=True)
    assert len(faults(text, closed)) == len(faults(text, wide)) + 1


def test_what_is_required_is_marked() -> None:
    assert faults(yaml_with(), WHOLE) == []
    for key in ("id", "timezone", "statement", "accounts", "day"):
        assert faults(yaml_with(**{key: None}), WHOLE)
    assert faults(yaml_with(date="2021-12-18"), WHOLE)


def test_every_key_is_explained() -> None:
    groups = {"": WHOLE, **WHOLE["$defs"]}
    for group in groups.values():
        for key, value in group["properties"].items():
            assert value.get("description", "").endswith("."), key


def test_the_docs_name_every_key_and_no_other() -> None:
    text = DOCS.read_text("utf-8")
    table = text.partition("## ")[0]
    first = re.findall(r"^\| (`[^|]*`) \|", table, re.MULTILINE)
    documented = {name for cell in first for name in re.findall(r"`([\w-]+)`", cell)}
    assert documented == set(WHOLE["properties"])
    for name, group in WHOLE["$defs"].items():
        for key in group["properties"]:
            assert re.search(rf"[`{{ ,]{key}[`:]", text), f"{name} {key}"
