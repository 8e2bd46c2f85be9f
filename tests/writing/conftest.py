"""The shipped statement as a value, and what writes it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from campaign.domain.campaign import Campaign, Wording
from campaign.domain.statement import Statement
from campaign.reading.extract import read_statement
from campaign.reading.observances import load_observances
from campaign.shipped import folder
from campaign.writing.compose import Composer

FILE = Path(str(folder("messages"))) / "international-migrants-day" / "statement.en.md"
ROLE = (
    "Director-General of the International Organization for Migration"
    " and Coordinator of the UN Network on Migration"
)
MakeComposer = Callable[..., Composer]


@pytest.fixture(scope="session")
def statement() -> Statement:
    return read_statement(FILE, language="en", observances=load_observances())


@pytest.fixture(scope="session")
def campaign() -> Campaign:
    return Campaign(
        id="imd-2021",
        title="International Migrants Day 2021",
        day=date(2021, 12, 18),
        zone="Europe/Zurich",
        file="campaign.yaml",
        statement=FILE.name,
        language="en",
        accounts=(),
        calendar=(),
        link="https://example.org/statement",
        wording=Wording.IMPERATIVE,
        hashtags=("MigrantsDay",),
    )


@pytest.fixture(scope="session")
def compose(statement: Statement, campaign: Campaign) -> MakeComposer:
    """A composer of the shipped campaign: `said` changes the statement, keywords the campaign."""
    observance = load_observances()["international-migrants-day"]

    def make(
        *, own: Path | None = None, said: dict[str, object] | None = None, **changes: object
    ) -> Composer:
        folders = [own or FILE.parent / "templates", folder("messages") / "templates"]
        return Composer(
            replace(campaign, **changes),  # type: ignore[arg-type]
            replace(statement, **(said or {})),  # type: ignore[arg-type]
            folders,
            observance,
        )

    return make
