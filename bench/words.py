"""Reading a statement, and writing its messages: the work alone, without a process's start."""

import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.figure import Figure
from bench.stage import Stage
from bench.startup import CAMPAIGN
from campaign.config.load import load_campaign
from campaign.domain.statement import Kind
from campaign.platforms.counting import NETWORKS
from campaign.reading.extract import read_statement
from campaign.reading.observances import load_observances
from campaign.shipped import folder as shipped_folder
from campaign.writing.compose import Composer

PAGES = 28  # times the statement's prose: twenty pages of 500 words
WORDS = 10_000
MESSAGES = 10_000
TEMPLATES = shipped_folder("messages") / "templates"
READ, WRITE = "campaign reads 20 pages", "campaign writes 10,000 messages"


def measure(stage: Stage) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="campaign-bench-") as place:
        shipped = Path(place) / "shipped"
        subprocess.run([CAMPAIGN, "init", shipped, "--example"], check=True, capture_output=True)
        trials = {READ: partial(long_statement, shipped), WRITE: partial(ten_thousand, shipped)}
        found = stage.rounds_of("words, s", trials)
    return [
        Figure(subject=READ, unit="s", ours=found[READ], at_most=1),
        Figure(subject=WRITE, unit="s", ours=found[WRITE], at_most=10),
    ]


def long_statement(folder: Path) -> float:
    """Reading twenty pages: the shipped statement's paragraphs, over and over, above its list."""
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


def ten_thousand(folder: Path) -> float:
    """Rendered, fitted and checked: 2,500 recommendations on four networks."""
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
