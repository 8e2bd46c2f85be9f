"""What every test may ask for."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.store.engine import Store, open_store
from campaign.store.migrate import upgrade_server
from campaign.store.place import Place, Server
from tests.factories import SetClock, clock_at, database
from tests.postgres import NEEDED, Cluster, find_binaries
from tests.publisher.stand import Stand

TEMPLATE = "template_campaign"


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test on PostgreSQL starts a server, so it is slow; the same test on SQLite is not."""
    for item in items:
        if isinstance(item, pytest.Function):
            params = item.callspec.params.values() if hasattr(item, "callspec") else ()
            if "cluster" in item.fixturenames or "postgresql" in params:
                item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """What is imported and collected lives to the end: the collector need not look at it each time."""
    gc.freeze()


def missing(what: str) -> None:
    """Skip in one line; in CI, fail."""
    if os.environ.get("CAMPAIGN_CI") == "1":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The papers and data beside the checkout. Without them a test skips; in CI it fails."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        missing(f"{folder} is missing")
    return folder


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy: migrating takes longer than most tests."""
    path = database(tmp_path_factory.mktemp("empty"))
    open_store(path, clock_at()).close()
    return path


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this process keeps what many tests begin with."""
    return tmp_path_factory.mktemp("shelf")


def running(*, durable: bool = False) -> Iterator[Cluster]:
    """A PostgreSQL with a migrated database to copy."""
    binaries = find_binaries()
    if binaries is None:
        missing(NEEDED)
    assert binaries is not None
    cluster = Cluster(binaries, durable=durable)
    try:
        upgrade_server(cluster.create(name=TEMPLATE))
        yield cluster
    finally:
        cluster.end()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One for this process."""
    yield from running()


@pytest.fixture(scope="session")
def common_server(cluster: Cluster) -> Server:
    """One database for all tests of this process that leave its tables as they are."""
    return cluster.create(TEMPLATE, "common")


@pytest.fixture
def clean_server(cluster: Cluster, common_server: Server) -> Server:
    """The common database, empty, whatever the test before has left in it."""
    cluster.clear(common_server)
    return common_server


@pytest.fixture
def server(cluster: Cluster) -> Iterator[Server]:
    """A migrated database of one's own."""
    made = cluster.create(TEMPLATE)
    yield made
    cluster.drop(made)


@pytest.fixture
def clock() -> SetClock:
    return clock_at()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A migrated, empty database: the same test on both."""
    if request.param == "postgresql":
        clean: Server = request.getfixturevalue("clean_server")
        return clean
    shutil.copy(request.getfixturevalue("empty_database"), database(tmp_path))
    return database(tmp_path)


@pytest.fixture
def store(place: Place, clock: SetClock) -> Iterator[Store]:
    opened = open_store(place, clock)
    yield opened
    opened.close()


@pytest.fixture
def stand(store: Store, clock: SetClock) -> Stand:
    return Stand(store, clock)


@pytest.fixture
def file_store(tmp_path: Path, empty_database: Path, clock: SetClock) -> Iterator[Store]:
    """For what only an SQLite file can do, or suffer."""
    shutil.copy(empty_database, database(tmp_path))
    opened = open_store(database(tmp_path), clock)
    yield opened
    opened.close()
