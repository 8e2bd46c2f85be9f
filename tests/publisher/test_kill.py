"""The publisher killed with SIGKILL at every statement, commit and platform step of a run: with the
outbox, which knows our keys, and with an append-only ledger, which does not.
"""

import os
from pathlib import Path

import pytest

from campaign.domain.audit import Publication
from campaign.domain.campaign import Account
from campaign.platforms.base import DuplicateSafety, Platform
from tests.conftest import TEMPLATE
from tests.publisher.fuse import start_child
from tests.publisher.kills import DRIVERS, Queue, Scene, every, fill_it
from tests.publisher.ledger import Ledger, SteppingOutbox

STRIDE = {"sqlite": 1, "postgresql": 3}  # on a server a step costs more; CAMPAIGN_STRIDE=1: each
if "CAMPAIGN_STRIDE" in os.environ:
    STRIDE = dict.fromkeys(STRIDE, int(os.environ["CAMPAIGN_STRIDE"]))


class InTheFolder(Scene):
    network: type[Ledger] | type[SteppingOutbox]

    def adapter_of(self, account: Account) -> type[Platform]:
        return self.network

    def published(self, folder: Path) -> list[str]:
        return self.network.published(folder)


class KnowsOurKeys(InTheFolder):
    safety = DuplicateSafety.REPLAY
    network = SteppingOutbox

    def called(self, item: Publication) -> str:
        return f"{item.post_key.replace('/', '.')}.{item.part}"


class KnowsNoKeys(InTheFolder):
    safety = DuplicateSafety.ASK
    network = Ledger

    def called(self, item: Publication) -> str:
        return f"{item.post_key} {item.part}"


@pytest.mark.slow
@pytest.mark.parametrize("scene", [KnowsOurKeys(), KnowsNoKeys()], ids=["outbox", "ledger"])
@pytest.mark.parametrize("kind", STRIDE)
def test_killed_at_every_step_nothing_is_lost_or_doubled(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, scene: Scene
) -> None:
    template = tmp_path / "template.db"
    fill_it(template, scene)
    cluster = request.getfixturevalue("cluster") if kind == "postgresql" else None
    queues = [
        Queue(
            scene, cluster.create(TEMPLATE) if cluster else tmp_path / f"{n}.db", template, cluster
        )
        for n in range(DRIVERS)
    ]
    (tmp_path / "whole").mkdir()
    steps = queues[0].count_steps(tmp_path / "whole")
    drivers = [
        start_child(
            lambda queue=queue, n=n: queue.kill_at(every(STRIDE[kind], n), tmp_path),  # type: ignore[misc]
            seconds=1500,
        )
        for n, queue in enumerate(queues)
    ]
    assert [os.waitpid(driver, 0)[1] for driver in drivers] == [0] * DRIVERS
    killed = sum(int(path.read_text()) for path in tmp_path.glob("killed-*"))
    assert killed * STRIDE[kind] >= steps * 0.7
