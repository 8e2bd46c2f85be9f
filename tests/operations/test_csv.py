"""The export as a spreadsheet would read it: no cell is a formula, nothing else is changed."""

import csv
import io

import pytest

from campaign.domain.audit import Publication
from campaign.domain.states import State
from campaign.operations.audit import COLUMNS, defuse, describe, to_csv
from tests.factories import DUE

LEADS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
QUOTES = ["", '"', "'", "“", "„", "«", " ", "\u00a0", "\"' "]
HARMLESS = ["One.", "", " One", "1 + 1 = 2", "a@b", "'quoted'", "“Quoted”", "…", "#tag", "−3"]


def publication(text: str) -> Publication:
    return Publication(
        post_key="test-2021/recommendation-1/en/press",
        excerpt_ref="recommendation-1",
        account="press",
        platform="outbox",
        handle="@press",
        language="en",
        part=1,
        parts=1,
        text=text,
        state=State.QUEUED,
        due_at=DUE,
        zone="UTC",
        approved_by=("=Ada", "Bo"),
    )


@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize("lead", LEADS)
def test_cell_that_begins_like_a_formula_is_text(lead: str, quote: str) -> None:
    cell = f"{quote}{lead}cmd|' /C calc'!A0"
    assert defuse(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", HARMLESS)
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert defuse(cell) == cell


def test_missing_and_number_stay_what_they_are() -> None:
    assert [defuse(None), defuse(-3)] == ["", -3]


@pytest.mark.parametrize("text", ['Two\nlines, "quoted"; and a comma', "=1+1", "Ünïcode 🕊"])
def test_csv_reads_back_in_rfc_4180(text: str) -> None:
    written = to_csv([publication(text)])
    head, row = csv.reader(io.StringIO(written, newline=""), strict=True)
    assert head == list(COLUMNS) == list(describe(publication(text)))
    read = dict(zip(head, row, strict=True))
    assert read["text"] == defuse(text)
    assert (read["handle"], read["approved_by"]) == ("'@press", "'=Ada, Bo")
    assert (read["published_at"], read["part"]) == ("", "1")
    assert written.count("\r\n") == 2
