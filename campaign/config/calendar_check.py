"""What can be wrong with a calendar only once the statement's excerpts are counted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from campaign.config.problems import listed
from campaign.domain.campaign import Campaign, Slot
from campaign.domain.civil_time import GapError
from campaign.domain.message import excerpt_ref, excerpt_title
from campaign.domain.occurrence import Occurrence, occurrences
from campaign.domain.statement import Kind
from campaign.errors import Problem

Message = tuple[Kind, int, str, str]  # kind, number, account, language


def expand(
    campaign: Campaign, available: Mapping[Kind, Sequence[int]]
) -> tuple[list[Occurrence], list[Problem]]:
    """Every occurrence of the calendar, and every problem in it."""
    found: list[Occurrence] = []
    problems: list[Problem] = []
    for slot in campaign.calendar:
        try:
            found += occurrences(replace(campaign, calendar=(slot,)), available)
        except GapError as error:
            mend = "The clocks go forward then; choose another time."
            problems.append(_problem(slot, f"{error}.", mend))
    problems += check_twice(campaign, found)
    problems += check_midnight(campaign, found)
    return found, problems + check_spacing(campaign, found)


def check_twice(campaign: Campaign, occurrences: Sequence[Occurrence]) -> list[Problem]:
    """The same message twice on one account, unless the later line says `again`."""
    slots: dict[Message, list[Slot]] = {}
    for one in occurrences:
        key = (one.slot.kind, one.number, one.account.name, one.language)
        slots.setdefault(key, []).append(one.slot)
    clashes: dict[tuple[Slot, ...], list[Message]] = {}
    for key, found in slots.items():
        if len(found) > 1 and [slot.again for slot in found] != [False, True]:
            clashes.setdefault(tuple(found), []).append(key)
    order = [account.name for account in campaign.accounts]
    return [_twice(found, messages, order) for found, messages in clashes.items()]


def _twice(slots: Sequence[Slot], messages: Sequence[Message], order: Sequence[str]) -> Problem:
    names = list(dict.fromkeys(_message(slots[0], number) for _, number, _, _ in messages))
    accounts = sorted({account for _, _, account, _ in messages}, key=order.index)
    lines = [slot.place.line for slot in slots]
    times = "twice" if len(lines) == 2 else f"{len(lines)} times"
    what = (
        f"{listed(names)} {'is' if len(names) == 1 else 'are'} on the calendar {times}"
        f" for {listed(accounts)} (lines {', '.join(map(str, lines))})."
    )
    match [slot.again for slot in slots]:
        case [False, False]:
            mend = f"If you mean it, add again to line {lines[1]}."
        case [True, False]:
            mend = f"Only the later line says again: move it to line {lines[1]}."
        case [True, True]:
            mend = f"Take again out of line {lines[0]}."
        case _:
            mend = "Twice is the most, the second time with again: take a line out."
    return _problem(slots[-1], what, mend)


def check_spacing(campaign: Campaign, occurrences: Sequence[Occurrence]) -> list[Problem]:
    """Posts that follow each other on one account more quickly than `spacing` allows."""
    by_account: dict[str, list[Occurrence]] = {}
    for one in occurrences:
        by_account.setdefault(one.account.name, []).append(one)
    close: dict[tuple[Slot, Slot], tuple[Occurrence, Occurrence]] = {}
    for found in by_account.values():
        for one, other in pairwise(sorted(found, key=lambda each: each.due_at)):
            if other.due_at - one.due_at < campaign.decided.spacing and not _same(one, other):
                first, last = sorted((one, other), key=lambda each: each.slot.place.line)
                close.setdefault((first.slot, last.slot), (first, last))
    return [_too_close(campaign, one, other) for one, other in close.values()]


def _same(one: Occurrence, other: Occurrence) -> bool:
    """The same message twice, which is said already."""
    same = (one.slot.kind, one.number, one.language) == (
        other.slot.kind,
        other.number,
        other.language,
    )
    return one.slot != other.slot and same


def _too_close(campaign: Campaign, one: Occurrence, other: Occurrence) -> Problem:
    minutes = int(campaign.decided.spacing.total_seconds() // 60)
    what = (
        f"{_message(one.slot, one.number)} and {_message(other.slot, other.number)} come at"
        f" {one.local_time:%H:%M} and {other.local_time:%H:%M} on {one.account.name}, less than"
        f" {minutes} minutes apart."
    )
    mend = "Move one of them"
    if one.slot is other.slot and one.number == other.number:
        mend = f"Make the stagger of {one.account.name} longer"
    elif one.slot is other.slot:
        mend = "Make every longer" if one.slot.every else "Add  every 2h"
    return _problem(other.slot, what, f"{mend}, or write  spacing: 0m  if you mean it.")


def check_midnight(campaign: Campaign, occurrences: Sequence[Occurrence]) -> list[Problem]:
    """Messages of a D line that `every` carries past midnight: they could never go out."""
    late: dict[Slot, Occurrence] = {}
    for occurrence in occurrences:
        if occurrence.due_at >= occurrence.not_after:
            late.setdefault(occurrence.slot, occurrence)
    return [
        _problem(
            slot,
            f"{_message(slot, one.number)} would come on {one.local_time:%H:%M} after the day"
            f" ({campaign.day.day} {campaign.day:%B}) is over.",
            "Begin earlier, or make every shorter.",
        )
        for slot, one in late.items()
    ]


def _message(slot: Slot, number: int) -> str:
    return excerpt_title(excerpt_ref(slot.kind, number, slot.name))


def _problem(slot: Slot, what: str, mend: str) -> Problem:
    place = slot.place
    return Problem(
        where=place.file,
        what=what,
        mend=mend,
        line=place.line,
        column=place.column,
        excerpt="- ".rjust(place.column - 1) + slot.text,
        width=len(slot.text),
    )
