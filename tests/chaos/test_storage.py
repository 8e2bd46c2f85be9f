"""D3: the SQLite file is locked, its disk is full, or it may not be written, while posts drain."""

import errno
import os
import random
import resource
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from campaign.errors import StoreError
from campaign.platforms.base import DuplicateSafety
from campaign.store import dialects
from tests.chaos.ground import MIXED, Ground
from tests.chaos.oracle import Entry
from tests.chaos.sizes import size
from tests.chaos.workers import PERMITS, Worker, work
from tests.conftest import missing
from tests.publisher.fuse import in_child

CHANCE = random.Random(3)
POSTS = MIXED * 12


@contextmanager
def locked(ground: Ground, _worker: Worker) -> Iterator[None]:
    with closing(sqlite3.connect(_file(ground), timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def limited(ground: Ground, worker: Worker) -> Iterator[None]:
    """As where a quota is reached: writes beyond it fail, some at the end, some within."""
    whole = _file(ground).stat().st_size
    most = CHANCE.choice([16_384, whole // 2, whole])
    resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    yield
    free = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, free)


@contextmanager
def full(ground: Ground, _worker: Worker) -> Iterator[None]:
    """Another file takes all the room that is left."""
    filler = _file(ground).with_name("filler")
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError as error:
            assert error.errno == errno.ENOSPC  # noqa: PT017
    yield
    filler.unlink()


FAULTS = {"locked": locked, "limited": limited, "full": full}


def _file(ground: Ground) -> Path:
    assert isinstance(ground.place, Path)
    return ground.place


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def ground(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ground]:
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.2)
    room = tmp_path / "room"
    room.mkdir()
    if fault == "full":
        small = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(room)]
        if subprocess.run(small, check=False, capture_output=True).returncode:
            missing("a small file system cannot be mounted here: only root may")
    ground = Ground(tmp_path, DuplicateSafety.ASK, 3, None, POSTS, room)
    try:
        yield ground
    finally:
        ground.close()
        if fault == "full":
            subprocess.run(["umount", "-l", str(room)], check=True)


@pytest.mark.slow
def test_storage_that_fails_sends_nothing_unwritten_and_goes_on_by_itself(
    ground: Ground, fault: str
) -> None:
    for _ in range(size("D3")):
        ground.begin()
        entries: list[Entry] = []
        worker = ground.fork()
        _until(ground, entries, CHANCE.randint(5, 60))
        with FAULTS[fault](ground, worker):
            time.sleep(0.3)
            entries += ground.entries()
            before = len(entries)
            time.sleep(float(os.environ.get("CAMPAIGN_D3_SECONDS", "1.2")))
            entries += ground.entries()
            assert worker.ended() is None, "it gave up"
            assert len(entries) - before <= PERMITS, "it went on without its database"
        assert worker.ended(wait=True) == 0
        ground.rest(looks=1)
        found = ground.compare(entries + ground.entries())
        assert not found.faults
    print(f"D3, {fault}: {size('D3')} times: nothing sent without an attempt, 0 lost, 0 double")


def _until(ground: Ground, entries: list[Entry], count: int) -> None:
    end = time.monotonic() + 60
    while len(entries) < count:
        assert time.monotonic() < end, "nothing was sent"
        time.sleep(0.005)
        entries += ground.entries()


@pytest.mark.slow
def test_file_that_may_not_be_written_sends_nothing_until_it_may(tmp_path: Path) -> None:
    ground = Ground(tmp_path, DuplicateSafety.ASK, 3, None, POSTS)
    ground.begin()
    _file(ground).chmod(0o444)
    for folder in [tmp_path, *tmp_path.parents]:
        if folder.is_relative_to("/tmp/") and folder != Path("/tmp"):
            folder.chmod(0o755)
    reader, writer = os.pipe()

    def work_as_nobody() -> None:
        if os.geteuid() == 0:  # root writes everywhere
            os.setuid(65534)
        try:
            work(ground.store, ground.clock, ground.folder, None)
        except StoreError as error:
            os.write(writer, str(error).encode())

    assert in_child(work_as_nobody) == 0
    assert "must be writable" in os.read(reader, 4096).decode()
    os.close(reader)
    os.close(writer)
    assert ground.entries() == []
    _file(ground).chmod(0o644)
    ground.rest(looks=1)
    found = ground.compare(ground.entries())
    ground.close()
    assert not found.faults
