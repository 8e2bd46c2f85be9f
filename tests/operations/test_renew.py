"""The same campaign in another year: a new folder, comments and all."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from campaign.config.load import load_campaign
from campaign.errors import CampaignError, ContentError
from campaign.operations.renew import renew
from campaign.platforms.counting import NETWORKS
from campaign.reading.observances import load_observances
from tests.operations.conftest import SHIPPED, changed


@pytest.fixture
def old(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "old")
    return tmp_path / "old" / "campaign.yaml"


def rewrite(file: Path, **changes: str | None) -> None:
    file.write_text(changed(file.read_text("utf-8"), changes), "utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_dates_move_and_all_else_stays(old: Path, tmp_path: Path) -> None:
    before = contents(old.parent)
    done = renew(old, 2027, tmp_path / "new")
    was = old.read_text("utf-8").splitlines()
    now = done.file.read_text("utf-8").splitlines()
    assert [(a.split("#")[0].strip(), b.split("#")[0].strip()) for a, b in zip(was, now, strict=True) if a != b] == [
        ("id: imd-2021", "id: imd-2027"),
        ("campaign: International Migrants Day 2021", "campaign: International Migrants Day 2027"),
        ("day: international-migrants-day 2021", "day: international-migrants-day 2027"),
    ]  # fmt: skip
    assert contents(old.parent) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old"]
    new = load_campaign(done.file, observances=load_observances(), platforms=NETWORKS)
    assert (new.id, new.day, new.title) == (
        "imd-2027",
        date(2027, 12, 18),
        "International Migrants Day 2027",
    )
    assert (done.file.parent / "statement.en.md").read_bytes() == before["statement.en.md"]


def test_weekends_and_decisions_are_named(old: Path, tmp_path: Path) -> None:
    rewrite(
        old,
        facts='{1: {text: "It was 9.", source: "IOM", as-of: 2021-11-30}, b: {text: "8 there.", source: "IOM"}}',
    )
    done = renew(old, 2027, tmp_path / "new")
    said = "\n".join(done.notes)
    assert "D-7 falls on a weekend: Saturday 11 December 2027." in said
    assert "The first post comes on a Saturday: approve by Fri 10 Dec 10:00 Zurich" in said
    assert "The figure under facts 1 is as of 2021-11-30: is there a newer one?" in said
    assert "The figure under facts b has no as-of" in said
    assert any("quote 1 is what António Vitorino said in 2021" in one.what for one in done.open)


def test_without_issued_the_old_day_is_taken_and_asked_about(old: Path, tmp_path: Path) -> None:
    rewrite(old, issued=None)
    done = renew(old, 2026, tmp_path / "new")
    assert done.campaign.decided.issued == date(2021, 12, 18)
    assert "issued: 2021-12-18 was added" in "\n".join(done.notes)
    assert done.open


def test_dates_in_the_calendar_and_the_embargo_move_too(old: Path, tmp_path: Path) -> None:
    rewrite(
        old,
        day=None,
        date="'2021-12-18'  # of 2021",
        calendar='\n  - 2021-12-10 10:00 headline   # 2021\n  - "D 10:00 quote 1"',
        embargo="2021-12-01 06:00",
    )
    done = renew(old, 2022, tmp_path / "new")
    text = done.file.read_text("utf-8")
    assert "date: '2022-12-18'  # of 2021\n" in text
    assert "  - 2022-12-10 10:00 headline   # 2021\n" in text
    assert "embargo: 2022-12-01 06:00" in text


def test_windows_line_ends_and_comments_stay(old: Path, tmp_path: Path) -> None:
    old.write_bytes(old.read_bytes().replace(b"\n", b"\r\n"))
    done = renew(old, 2027, tmp_path / "new")
    assert done.file.read_bytes().count(b"\r\n") == old.read_bytes().count(b"\r\n")


def test_an_id_without_its_year_gets_one(old: Path, tmp_path: Path) -> None:
    rewrite(old, id="migrants")
    assert renew(old, 2027, tmp_path / "new").campaign.id == "migrants-2027"


def test_templates_of_ones_own_go_along(old: Path, tmp_path: Path) -> None:
    (old.parent / "templates").mkdir(exist_ok=True)
    (old.parent / "templates" / "quote.j2").write_text("{{ text }}")
    done = renew(old, 2027, tmp_path / "new")
    assert (done.file.parent / "templates" / "quote.j2").read_text() == "{{ text }}"


def test_a_folder_that_is_not_empty_is_refused(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "notes.txt").write_text("mine")
    with pytest.raises(CampaignError, match="is not empty, so nothing was written"):
        renew(old, 2027, new)
    assert contents(new) == {"notes.txt": b"mine"}
    (new / "notes.txt").unlink()
    assert renew(old, 2027, new).file.exists()


def test_an_earlier_year_is_refused(old: Path, tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match="is of 2021; it can be renewed for a later year"):
        renew(old, 2021, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_year_without_the_day_is_refused_with_those_that_have_it(
    old: Path, tmp_path: Path
) -> None:
    rewrite(old, day="world-statistics-day 2020", issued="2020-10-20")
    with pytest.raises(CampaignError, match=r"is not held in 2026.* It is held in 2025 and 2030"):
        renew(old, 2026, tmp_path / "new")
    assert renew(old, 2025, tmp_path / "new").campaign.day == date(2025, 10, 20)


@pytest.mark.parametrize(
    ("year", "said", "expected"),
    [
        (2028, None, date(2028, 2, 29)),
        (2027, "feb28", date(2027, 2, 28)),
        (2027, "mar1", date(2027, 3, 1)),
    ],
)
def test_29_february(
    old: Path, tmp_path: Path, year: int, said: str | None, expected: date
) -> None:
    rewrite(old, day=None, date="2024-02-29", issued="2024-02-29")
    assert renew(old, year, tmp_path / "new", said).campaign.day == expected


def test_29_february_is_never_guessed(old: Path, tmp_path: Path) -> None:
    rewrite(old, day=None, date="2024-02-29", issued="2024-02-29")
    with pytest.raises(CampaignError, match="29 February does not exist in 2025"):
        renew(old, 2025, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_file_with_problems_is_not_renewed(old: Path, tmp_path: Path) -> None:
    rewrite(old, timezone="Geneva")
    with pytest.raises(ContentError):
        renew(old, 2027, tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old"]
