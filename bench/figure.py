"""One line of the table: what we measured, what stands beside it, the goal, and met or missed."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """The figures of all rounds."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def __str__(self) -> str:
        low, high = _short(min(self.values)), _short(max(self.values))
        middle = _short(self.median)
        return middle if low == high else f"{middle} [{low}-{high}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`beside` is the peer or limit of the same run, `theirs` its figures.

    The goal holds for the ratio ours/theirs where something stands beside it, else for ours.
    """

    subject: str
    unit: str
    ours: Spread
    beside: str = ""
    theirs: Spread | None = None
    at_least: float | None = None
    at_most: float | None = None

    @property
    def judged(self) -> float:
        return self.ours.median / self.theirs.median if self.theirs else self.ours.median

    @property
    def goal(self) -> str:
        unit = "x" if self.theirs else f" {self.unit}"
        if self.at_least is not None:
            return f"≥ {self.at_least:g}{unit}"
        return f"≤ {self.at_most:g}{unit}" if self.at_most is not None else ""

    @property
    def verdict(self) -> str:
        if not self.goal:
            return ""
        is_low = self.at_least is not None and self.judged < self.at_least
        is_high = self.at_most is not None and self.judged > self.at_most
        return "MISSED" if is_low or is_high else "met"

    def cells(self) -> list[str]:
        ratio = f"{_short(self.judged)}x" if self.theirs else ""
        theirs = str(self.theirs) if self.theirs else ""
        return [
            f"{self.subject}, {self.unit}",
            str(self.ours),
            self.beside,
            theirs,
            ratio,
            self.goal,
            self.verdict,
        ]


HEADINGS = ["", "campaign", "beside it", "figure", "ratio", "goal", ""]


def table(figures: Sequence[Figure]) -> str:
    """In Markdown, so that it can stand in the README as it is printed."""
    rows = [HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _short(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
