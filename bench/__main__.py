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
from dataclasses import dataclass, replace
from pathlib import Path

from campaign.shipped import folder as shipped_folder

CAMPAIGN = Path(sys.executable).with_name("campaign")
RUNS = 7
PAGES = 28  # times the statement's prose: twenty pages of 500 words
WORDS = 10_000
MESSAGES = 10_000
TEMPLATES = shipped_folder("messages") / "templates"
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


def long_statement(folder: Path) -> float:
    """Reading twenty pages: the shipped statement's paragraphs, over and over, above its list."""
    from campaign.reading.extract import read_statement

    text = (folder / "statement.en.md").read_text("utf-8")
    headline, _, rest = text.partition("\n\n")
    prose = "\n\n".join(part for part in rest.split("\n\n")[:6] if not part.startswith("¹"))
    pages = "\n\n".join([headline, *[prose.replace("¹", "")] * PAGES, rest])
    path = folder / "long.en.md"
    path.write_text(pages, "utf-8")
    start = time.perf_counter()
    statement = read_statement(path, language="en", observances={})
    spent = time.perf_counter() - start
    if len(pages.split()) < WORDS or len(statement.recommendations) != 7:
        sys.exit("The long statement was not read as it should be.")
    return spent


def ten_thousand_messages(folder: Path) -> float:
    """Rendered, fitted and checked: 2,500 recommendations on four networks."""
    from campaign.config.load import load_campaign
    from campaign.domain.statement import Kind
    from campaign.platforms.counting import NETWORKS
    from campaign.reading.extract import read_statement
    from campaign.reading.observances import load_observances
    from campaign.writing.compose import Composer

    observances = load_observances()
    campaign = load_campaign(folder / "campaign.yaml", observances=observances, platforms=NETWORKS)
    statement = read_statement(folder / "statement.en.md", language="en", observances=observances)
    seven = statement.recommendations
    many = tuple(
        replace(seven[index % 7], number=index + 1, text=f"{seven[index % 7].text} ({index})")
        for index in range(MESSAGES // 4)
    )
    composer = Composer(
        campaign, replace(statement, recommendations=many), [folder / "templates", TEMPLATES], None
    )
    start = time.perf_counter()
    for one in many:
        for name in ("x", "mastodon", "bluesky", "linkedin"):
            composer.compose(Kind.RECOMMENDATION, one.number, NETWORKS[name])
    return time.perf_counter() - start


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
        Row("read 20 pages", 1000, median(lambda: long_statement(shipped))),
        Row("10,000 messages", 10_000, median(lambda: ten_thousand_messages(shipped), runs=1)),
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
