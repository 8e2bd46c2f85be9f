"""A database that cannot be used: a sentence a person can act on, and nothing half done."""

import os
import resource
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaign.errors import StoreError
from campaign.store import dialects
from campaign.store.control import pauses
from campaign.store.engine import Store, open_store
from campaign.store.place import Server
from campaign.store.presence import present
from tests.books import database_file, every_row, rows
from tests.factories import clock_at, database, drafted, fill

INSERT = sa.text("INSERT INTO control VALUES ('all', true, '', '', '2021-12-18T08:00:00.000000Z')")


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program that keeps the write lock."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_locked_database_is_named_and_left_alone(
    file_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = database_file(file_store)
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.1)
    patient = open_store(path, clock_at())
    with held(path):
        with pytest.raises(StoreError, match=r"campaign\.db is locked by another program"):
            fill(patient, drafted())
        assert every_row(path) == []
    fill(patient, drafted())  # the same store goes on once the other has let go
    assert len(every_row(path)) > 4
    patient.close()


def test_readers_go_on_beside_a_writer_that_has_not_written(store: Store) -> None:
    other = open_store(store.place, clock_at())
    with store.write("Ada") as tx, other.read() as connection:
        tx.record("paused", "all")
        assert pauses(connection) == []
    other.close()


def half_a_write(store: Store) -> None:
    with store.write("Ada") as tx:
        tx.record("paused", "all")
        tx.execute(INSERT)
        raise ZeroDivisionError


def test_failed_body_keeps_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        half_a_write(store)
    assert rows(store.place, "SELECT * FROM control") == []
    assert every_row(store.place) == []


def folder_in_place(path: Path) -> Path:
    path.mkdir()
    return path


def words_in_place(path: Path) -> Path:
    path.write_text("Dear colleagues, this is not a database at all.\n" * 40)
    return path


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a folder": (folder_in_place, "is a folder. Give the database's own name"),
    "not a database": (words_in_place, "is not a campaign database"),
    "a missing folder": (lambda path: path.parent / "no" / path.name, "is not there. Make it"),
}


@pytest.mark.parametrize("what", BAD)
def test_unusable_path_is_told_in_a_sentence(tmp_path: Path, what: str) -> None:
    prepare, sentence = BAD[what]
    path = prepare(database(tmp_path))
    with pytest.raises(StoreError, match=sentence):
        open_store(path, clock_at())
    assert not (tmp_path / "no").exists()


def test_missing_database_is_not_made_where_that_is_not_asked(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no database .* yet. Make it: campaign schedule"):
        open_store(database(tmp_path), clock_at(), create=False)
    assert list(tmp_path.iterdir()) == []


def answer_of(work: Callable[[], object]) -> str:
    """What `work` raises in a forked child, as its type and its sentence."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        told = "nothing was raised"
        try:
            work()
        except BaseException as error:  # noqa: BLE001
            told = f"{type(error).__name__}: {error}"
        os.write(writer, told.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return told


@pytest.mark.slow
def test_read_only_file_is_told_in_a_sentence(file_store: Store) -> None:
    store, path = file_store, database_file(file_store)
    fill(store, drafted())
    store.close()
    before = every_row(path)

    def write_as_nobody() -> None:
        path.chmod(0o444)
        if os.geteuid() == 0:  # root writes everywhere
            for folder in path.resolve().parents:
                if folder.is_relative_to("/tmp/") and folder != Path("/tmp"):
                    folder.chmod(0o755)
            os.setuid(65534)
        with open_store(path, clock_at()).write("Ada") as tx:
            tx.record("paused", "all")

    told = answer_of(write_as_nobody)
    assert told.startswith("StoreError: "), told
    assert "read-only" in told or "cannot be opened" in told, told
    assert every_row(path) == before


@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 4096])
def test_full_disk_is_told_in_a_sentence_and_leaves_nothing_half_done(
    file_store: Store, room: int
) -> None:
    store, path = file_store, database_file(file_store)
    fill(store, drafted())
    store.close()
    before = every_row(path)

    def write_too_much() -> None:
        small = open_store(path, clock_at())
        size = path.stat().st_size + room
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        fill(small, drafted([("Long. " * 200,)] * 40, campaign_id="other-2021"))

    told = answer_of(write_too_much)
    assert told.startswith("StoreError: The disk of "), told
    assert "full or failing" in told
    assert every_row(path) == before
    again = open_store(path, clock_at())
    fill(again, drafted([("More.",)], campaign_id="other-2021"))
    again.close()


def test_watch_hears_that_somebody_else_has_written(store: Store) -> None:
    rung = threading.Event()
    other = open_store(store.place, clock_at())
    with present(store, rung.set) as watch:
        if isinstance(store.place, Server):
            assert rung.wait(5)  # once, when the line is there
            rung.clear()
        before = watch.version()
        assert watch.version() == before
        fill(other, drafted())
        other.close()
        assert isinstance(store.place, Path) or rung.wait(5)
        assert watch.version() != before


def test_writers_take_turns(store: Store) -> None:
    def write(number: int) -> None:
        with store.write(f"w{number}") as tx:
            tx.record("paused", "all")
            time.sleep(0.01)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(store.place, "SELECT seq FROM audit ORDER BY seq") == [(n,) for n in range(1, 6)]
