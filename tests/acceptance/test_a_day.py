"""A campaign's day by hand: from a statement to proof, with what can go wrong with processes."""

import json
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.acceptance.conftest import COMMAND, SHIPPED, Shell, wait_for

pytestmark = pytest.mark.slow

LAUNCHER = Path(__file__).with_name("killed_run.py")


def states(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "campaign.db", timeout=15)
    try:
        return [row[0] for row in connection.execute("SELECT state FROM delivery ORDER BY id")]
    finally:
        connection.close()


def test_from_a_statement_to_the_queue_by_hand(shell: Shell) -> None:
    words = ["--day", "international-migrants-day 2035", "--timezone", "Europe/Zurich"]
    statement = SHIPPED / "statement.en.md"
    shell.run("init", ".", "--statement", statement, *words, "--account", "outbox=us")
    assert "+ 12 add" in shell.run("plan")
    assert "1 decision is open, so nothing was scheduled" in shell.run("schedule", "--yes", code=1)
    with (shell.folder / "campaign.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "links: {Missing Migrants Project: omit, concrete and actionable pledges: omit}\n"
        )
    assert "Scheduled. 12 added." in shell.run("schedule", "--yes")
    database = (shell.folder / "campaign.db").read_bytes()
    assert "nothing to change" in shell.run("schedule", "--yes")
    assert (shell.folder / "campaign.db").read_bytes() == database
    assert "12 to come" in shell.run("status")


def test_what_is_due_goes_out_and_is_proved(today: Shell) -> None:
    today.run("schedule", "--yes")
    daemon = today.start(COMMAND, "run")
    wait_for(lambda: states(today.folder) == ["published"] * 2, 30)
    assert "Today · running · nothing paused" in today.run("status")
    assert "leave it running" in today.run("run", code=1)  # a second one

    daemon.send_signal(signal.SIGTERM)
    said, _ = daemon.communicate(timeout=8)  # no answer is out: it does not wait the 10 s for one
    assert daemon.returncode == 0
    assert "today-1/headline/en/outbox part 1: published" in said
    assert said.endswith("Next: campaign status\n")
    assert "Traceback" not in said

    (sent,) = today.outbox()
    assert json.loads(sent.read_text("utf-8"))["post"] == "today-1/headline/en/outbox"
    assert len(today.outbox("elsewhere")) == 1
    assert "2 published   0 skipped" in today.run("audit")
    assert "chain intact" in today.run("audit", "verify")
    assert "= 2 sent" in today.run("plan")


def test_a_missing_secret_is_told_before_it_is_needed(today: Shell) -> None:
    file = today.folder / "campaign.yaml"
    soon = "  intranet: {platform: webhook, handle: intranet}\n"
    file.write_text(file.read_text("utf-8").replace("accounts:\n", f"accounts:\n{soon}"), "utf-8")
    (today.folder / "KILL").touch()
    today.run("schedule", "--yes")
    daemon = today.start(COMMAND, "run")
    assert daemon.stdout is not None
    said = ""
    while "Running" not in said:
        said += daemon.stdout.readline()
    assert "  !  The url of intranet is missing: env:CAMPAIGN_INTRANET_URL leads to nothing" in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_ctrl_c_stops_it_quietly_and_so_does_closing_its_window(
    today: Shell, number: signal.Signals
) -> None:
    today.run("schedule", "--yes")
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may run under nohup
    daemon = today.start(COMMAND, "run")
    signal.signal(signal.SIGHUP, before)
    wait_for(lambda: bool(today.outbox()), 30)
    daemon.send_signal(number)
    said, _ = daemon.communicate(timeout=10)
    assert daemon.returncode == 0
    assert "Stopped. What is still to come stays in the queue." in said
    assert "Traceback" not in said


def test_killed_after_the_file_was_linked_it_is_published_once(today: Shell) -> None:
    today.run("schedule", "--yes")
    killed = today.start(sys.executable, LAUNCHER)
    killed.communicate(timeout=20)
    assert killed.returncode == -signal.SIGKILL
    before = {path: path.read_bytes() for path in [*today.outbox(), *today.outbox("elsewhere")]}
    assert len(before) == 1
    assert "armed" in states(today.folder)

    daemon = today.start(COMMAND, "run")
    wait_for(lambda: states(today.folder).count("unknown") == 1, 30)
    assert "it may be public." in today.run("status")
    wait_for(lambda: states(today.folder) == ["published"] * 2, 90)  # its first look: after 30 s
    daemon.terminate()
    said, _ = daemon.communicate(timeout=10)
    assert ": found" in said
    assert {path: path.read_bytes() for path in before} == before
    assert len(today.outbox()) == len(today.outbox("elsewhere")) == 1
    assert "chain intact" in today.run("audit", "verify")
