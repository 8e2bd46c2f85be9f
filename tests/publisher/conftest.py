"""The stand: a store at the moment its posts are due, on both databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from campaign.domain.delivery import Armed
from campaign.store.engine import Store, open_store
from tests.factories import SetClock, clock_at, database
from tests.publisher.stand import Stand

if TYPE_CHECKING:
    from campaign.store.place import Server
    from tests.postgres import Cluster


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def warm(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """One engine for a module: it keeps its compiled statements, half of a short test's time."""
    if request.param == "postgresql":
        common: Server = request.getfixturevalue("common_server")
        cluster: Cluster = request.getfixturevalue("cluster")
        cluster.clear(common)  # whatever the module before has left in it
        store = open_store(common, clock_at())
    else:
        store = open_store(database(tmp_path_factory.mktemp("warm")), clock_at())
    yield store
    store.close()


@pytest.fixture
def store(request: pytest.FixtureRequest, warm: Store, clock: SetClock) -> Store:
    """The warm engine on a new database. Whoever listens to it stops in the same test."""
    if isinstance(warm.place, Path):
        warm.close()
        shutil.copy(request.getfixturevalue("empty_database"), warm.place)
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        cluster.clear(warm.place)
    warm.clock = clock
    return warm


@pytest.fixture
def armed(stand: Stand) -> Armed:
    stand.fill()
    return stand.arm()
