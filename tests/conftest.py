"""What every test may ask for."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The papers and data beside the checkout. Without them a test skips; in CI it fails."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        if os.environ.get("CAMPAIGN_CI") == "1":
            pytest.fail(f"{folder} is missing")
        pytest.skip(f"{folder} is missing")
    return folder
