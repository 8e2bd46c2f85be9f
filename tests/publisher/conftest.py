"""The stand: a store at the moment its posts are due."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.store.engine import Store, open_store
from tests.factories import SetClock, clock_at, database
from tests.publisher.stand import Stand


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One engine for a module: it keeps its compiled statements, half of a short test's time."""
    store = open_store(database(tmp_path_factory.mktemp("warm")), clock_at())
    yield store
    store.close()


@pytest.fixture
def store(warm: Store, empty_database: Path, clock: SetClock) -> Store:
    """The warm engine on a new file. Whoever listens to it stops listening in the same test."""
    warm.close()
    shutil.copy(empty_database, warm.path)
    warm._watch = None
    warm.clock = clock
    return warm


@pytest.fixture
def stand(store: Store, clock: SetClock) -> Stand:
    return Stand(store, clock)
