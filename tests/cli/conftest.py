"""A person at a keyboard: types commands in a folder of their own, and reads the screen."""

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from campaign.cli import main
from campaign.clock import SystemClock
from campaign.shipped import folder as shipped_folder
from campaign.store.dialects import PostgreSQL
from campaign.store.place import Place, Server
from tests.cli.desk import MONDAY, Desk, campaign_on
from tests.cli.story import Story, begin
from tests.factories import SetClock, clock_at, database, once

STATEMENT = Path(str(shipped_folder("messages"))) / "international-migrants-day/statement.en.md"
RULE = """\
people: {comms: [ann, ben], legal: [cy]}
approval: {by: [comms, legal]}"""


@dataclass(frozen=True)
class Screen:
    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err

    @property
    def last(self) -> str:
        return self.text.rstrip("\n").rpartition("\n")[2]


@dataclass(frozen=True)
class Person:
    folder: Path
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]

    def types(self, *words: str, answers: Sequence[str] | None = None) -> Screen:
        """Run `campaign WORDS` through the real entry point, answering as at a terminal."""
        with self.patch.context() as patch:
            patch.chdir(self.folder)
            patch.setattr(sys, "argv", ["campaign", *words])
            if answers is not None:
                patch.setattr(sys, "stdin", io.StringIO("".join(f"{a}\n" for a in answers)))
                for module in ("authoring", "planning", "review"):
                    patch.setattr(f"campaign.cli.{module}.is_interactive", lambda: True)
            self.capture.readouterr()
            with pytest.raises(SystemExit) as stopped:
                main()
            seen = self.capture.readouterr()
        code = stopped.value.code
        assert isinstance(code, int)
        return Screen(code, seen.out, seen.err)

    def changes_nothing(self, *words: str, answers: Sequence[str] | None = None) -> Screen:
        """What leaves every file in the folder as it was."""
        before = snapshot(self.folder)
        screen = self.types(*words, answers=answers)
        assert snapshot(self.folder) == before, screen.text
        return screen

    def writes(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")


@pytest.fixture
def person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Person:
    """In an empty folder, with nothing set."""
    monkeypatch.delenv("CAMPAIGN_DATABASE_URL", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    return Person(tmp_path, monkeypatch, capsys)


@pytest.fixture
def author(person: Person) -> Person:
    """With a campaign for tomorrow: two posts on the outbox, nothing scheduled."""
    shutil.copyfile(STATEMENT, person.folder / "statement.en.md")
    person.writes("campaign.yaml", campaign_text())
    return person


@pytest.fixture
def scheduler(author: Person, shelf: Path) -> Person:
    """With that campaign in the queue."""

    def schedule() -> None:
        assert author.types("schedule", "--yes", "--as", "ann").code == 0

    once(shelf / f"scheduler-{in_days(1)}", author.folder, schedule)
    return author


@pytest.fixture
def story(person: Person, shelf: Path) -> Story:
    """On Monday 1 June 2026, with nothing scheduled."""
    return begin(person, shelf)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that others may enter; those of pytest are closed to them."""
    folder = Path(tempfile.mkdtemp(prefix="campaign-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def clock() -> SetClock:
    return clock_at(MONDAY)


@pytest.fixture
def desk(
    request: pytest.FixtureRequest, author: Person, place: Place, clock: SetClock, shelf: Path
) -> Desk:
    """Two days before D, nothing scheduled: the same test on SQLite and on PostgreSQL."""
    if isinstance(place, Server):
        url = request.getfixturevalue("cluster").url(place.name)
        author.patch.setenv("CAMPAIGN_DATABASE_URL", url)
    return sit_down(author, place, clock, shelf)


@pytest.fixture
def file_desk(author: Person, empty_database: Path, clock: SetClock, shelf: Path) -> Desk:
    """For mistakes that no database ever hears of, and for what only a file can suffer."""
    shutil.copy(empty_database, database(author.folder))
    return sit_down(author, database(author.folder), clock, shelf)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Both campaigns in the queue; a module may lay out its own."""
    return desk.schedules_both()


@pytest.fixture
def file_office(file_desk: Desk) -> Desk:
    return file_desk.schedules_both()


def sit_down(author: Person, place: Place, clock: SetClock, shelf: Path) -> Desk:
    author.patch.setattr(SystemClock, "now", lambda _own: clock.now())
    author.patch.setattr(PostgreSQL, "clock", lambda _own, given: given)
    return Desk(author, place, clock, shelf)


def campaign_text(more: str = "", days: int = 1) -> str:
    return campaign_on(in_days(days), more)


def in_days(days: int) -> date:
    return (datetime.now(UTC) + timedelta(days=days)).date()


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Every name below the folder, with its content."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
