"""A store on the day before its posts are due."""

from datetime import timedelta

import pytest

from tests.factories import DUE, SetClock, clock_at


@pytest.fixture
def clock() -> SetClock:
    return clock_at(DUE - timedelta(days=1))
