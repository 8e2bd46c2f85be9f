"""The campaign file of another year: the same text and comments, with its dates moved."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign.config.source import LINE_END, Source, Spot, read_source
from campaign.config.tree import Path as Place
from campaign.config.tree import Tree, read_tree
from campaign.domain.campaign import Campaign

FIXED = re.compile(r"\b20\d\d-\d\d-\d\d\b")
ID_LENGTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """The new text. `id` is the new campaign's; `left` are lines that still name the old year."""

    text: str
    id: str
    left: tuple[int, ...]


def renewed(path: Path, campaign: Campaign, day: date) -> Renewal:
    """The file at `path`, which is `campaign`, with D on `day`. Raises ValueError for a date in the
    calendar that the new year has not.
    """
    source = read_source(path)
    tree = read_tree(source)
    old, new = str(campaign.day.year), str(day.year)
    new_id = _new_id(campaign.id, old, new)
    edits: dict[Place, tuple[str, str]] = {
        ("id",): (campaign.id, new_id),
        ("day",): (old, new),
        ("date",): (campaign.day.isoformat(), day.isoformat()),
        ("campaign",): (old, new),
    }
    years = day.year - campaign.day.year
    edits |= {place: (text, _moved(text, years)) for place, text in _fixed_dates(tree)}
    lines = list(source.lines)
    for place, (before, after) in edits.items():
        if place in tree.values:
            _edit(lines, tree.values[place], before, after)
    text = _joined(source, lines)
    if campaign.decided.issued is None:
        issued = campaign.day.isoformat()
        text = f"{text.rstrip()}\nissued: {issued}    # the statement's own date; is it right?\n"
    left = tuple(
        number
        for number, line in enumerate(lines, start=1)
        if re.search(rf"\b{old}\b", line) and not re.search("issued:|as-of:", line)
    )
    return Renewal(text=text, id=new_id, left=left)


def _new_id(old_id: str, old: str, new: str) -> str:
    if old in old_id:
        return old_id.replace(old, new)
    return f"{old_id[: ID_LENGTH - 5]}-{new}"


def _fixed_dates(tree: Tree) -> Iterator[tuple[Place, str]]:
    """Where the calendar and the embargo name a date instead of D."""
    lines = enumerate(tree.data.get("calendar") or ())
    written: dict[Place, object] = {("calendar", n): text for n, text in lines}
    written[("embargo",)] = tree.data.get("embargo")
    for place, text in written.items():
        if isinstance(text, str) and (found := FIXED.search(text)):
            yield place, found[0]


def _moved(text: str, years: int) -> str:
    day = date.fromisoformat(text)
    try:
        return day.replace(year=day.year + years).isoformat()
    except ValueError as error:
        raise ValueError(f"{text} has no such day in {day.year + years}") from error


def _edit(lines: list[str], spot: Spot, before: str, after: str) -> None:
    """In the value alone: a comment behind it stays as it is."""
    line = lines[spot.line - 1]
    start, end = spot.column - 1, spot.column - 1 + spot.width
    value = line[start:end].replace(before, after)
    lines[spot.line - 1] = line[:start] + value + line[end:]


def _joined(source: Source, lines: list[str]) -> str:
    """With the line ends that the file has."""
    ends = [*LINE_END.findall(source.text), ""]
    return "".join(line + end for line, end in zip(lines, ends, strict=True))
