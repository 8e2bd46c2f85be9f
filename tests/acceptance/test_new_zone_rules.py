"""A government changes its clock between plan and post: real zone data, altered in a folder."""

import json
import signal
from importlib.resources import files

import pytest

from tests.acceptance.conftest import COMMAND, SHIPPED, Shell

pytestmark = pytest.mark.slow


def due(shell: Shell) -> list[str]:
    posts = json.loads(shell.run("status", "--json"))["campaigns"][0]["posts"]
    return [post["due_at"] for post in posts]


def abolish_winter_time(shell: Shell) -> None:
    """From now on Zurich is two hours ahead of UTC all the year."""
    folder = shell.folder / "tzdata" / "Europe"
    folder.mkdir(parents=True)
    rules = files("tzdata.zoneinfo.Etc").joinpath("GMT-2").read_bytes()
    (folder / "Zurich").write_bytes(rules)
    shell.env["PYTHONTZPATH"] = str(folder.parent)


def said_by_run(shell: Shell) -> str:
    daemon = shell.start(COMMAND, "run")
    assert daemon.stdout is not None
    lines = []
    for line in daemon.stdout:
        lines.append(line)
        if line.startswith("Running"):
            break
    daemon.send_signal(signal.SIGTERM)
    daemon.communicate(timeout=10)
    return "".join(lines)


def test_what_was_planned_by_old_rules_is_named_and_moved(shell: Shell) -> None:
    words = ["--day", "international-migrants-day 2035", "--timezone", "Europe/Zurich"]
    statement = SHIPPED / "statement.en.md"
    shell.run("init", ".", "--statement", statement, *words, "--account", "outbox=us")
    with (shell.folder / "campaign.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "links: {Missing Migrants Project: omit, concrete and actionable pledges: omit}\n"
        )
    shell.run("schedule", "--yes")
    before = due(shell)
    assert before[0] == "2035-12-11T09:00:00+00:00"
    assert "another hour" not in shell.run("status")

    abolish_winter_time(shell)
    assert due(shell) == before  # nothing moves by itself
    for screen in (shell.run("status"), said_by_run(shell)):
        assert (
            "12 posts come at another hour than planned: the clock of Europe/Zurich has new rules."
            in screen
        )
        assert "was planned for Tue 11 Dec 10:00 and comes at Tue 11 Dec 11:00." in screen

    plan = shell.run("plan")
    assert "> 12 move" in plan
    assert "the clock of Europe/Zurich runs otherwise than was known" in plan
    assert "without this move it would come on Tue 11 Dec 11:00" in plan
    assert "12 moved" in shell.run("schedule", "--yes")
    assert due(shell)[0] == "2035-12-11T08:00:00+00:00"
    screen = shell.run("status")
    assert "12 to come" in screen  # the approval is kept
    assert "another hour" not in screen
