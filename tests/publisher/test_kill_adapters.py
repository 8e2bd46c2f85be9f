"""The publisher killed with SIGKILL in a run with each real adapter: before each commit, and before,
in and after each piece of each request over a real connection; that is, between any two changes of
the database and the network. CAMPAIGN_STRIDE=1 kills at each statement, too, and on both databases.
"""

import os
import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from campaign.testing import Dialect, Reply, Request
from tests.conftest import TEMPLATE
from tests.factories import DUE
from tests.platforms.networks import NETWORKS
from tests.platforms.test_bluesky import BlueskyDialect
from tests.platforms.test_mastodon import MastodonDialect
from tests.publisher.fuse import start_child
from tests.publisher.kills import Queue, fill_it
from tests.publisher.wire import OnTheWire

DRIVERS = 4  # a cycle waits more than it works
RECOVERIES = 8  # of so many cycles, one has its recovery killed as well
ALL = os.environ.get("CAMPAIGN_STRIDE") == "1"
PASSES_OVER = () if ALL else ("statement", "committed")
SHARE = 4  # of the steps on PostgreSQL, by a seed


class Blind(MastodonDialect):
    """Its lists lag behind, so that a look sees nothing: only the key tells what is there."""

    def page(self, _request: Request) -> Reply:
        return Reply(body=[])


class Renewing(BlueskyDialect):
    """Its records cannot be seen either, and its tokens are always at their end."""

    def __init__(self) -> None:
        super().__init__()
        self.lasts = DUE + timedelta(seconds=30) - datetime.now(UTC)

    def get(self, _request: Request) -> Reply:
        return Reply(status=400, body={"error": "RecordNotFound"})


DIALECTS: Mapping[str, Callable[[], Dialect]] = {
    "mastodon": Blind,
    "bluesky": Renewing,
    **{name: NETWORKS[name]().dialect for name in ("x", "webhook", "webhook-keys")},
}


def steps_of(kind: str, name: str, count: int) -> list[int]:
    """All of them and a few more, since threads decide how many there are; or a share."""
    if kind == "sqlite" or ALL:
        return list(range(1, count + 3))
    return random.Random(f"{name} 1").sample(range(1, count), SHARE)


@pytest.mark.slow
@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_at_every_step_nothing_is_lost_or_doubled(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, name: str
) -> None:
    cluster = request.getfixturevalue("cluster") if kind == "postgresql" else None
    queues = []
    for n in range(DRIVERS):
        scene = OnTheWire(NETWORKS[name](), DIALECTS[name])
        request.addfinalizer(scene.close)
        template = tmp_path / f"template-{n}.db"
        fill_it(template, scene)
        place = cluster.create(TEMPLATE) if cluster else tmp_path / f"{n}.db"
        queues.append(Queue(scene, place, template, cluster, PASSES_OVER))
    (tmp_path / "whole").mkdir()
    steps = steps_of(kind, name, queues[0].count_steps(tmp_path / "whole"))
    drivers = [
        start_child(
            lambda queue=queue, n=n: queue.kill_at(  # type: ignore[misc]
                steps[n::DRIVERS], tmp_path, recoveries=RECOVERIES
            ),
            seconds=600,
        )
        for n, queue in enumerate(queues)
    ]
    assert [os.waitpid(driver, 0)[1] for driver in drivers] == [0] * DRIVERS
    killed = sum(int(path.read_text()) for path in tmp_path.glob("killed-*"))
    assert killed >= len(steps) * 0.7
