"""The commands, as a person types them, on PostgreSQL: from an empty database to proof."""

import signal

import pytest

from tests.acceptance.conftest import COMMAND, Shell, wait_for
from tests.books import rows
from tests.postgres import Cluster

pytestmark = pytest.mark.slow


def test_two_workers_publish_what_is_due_and_stop_when_asked(
    today: Shell, cluster: Cluster
) -> None:
    server = cluster.create()
    today.env["CAMPAIGN_DATABASE_URL"] = cluster.url(server.name)
    refused = today.run("schedule", "--yes", code=1)
    assert "is empty. Bring it up once, for all who use it:  campaign db upgrade" in refused
    assert "version 0003 now. It was empty." in today.run("db", "upgrade")
    assert "already" in today.run("db", "upgrade")
    today.run("schedule", "--yes")

    workers = [today.start(COMMAND, "run") for _ in range(2)]
    wait_for(lambda: states(cluster, server.name) == ["published"] * 2, 30)
    wait_for(lambda: "Today · 2 running · nothing paused" in today.run("status"), 20)
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    said = [worker.communicate(timeout=20)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    assert "".join(said).count("part 1: published") == 2
    assert "Traceback" not in "".join(said)
    assert len(today.outbox()) == len(today.outbox("elsewhere")) == 1
    assert "chain intact" in today.run("audit", "verify")
    assert not (today.folder / "campaign.db").exists()
    cluster.drop(server)


def states(cluster: Cluster, name: str) -> list[str]:
    return [state for (state,) in rows(cluster.server(name), "SELECT state FROM delivery")]
