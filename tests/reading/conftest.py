"""Statements of our own, written to a file and read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from campaign.domain.observance import Observance
from campaign.domain.statement import Statement
from campaign.errors import ContentError, Problem
from campaign.reading.extract import read_statement

TITLE = "Water Is a Right of Everybody\n\n"
OPENING = "Nairobi, 22 March – On World Water Day, the Water Alliance calls on governments to act."
CALL = (
    "The Water Alliance urges States to:\n\n- protect rivers;\n- fund wells; and\n- share data.\n"
)

DAYS = {
    day.id: day
    for day in (
        Observance(
            id="international-migrants-day",
            month=12,
            day=18,
            names={"en": "International Migrants Day"},
        ),
        Observance(id="world-water-day", month=3, day=22, names={"en": "World Water Day"}),
    )
}


@pytest.fixture(params=["statement.md", "statement.txt"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Statement]:
    """Reads a text as Markdown, and as plain text."""

    def read_text(text: str) -> Statement:
        path = tmp_path / request.param
        path.write_text(text, "utf-8")
        return read_statement(path, language="en", observances=DAYS)

    return read_text


@pytest.fixture
def read_body(read: Callable[[str], Statement]) -> Callable[[str], Statement]:
    """Reads paragraphs that stand between our opening and our call."""
    return lambda body: read(f"{TITLE}{OPENING}\n\n{body}\n\n{CALL}")


@pytest.fixture
def problems(read: Callable[[str], Statement]) -> Callable[[str], list[Problem]]:
    """What is wrong with the lists that follow our opening."""

    def find(lists: str) -> list[Problem]:
        with pytest.raises(ContentError) as error:
            read(f"{TITLE}{OPENING}\n\n{lists}")
        return list(error.value.problems)

    return find
