"""Each bad input: one screen that names the file, exit 1 or 2, and nothing half applied."""

import importlib
import os
import shutil
import sqlite3
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Person, Screen, campaign_text, snapshot

GOOD = campaign_text()
FILES: dict[str, tuple[bytes | None, str]] = {
    "no file": (None, "campaign.yaml"),
    "empty": (b"", "campaign.yaml"),
    "not YAML": (b"id: a\n  b: [\n", "campaign.yaml:"),
    "a list": (b"- a\n- b\n", "campaign.yaml"),
    "not UTF-8": (b"id: caf\xe9\n", "campaign.yaml:1"),
    "UTF-16": (GOOD.encode("utf-16"), "campaign.yaml"),
    "a zip": (b"PK\x03\x04 and more", "campaign.yaml"),
    "unknown key": (f"{GOOD}acounts: {{}}\n".encode(), "campaign.yaml:13"),
    "no zone": (GOOD.replace("timezone: UTC\n", "").encode(), "campaign.yaml"),
    "no day": (GOOD.replace("date: ", "dat: ").encode(), "campaign.yaml:3"),
    "no statement": (GOOD.replace("statement.en.md", "gone.en.md").encode(), "campaign.yaml:5"),
    "no such quote": (GOOD.replace("quote 1", "quote 9").encode(), "campaign.yaml:10"),
}


def check(screen: Screen, name: str) -> None:
    assert screen.code in {1, 2}
    assert "Traceback" not in screen.text
    assert "fault in campaign itself" not in screen.text
    assert name in screen.text
    assert len(screen.text.splitlines()) <= 24


@pytest.mark.parametrize("command", ["plan", "schedule", "preview", "rehearse"])
@pytest.mark.parametrize("case", FILES)
def test_bad_campaign_file(author: Person, case: str, command: str) -> None:
    data, place = FILES[case]
    path = author.folder / "campaign.yaml"
    path.unlink() if data is None else path.write_bytes(data)
    before = snapshot(author.folder)
    screen = author.types(command, *(["--yes"] if command == "schedule" else []))
    check(screen, place)
    assert "problem" in screen.err.splitlines()[0]
    assert screen.last.startswith("Next: mend ")
    assert f"campaign {command}" in screen.last
    assert snapshot(author.folder) == before


def test_many_problems_are_shown_at_once(author: Person) -> None:
    author.writes("campaign.yaml", GOOD.replace("UTC", "Geneva").replace("quote 1", "qoute 1"))
    screen = author.types("plan")
    check(screen, "campaign.yaml:4")
    assert "2 problems" in screen.err
    assert "Did you mean Europe/Zurich?" in screen.err
    expected = "Next: mend 1–2 and run  campaign plan  again. Nothing was written or sent."
    assert screen.last == expected


def test_unreadable_statement_names_the_statement(author: Person) -> None:
    (author.folder / "statement.en.md").write_bytes(b"caf\xe9")
    check(author.types("plan"), "statement.en.md:1")


UNWRITABLE = {
    "init": (["init", "file/sub", "--example"], "file/sub"),
    "preview": (["preview", "--html", "file/a.html"], "file/a.html"),
    "rehearse": (["rehearse", "--out", "file"], "file"),
    "rehearse below": (["rehearse", "--out", "file/sub"], "file/sub"),
    "schedule": (["schedule", "--yes", "--database", "file/a.db"], "file"),
    "schedule folder": (["schedule", "--yes", "--database", "gone/a.db"], "gone"),
}


@pytest.mark.parametrize("case", UNWRITABLE)
def test_a_file_where_a_folder_should_be(author: Person, case: str) -> None:
    words, name = UNWRITABLE[case]
    author.writes("file", "mine\n")
    before = snapshot(author.folder)
    check(author.types(*words), name)
    assert snapshot(author.folder) == before


COMMANDS = {
    "schedule": ["schedule", "--yes"],
    "plan": ["plan"],
    "status": ["status"],
    "approve": ["approve"],
    "run": ["run"],
    "pause": ["pause", "--all"],
    "resume": ["resume", "--all"],
    "audit": ["audit"],
    "verify": ["audit", "verify"],
}


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def no_database(path: Path) -> None:
    path.write_bytes(b"This is a letter, not a database. " * 200)


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("spoil", [a_folder, no_database, newer])
def test_bad_database(scheduler: Person, spoil: Callable[[Path], None], command: str) -> None:
    spoil(scheduler.folder / "campaign.db")
    before = snapshot(scheduler.folder)
    check(scheduler.types(*COMMANDS[command]), "campaign.db")
    assert snapshot(scheduler.folder) == before


@pytest.mark.parametrize("command", ["status", "approve", "run", "pause", "audit", "verify"])
def test_no_database_yet(author: Person, command: str) -> None:
    before = snapshot(author.folder)
    check(author.types(*COMMANDS[command]), "campaign.db")
    assert snapshot(author.folder) == before


@pytest.mark.parametrize("command", ["schedule", "pause", "run"])
def test_locked_database(scheduler: Person, command: str) -> None:
    scheduler.writes("campaign.yaml", campaign_text(more="  - D 12:00 fact"))
    scheduler.patch.setattr("campaign.store.dialects.BUSY_SECONDS", 0.2)
    path = scheduler.folder / "campaign.db"
    before = path.read_bytes()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        screen = scheduler.types(*COMMANDS[command])
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    check(screen, "campaign.db")
    assert "locked by another program" in screen.err
    assert path.read_bytes() == before


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that others may enter; those of pytest are closed to them."""
    folder = Path(tempfile.mkdtemp(prefix="campaign-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_nobody(work: Callable[[], None]) -> int:
    """Run `work` in a forked child that may not write everything, as root may; its wait status."""
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1]


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
@pytest.mark.parametrize("command", ["schedule", "pause", "run"])
def test_read_only_database(scheduler: Person, open_folder: Path, command: str) -> None:
    for name in ("campaign.daemon", "campaign.cli.control", "concurrent.futures.thread"):
        importlib.import_module(name)  # nobody may not read root's own Python
    scheduler.writes("campaign.yaml", campaign_text(more="  - D 12:00 fact"))
    (scheduler.folder / "campaign.db.lock").touch()
    shutil.copytree(scheduler.folder, open_folder, dirs_exist_ok=True)
    for path in (open_folder, *open_folder.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = snapshot(open_folder)
    visitor = Person(open_folder, scheduler.patch, scheduler.capture)

    def try_it() -> None:
        try:
            check(visitor.types(*COMMANDS[command]), "campaign.db")
        except BaseException:  # noqa: BLE001  (the parent sees the status)
            os.write(2, traceback.format_exc().encode())
            os._exit(1)

    def look() -> None:
        os._exit(visitor.types("status").code)

    assert as_nobody(try_it) == 0
    assert as_nobody(look) == 0  # reading needs no right to write
    assert snapshot(open_folder) == before
