"""How fast the commands are, as whole processes: on the shipped campaign, and on one for files."""

import compileall
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import campaign
from bench.figure import Figure, Spread
from bench.install import HOME
from bench.stage import Stage

CAMPAIGN = Path(sys.executable).with_name("campaign")
TOOT = (HOME / "python/bin/toot").absolute()
BARE = "python -c pass"
CAMPAIGN_FILE = """\
id: bench-1
date: 2090-12-18
timezone: Europe/Zurich
statement: statement.en.md
links:
  Missing Migrants Project: omit
  concrete and actionable pledges: omit
accounts:
  x-files: {platform: outbox, handle: one}
  mastodon-files: {platform: outbox, handle: two}
  bluesky-files: {platform: outbox, handle: three}
  linkedin-files: {platform: outbox, handle: four}
"""
# The command, in milliseconds at most.
GOALS = {
    "--help": 150,
    "check, 48 posts": 600,
    "plan, 48 posts": 1000,
    "plan, no database yet": 1000,
    "schedule, makes the database": 2000,
    "plan, with the database": 1000,
    "status, which reads the database": 600,
    "rehearse, 48 posts": 10_000,
}


def measure(stage: Stage) -> list[Figure]:
    compile_all()
    with tempfile.TemporaryDirectory(prefix="campaign-bench-") as place:
        found = stage.rounds_of("start-up, ms", _trials(Path(place), stage))
    figures = []
    for name, goal in GOALS.items():
        ours = found[f"campaign {name}"]
        figures.append(Figure(subject=f"campaign {name}", unit="ms", ours=ours, at_most=goal))
    help_time = found["campaign --help"]
    for other, most in (("toot --help", 0.6), (BARE, None)):
        if other in found:
            figures.append(_beside(help_time, other, found[other], most))
    return figures


def compile_all() -> None:
    """As it is once it was installed, even where PYTHONDONTWRITEBYTECODE is set."""
    compileall.compile_dir(Path(campaign.__file__).parent, quiet=1)


def _beside(ours: Spread, other: str, theirs: Spread, at_most: float | None) -> Figure:
    name = "campaign --help"
    return Figure(subject=name, unit="ms", ours=ours, beside=other, theirs=theirs, at_most=at_most)


def _trials(folder: Path, stage: Stage) -> dict[str, Callable[[], float]]:
    """In this order in every round: a plan without a database, then schedule, then with it."""
    shipped, ours = folder / "shipped", folder / "ours"
    _milliseconds(CAMPAIGN, "init", shipped, "--example", cwd=folder)
    ours.mkdir()
    (ours / "statement.en.md").write_bytes((shipped / "statement.en.md").read_bytes())
    (ours / "campaign.yaml").write_text(CAMPAIGN_FILE, encoding="utf-8")
    trials: dict[str, Callable[[], float]] = {
        BARE: partial(_milliseconds, sys.executable, "-c", "pass", cwd=folder)
    }
    if "toot" in stage.installed:
        trials["toot --help"] = partial(_milliseconds, TOOT, "--help", cwd=folder)
    commands = {
        "--help": ["--help"],
        "plan, no database yet": ["plan"],
        "schedule, makes the database": ["schedule", "--yes"],
        "plan, with the database": ["plan"],
        "status, which reads the database": ["status"],
    }
    for name, words in commands.items():
        trials[f"campaign {name}"] = partial(_milliseconds, CAMPAIGN, *words, cwd=ours)
    for word in ("check", "plan"):
        trials[f"campaign {word}, 48 posts"] = partial(_milliseconds, CAMPAIGN, word, cwd=shipped)
    trials["campaign plan, no database yet"] = partial(_first_plan, ours)
    trials["campaign rehearse, 48 posts"] = partial(
        _milliseconds, CAMPAIGN, "rehearse", cwd=shipped
    )
    return trials


def _first_plan(folder: Path) -> float:
    for left in folder.glob("campaign.db*"):
        left.unlink()
    return _milliseconds(CAMPAIGN, "plan", cwd=folder)


def _milliseconds(*command: str | Path, cwd: Path) -> float:
    """One whole process."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    spent = (time.perf_counter() - start) * 1000
    if done.returncode:
        raise RuntimeError(f"{command} failed:\n{done.stdout}{done.stderr}")
    return spent
