"""What can be wrong with a calendar only once the statement's excerpts are counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from campaign.config.problems import listed, quoted
from campaign.domain.campaign import Campaign, Slot
from campaign.domain.civil_time import GapError, city, to_local, wall_time
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
            mend = "The clocks go forward then; choose another time, or write"
            mend += "  clocks: {gap: shift}  or  {gap: earlier}."
            problems.append(_problem(slot, f"{error}.", mend))
    problems += check_twice(campaign, found)
    problems += check_window(campaign, found)
    problems += check_quiet(campaign, found)
    problems += check_embargo(campaign, found)
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


def check_window(campaign: Campaign, occurrences: Sequence[Occurrence]) -> list[Problem]:
    """Messages that `every` carries past midnight of D or past `until`: they could never go out."""
    late = _first_of_each((one.zone, one) for one in occurrences if one.due_at >= one.not_after)
    return [
        _problem(
            one.slot,
            f"{_message(one.slot, one.number)} would come on {one.local_time:%H:%M}"
            f" after {_end(campaign, one)}.",
            "Begin earlier, or make every shorter.",
        )
        for one in late
        if not is_quiet(campaign, one)
    ]


def _end(campaign: Campaign, one: Occurrence) -> str:
    if one.slot.until and one.local_time.time() >= one.slot.until:
        return f"{one.slot.until:%H:%M}, when its line ends"
    return f"the day ({campaign.day.day} {campaign.day:%B}) is over"


def check_quiet(campaign: Campaign, occurrences: Sequence[Occurrence]) -> list[Problem]:
    """Posts in the quiet hours of their account: an error, never a silent shift."""
    quiet = _first_of_each(
        (one.account.zone, one) for one in occurrences if is_quiet(campaign, one)
    )
    return [
        _problem(
            one.slot,
            f"{_both_clocks(campaign, one)}, inside the quiet hours {campaign.quiet}.",
            "Move it, leave the account out with except, or change quiet.",
        )
        for one in quiet
    ]


def is_quiet(campaign: Campaign, one: Occurrence) -> bool:
    own = wall_time(one.due_at, campaign.zone_of(one.account))
    return campaign.quiet is not None and campaign.quiet.covers(own.time())


def check_embargo(campaign: Campaign, occurrences: Sequence[Occurrence]) -> list[Problem]:
    """Posts before the embargo is over."""
    if campaign.embargo is None:
        return []
    end = to_local(campaign.embargo, campaign.zone)
    early = _first_of_each((one.zone, one) for one in occurrences if one.due_at < end)
    return [
        _problem(
            one.slot,
            f"{_both_clocks(campaign, one)}, inside the embargo until {_moment(end, one.due_at)}.",
            "Move it or the embargo.",
        )
        for one in early
    ]


def _first_of_each(found: Iterable[tuple[str, Occurrence]]) -> list[Occurrence]:
    """One for each calendar line and zone: the others have the same cause."""
    first: dict[tuple[Slot, str], Occurrence] = {}
    for zone, one in found:
        first.setdefault((one.slot, zone), one)
    return list(first.values())


def _both_clocks(campaign: Campaign, one: Occurrence) -> str:
    """`"asia" 09:00 local is 03:00 in Zurich`, or `headline on x comes at 06:30 in Zurich`."""
    here = to_local(one.due_at, campaign.zone)
    if one.zone != campaign.zone:
        clock = f"{here:%H:%M} in {city(campaign.zone)}"
        return f"{quoted(one.account.name)} {one.local_time:%H:%M} local is {clock}"
    subject = f"{_message(one.slot, one.number)} on {one.account.name}"
    there = to_local(one.due_at, campaign.zone_of(one.account))
    clocks = f"{here:%H:%M} in {city(campaign.zone)}"
    if campaign.zone_of(one.account) != campaign.zone:
        clocks += f", which is {there:%H:%M} in {city(campaign.zone_of(one.account))}"
    return f"{subject} comes at {clocks}"


def _moment(end: datetime, other: datetime) -> str:
    """`06:00`, with its date where that is another day."""
    same_day = end.date() == other.astimezone(end.tzinfo).date()
    return f"{end:%H:%M}" if same_day else f"{end:%H:%M} of {end.day} {end:%B}"


def _message(slot: Slot, number: int) -> str:
    return excerpt_title(excerpt_ref(slot.kind, number, slot.name))


def _problem(slot: Slot, what: str, mend: str) -> Problem:
    told = slot.place.problem(what, mend, len(slot.text))
    return replace(told, excerpt="- ".rjust(slot.place.column - 1) + slot.text)
