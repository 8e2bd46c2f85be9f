"""`python -m bench`: how fast the commands are on this machine, as whole processes.

Each figure is a median; beside it stands its ratio to `python -c pass`, measured in the same run.
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CAMPAIGN = Path(sys.executable).with_name("campaign")
RUNS = 7
OUTBOX = """\
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


@dataclass(frozen=True)
class Row:
    name: str
    goal: float
    figure: float
    unit: str = "ms"


def seconds(*command: str | Path, cwd: Path) -> float:
    """One whole process. A failing one ends the bench."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    spent = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{command} failed:\n{done.stdout}{done.stderr}")
    return spent


def median(measure: Callable[[], float], runs: int = RUNS) -> float:
    """In milliseconds, after one run that warms the caches."""
    measure()
    return statistics.median(measure() for _ in range(runs)) * 1000


def first_schedule(folder: Path) -> float:
    (folder / "campaign.db").unlink(missing_ok=True)
    return seconds(CAMPAIGN, "schedule", "--yes", cwd=folder)


def idle_memory(folder: Path) -> float:
    """The daemon's resident memory in MB, three seconds after its start, with a full queue."""
    process = subprocess.Popen(
        [CAMPAIGN, "run"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(3)
        pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(folder: Path) -> list[Row]:
    shipped, ours = folder / "shipped", folder / "ours"
    seconds(CAMPAIGN, "init", shipped, "--example", cwd=folder)
    ours.mkdir()
    (ours / "statement.en.md").write_bytes((shipped / "statement.en.md").read_bytes())
    (ours / "campaign.yaml").write_text(OUTBOX)
    rows = [
        Row("python -c pass", 0, median(lambda: seconds(sys.executable, "-c", "pass", cwd=folder))),
        Row("campaign --help", 150, median(lambda: seconds(CAMPAIGN, "--help", cwd=folder))),
        Row("check, 48 posts", 600, median(lambda: seconds(CAMPAIGN, "check", cwd=shipped))),
        Row("plan, no database yet", 1000, median(lambda: seconds(CAMPAIGN, "plan", cwd=ours))),
        Row("schedule, makes the database", 2000, median(lambda: first_schedule(ours))),
        Row("plan, with the database", 1000, median(lambda: seconds(CAMPAIGN, "plan", cwd=ours))),
        Row("status", 1000, median(lambda: seconds(CAMPAIGN, "status", cwd=ours))),
        Row("rehearse, 48 posts", 10_000, median(lambda: rehearsal(shipped))),
    ]
    if Path("/proc/self/statm").exists():
        rows.append(Row("idle daemon's memory", 100, idle_memory(ours), "MB"))
    return rows


def rehearsal(folder: Path) -> float:
    return seconds(CAMPAIGN, "rehearse", cwd=folder)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="campaign-bench-") as folder:
        rows = measure(Path(folder))
    bare = rows[0].figure
    print(f"{'':<30}{'figure':>12}{'goal':>12}{'ratio':>8}    median of {RUNS}")
    for row in rows:
        goal = f"{row.goal:,.0f} {row.unit}" if row.goal else ""
        ratio = f"{row.figure / bare:.1f}" if row.unit == "ms" else ""
        is_missed = bool(row.goal) and row.figure > row.goal
        figure = f"{row.figure:,.0f} {row.unit}"
        print(f"{row.name:<30}{figure:>12}{goal:>12}{ratio:>8}{'    MISSED' * is_missed}")


if __name__ == "__main__":
    main()
