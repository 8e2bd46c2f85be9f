"""docs/commands.md names every key that --json prints, object by object, and no other."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from campaign.store.engine import open_store
from tests.cli.conftest import RULE, Person, campaign_text
from tests.factories import DUE, clock_at, database, drafted, fill
from tests.publisher.stand import UNKNOWN, Stand

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "commands.md").read_text("utf-8")
OPEN_ENDED = {"counts", "facts", "blocked", "keys", "secrets"}  # named by states, accounts, actions
OMITTED = ", concrete and actionable pledges: omit"
Objects = dict[str, set[str]]  # the keys of the objects that stand under a key; "" is the outermost


def objects(value: Any, under: str = "", found: Objects | None = None) -> Objects:
    found = found if found is not None else {}
    if isinstance(value, dict):
        found.setdefault(under, set()).update(value)
        for name, inner in value.items():
            if name not in OPEN_ENDED:
                objects(inner, name, found)
    elif isinstance(value, list):
        for inner in value:
            objects(inner, under, found)
    return found


def documented(name: str) -> Objects:
    section = DOCS.partition(f"<!-- json {name} -->\n")[2].partition("<!--")[0]
    text = " ".join(section.partition("--json`")[2].split())
    outer, *inner = re.split(r"\. In `(\w+)`: ", text)
    found = {"": set(re.findall(r"`(\w+)`", outer.partition(":")[2].partition(".")[0]))}
    for under, keys in zip(inner[::2], inner[1::2], strict=True):
        found[under] = set(re.findall(r"`(\w+)`", keys.partition(".")[0]))
    return found


def printed(person: Person, words: str, found: Objects | None = None) -> Objects:
    """What a command prints, added to what was `found` before."""
    return objects(json.loads(person.types(*words.split(), "--json").out), found=found)


def in_doubt(person: Person) -> None:
    """A queue with one post that may be public, one paused, under a second campaign's name."""
    clock = clock_at(DUE)
    store = open_store(database(person.folder), clock)
    fill(store, drafted([("One.",), ("Two.",)], every=timedelta(hours=2)))
    stand = Stand(store, clock)
    stand.sends_one(UNKNOWN)
    store.close()
    assert person.types("pause", "--all").code == 0


def test_plan(author: Person) -> None:
    author.writes("campaign.yaml", campaign_text(more=RULE))
    assert author.types("schedule", "--yes", "--as", "ann").code == 0
    assert printed(author, "preview") == documented("preview")
    changed = campaign_text(more=RULE.replace("ann, ben", "ann")).replace("A test", "Another")
    found: Objects = {}
    for text in (
        changed,
        changed.replace("test-1", "test-2"),  # the same words, in another campaign
        campaign_text("  - D 12:00 recommendation 7").replace(OMITTED, ""),
    ):
        author.writes("campaign.yaml", text)
        printed(author, "plan", found)
    assert found == documented("plan")


@pytest.mark.parametrize("words", ["audit", "audit show headline", "audit verify"])
def test_audit(scheduler: Person, words: str) -> None:
    assert printed(scheduler, words) == documented(words.removesuffix(" headline"))


def test_status(person: Person) -> None:
    in_doubt(person)
    assert printed(person, "status") == documented("status")


def test_check(author: Person) -> None:
    text = campaign_text("  - D 12:00 recommendation 7").replace(OMITTED, "")
    author.writes("campaign.yaml", text)
    found = printed(author, "check")
    author.writes("campaign.yaml", text.replace("UTC", "Geneva"))
    assert printed(author, "check", found) == documented("check")


def test_accounts_and_platforms(scheduler: Person) -> None:
    assert printed(scheduler, "accounts verify") == documented("accounts verify")
    assert printed(scheduler, "platforms") == documented("platforms")


def test_every_command_with_json_is_documented() -> None:
    of_commands = DOCS.partition("<!-- commands -->")[2].partition("<!-- /commands -->")[0]
    found = re.split(r"^### campaign ([a-z ]+[a-z]).*\n", of_commands, flags=re.MULTILINE)
    with_json = {n for n, text in zip(found[1::2], found[2::2], strict=True) if "`--json`" in text}
    assert with_json == set(re.findall(r"<!-- json ([a-z ]+) -->", DOCS))
