"""What every test may ask for."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.store.engine import Store, open_store
from tests.factories import SetClock, clock_at, database


@pytest.fixture(scope="session")
def shared() -> Path:
    """The papers and data beside the checkout. Without them a test skips; in CI it fails."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        if os.environ.get("CAMPAIGN_CI") == "1":
            pytest.fail(f"{folder} is missing")
        pytest.skip(f"{folder} is missing")
    return folder


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy: migrating takes longer than most tests."""
    path = database(tmp_path_factory.mktemp("empty"))
    open_store(path, clock_at()).close()
    return path


@pytest.fixture
def clock() -> SetClock:
    return clock_at()


@pytest.fixture
def store(tmp_path: Path, empty_database: Path, clock: SetClock) -> Iterator[Store]:
    shutil.copy(empty_database, database(tmp_path))
    opened = open_store(database(tmp_path), clock)
    yield opened
    opened.close()
