"""docs/commands.md names every key that --json prints, and no other."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import RULE, Person, campaign_text

DOCS = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
OPEN_ENDED = {"counts", "facts", "blocked"}  # named by states, accounts or actions


def keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return {key for each in value for key in keys(each)}
    if not isinstance(value, dict):
        return set()
    inner = {key for name, each in value.items() if name not in OPEN_ENDED for key in keys(each)}
    return set(value) | inner


@pytest.mark.parametrize(
    "words", ["plan", "status", "audit", "audit show headline", "audit verify"]
)
def test_documented_keys_are_those_that_are_printed(author: Person, words: str) -> None:
    author.writes("campaign.yaml", campaign_text(more=RULE))
    assert author.types("schedule", "--yes", "--as", "ann").code == 0
    author.types("pause", "--all")
    changed = campaign_text(more=RULE.replace("ann, ben", "ann")).replace("A test", "Another")
    author.writes("campaign.yaml", changed)
    printed = keys(json.loads(author.types(*words.split(), "--json").out))
    name = words.removesuffix(" headline")
    page = DOCS.read_text("utf-8")
    section = page.partition(f"<!-- json {name} -->\n")[2].partition("<!--")[0]
    text = section.replace(f"`campaign {words} --json`", "").replace("POST", "")
    documented = set(re.findall(r"`(\w+)`", text))
    only_sometimes = {
        "plan": {"key", "other", "what", "mend"},
        "status": {"key", "part", "text", "armed_at", "detail"},
    }
    assert printed <= documented
    assert documented - printed <= only_sometimes.get(words, set())
