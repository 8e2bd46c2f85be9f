"""Each bad input: one screen that names the file, exit 1 or 2, and nothing half applied."""

import importlib
import io
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from campaign.cli import main
from tests.cli.conftest import Person, Screen, campaign_text, snapshot
from tests.cli.visitor import as_nobody, read_only_copy
from tests.publisher.fuse import in_child

GOOD = campaign_text()
DATED = re.compile("^date: .*$", re.MULTILINE)
BOMB = b"a0: &a0 lol\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 10)
)
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
    "binary": (bytes(range(256)) * 8, "campaign.yaml"),
    "50 MB": (b"# a\n" * 13_000_000, "campaign.yaml"),
    "UTF-16 without a mark": (GOOD.encode("utf-16-le"), "campaign.yaml"),
    "a tab": (GOOD.replace("  outbox", "\toutbox").encode(), "campaign.yaml:7:1"),
    "cyclic": (b"id: &a\n  b: *a\n", "campaign.yaml:1"),
    "a bomb": (BOMB, "campaign.yaml:1"),
    "deep": (b"id: " + b"[" * 150, "campaign.yaml:1"),
    "twice": (f"{GOOD}id: other\n".encode(), "campaign.yaml:13:"),
    "unknown account key": (
        GOOD.replace("handle: press", "handel: press").encode(),
        "campaign.yaml:7:12",
    ),
    "unknown late key": (f"{GOOD}late: {{afer: 1h}}\n".encode(), "campaign.yaml:13:"),
    "unknown approval key": (f"{GOOD}approval: {{buy: a}}\n".encode(), "campaign.yaml:13:"),
    "unknown message key": (f"{GOOD}messages: {{a: {{txt: b}}}}\n".encode(), "campaign.yaml:13:"),
    "unknown fact key": (f"{GOOD}facts: {{1: {{txt: b}}}}\n".encode(), "campaign.yaml:13:"),
    "unknown clocks key": (f"{GOOD}clocks: {{gab: shift}}\n".encode(), "campaign.yaml:13:"),
    "unknown network": (f"{GOOD}mentions: {{a: {{tw: b}}}}\n".encode(), "campaign.yaml:13:"),
    "a list for a map": (f"{GOOD}people: [a, b]\n".encode(), "campaign.yaml:13:"),
    "a map for a list": (f"{GOOD}pick: {{a: b}}\n".encode(), "campaign.yaml:13:"),
    "a list for a text": (GOOD.replace("id: test-1", "id: [a]").encode(), "campaign.yaml:1:1"),
    "unknown zone": (GOOD.replace("UTC", "Mars/Base").encode(), "campaign.yaml:4:11"),
    "CET": (GOOD.replace("UTC", "CET").encode(), "campaign.yaml:4:11"),
    "UTC+1": (GOOD.replace("UTC", "UTC+1").encode(), "campaign.yaml:4:11"),
    "Geneva": (GOOD.replace("UTC", "Europe/Geneva").encode(), "Did you mean Europe/Zurich?"),
    "30 February": (DATED.sub("date: 2035-02-30", GOOD).encode(), "campaign.yaml:3:7"),
    "25:61": (GOOD.replace("10:00", "25:61").encode(), "campaign.yaml:9:7"),
    "unknown message": (GOOD.replace("headline", "hedline").encode(), "campaign.yaml:9:13"),
    "unknown account": (
        GOOD.replace("headline", "headline on outbx").encode(),
        "Did you mean outbox?",
    ),
    "empty hashtags": (
        f"{GOOD}hashtags: #MigrantsDay\n".encode(),
        'hashtags is empty. "#" starts a comment in YAML; write MigrantsDay without it.',
    ),
    "a handle with @": (
        GOOD.replace("handle: press", "handle: @press").encode(),
        'A value cannot start with "@" in YAML. Write press-office; we add the @.',
    ),
    "a colon": (
        GOOD.replace("A test", "Live: the event").encode(),
        '"Live: the event" has a colon, so YAML reads a key.',
    ),
    "no such language": (
        GOOD.replace("statement.en.md", "{en: statement.en.md, fr: gone.fr.md}").encode(),
        'There is no file "gone.fr.md" here.',
    ),
    "language twice": (
        GOOD.replace("statement.en.md", "{en: statement.en.md, en: a.md}").encode(),
        '"en" stands twice, in this line.',
    ),
    "no such quote": (GOOD.replace("quote 1", "quote 9").encode(), "campaign.yaml:10"),
}


def check(screen: Screen, name: str) -> None:
    assert screen.code in {1, 2}
    assert "Traceback" not in screen.text
    assert "fault in campaign itself" not in screen.text
    assert name in screen.text
    assert len(screen.text.splitlines()) <= 64


OTHERS = [(case, other) for case in ("no file", "unknown key") for other in ("plan", "preview")]
TRIED = [*((case, command) for case in FILES for command in ("check", "schedule")), *OTHERS]


@pytest.mark.parametrize(("case", "command"), [*TRIED, ("no file", "rehearse")])
def test_bad_campaign_file(scheduler: Person, case: str, command: str) -> None:
    author, (data, place) = scheduler, FILES[case]
    path = author.folder / "campaign.yaml"
    path.unlink() if data is None else path.write_bytes(data)
    screen = author.changes_nothing(command, *(["--yes"] if command == "schedule" else []))
    check(screen, "campaign.yaml")
    assert screen.code == 1
    assert place in " ".join(screen.text.split())
    assert "problem" in screen.text.splitlines()[0]
    assert screen.last.startswith("Next: mend ")
    assert f"campaign {command}" in screen.last


@pytest.mark.slow
@pytest.mark.parametrize("case", ["a bomb", "50 MB", "binary", "Geneva"])
def test_bad_campaign_file_in_a_process_of_its_own(author: Person, case: str) -> None:
    data, place = FILES[case]
    (author.folder / "campaign.yaml").write_bytes(data or b"")
    before = snapshot(author.folder)
    done = subprocess.run(
        [sys.executable, "-m", "campaign", "check"],
        cwd=author.folder,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert place in done.stdout
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
    check(author.changes_nothing(*words), name)


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
    check(scheduler.changes_nothing(*COMMANDS[command]), "campaign.db")


@pytest.mark.parametrize("command", ["status", "approve", "run", "pause", "audit", "verify"])
def test_no_database_yet(author: Person, command: str) -> None:
    check(author.changes_nothing(*COMMANDS[command]), "campaign.db")


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


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
@pytest.mark.parametrize("command", ["schedule", "pause", "run"])
def test_read_only_database(scheduler: Person, open_folder: Path, command: str) -> None:
    for name in ("campaign.daemon", "campaign.cli.control", "concurrent.futures.thread"):
        importlib.import_module(name)  # nobody may not read root's own Python
    scheduler.writes("campaign.yaml", campaign_text(more="  - D 12:00 fact"))
    (scheduler.folder / "campaign.db.lock").touch()
    read_only_copy(scheduler.folder, open_folder)
    before = snapshot(open_folder)
    visitor = Person(open_folder, scheduler.patch, scheduler.capture)

    def look() -> None:
        assert visitor.types("status").code == 0

    as_nobody(lambda: check(visitor.types(*COMMANDS[command]), "campaign.db"))
    as_nobody(look)  # reading needs no right to write
    assert snapshot(open_folder) == before


def in_a_folder_closed_to(visitor: Person, words: list[str], name: str) -> None:
    """Whoever is not root, in a folder whose modes say no: one sentence that names what."""
    importlib.import_module("campaign.operations.fix")
    as_nobody(lambda: check(visitor.types(*words), name))


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_unwritable_folder_is_mended_not_at_all(author: Person, open_folder: Path) -> None:
    for command in ("check", "plan"):
        author.types(command)  # nobody may not read root's own Python
    author.writes("campaign.yaml", GOOD.replace("timezone: ", "timezone:\t"))
    read_only_copy(author.folder, open_folder)
    before = snapshot(open_folder)
    visitor = Person(open_folder, author.patch, author.capture)
    in_a_folder_closed_to(visitor, ["check", "--fix"], "campaign.yaml")
    assert snapshot(open_folder) == before


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
@pytest.mark.parametrize("name", ["campaign.yaml", "statement.en.md"])
def test_unreadable_file(author: Person, open_folder: Path, name: str) -> None:
    author.types("check")
    shutil.copytree(author.folder, open_folder, dirs_exist_ok=True)
    open_folder.chmod(0o755)
    (open_folder / "campaign.yaml").chmod(0o644)
    (open_folder / "statement.en.md").chmod(0o644)
    (open_folder / name).chmod(0o000)
    visitor = Person(open_folder, author.patch, author.capture)
    in_a_folder_closed_to(visitor, ["check"], name)


@pytest.mark.skipif(os.name != "posix", reason="RLIMIT_FSIZE is POSIX's")
@pytest.mark.parametrize("command", ["check --fix", "schedule"])
def test_full_disk(author: Person, command: str) -> None:
    """The kernel refuses to write more than a few bytes: nothing is half written."""
    import resource

    author.types("plan")
    author.types("schedule", "--help")
    importlib.import_module("campaign.store.engine")
    if command == "schedule":
        assert author.types("schedule", "--yes").code == 0
        author.writes("campaign.yaml", campaign_text(more="  - D 12:00 fact"))
    else:
        author.writes("campaign.yaml", GOOD.replace("timezone: ", "timezone:\t"))
    before = snapshot(author.folder)
    words = [*command.split(), *(["--yes"] if command == "schedule" else [])]

    def try_it() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))
        with author.patch.context() as patch:
            patch.chdir(author.folder)
            patch.setattr(sys, "argv", ["campaign", *words])
            patch.setattr(sys, "stdout", io.StringIO())
            patch.setattr(sys, "stderr", told := io.StringIO())
            with pytest.raises(SystemExit) as stopped:
                main()
        assert stopped.value.code == 1
        assert "campaign." in told.getvalue()
        assert "fault in campaign" not in told.getvalue()

    assert in_child(try_it) == 0
    after = snapshot(author.folder)
    journals = [name for name in after if name.endswith("-journal")]
    assert {name: after[name] for name in after if name not in journals} == {
        name: before[name] for name in before if name not in journals
    }
