"""Every zone, every change of its clock from 2024 to 2040: exactly one instant for each local time.

Zones with the same changes are tried once. What is expected is worked out from the changes alone,
second by second on the UTC axis, not by the rules of `datetime`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from campaign.domain.civil_time import (
    Clocks,
    Fold,
    Gap,
    GapError,
    midnight_after,
    resolve,
    wall_time,
)
from campaign.domain.occurrence import Occurrence, occurrences
from tests.domain.test_occurrence import CAMPAIGN, HEADLINE

START, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2041, 1, 1, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
STEP = timedelta(minutes=15)
POLICIES = [Clocks(gap=gap, fold=fold) for gap in Gap for fold in Fold]


@dataclass(frozen=True)
class Shift:
    """At `at`, in UTC, the clock goes from `before` to `after`, its distances from UTC."""

    at: datetime
    before: timedelta
    after: timedelta


@cache
def shifts(zone: str) -> tuple[Shift, ...]:
    """Found by halving the stretches of six days between two unlike distances from UTC."""
    info = ZoneInfo(zone)

    def offset(at: datetime) -> timedelta:
        return at.astimezone(info).utcoffset() or timedelta(0)

    marks = [START + timedelta(days=6) * n for n in range((END - START) // timedelta(days=6) + 2)]
    offsets = [offset(mark) for mark in marks]
    found = []
    for (low, before), (high, after) in pairwise(zip(marks, offsets, strict=True)):
        if before == after:
            continue
        left, right = low, high
        while right - left > timedelta(seconds=1):
            middle = left + (right - left) // 2
            middle = middle.replace(microsecond=0)
            left, right = (middle, right) if offset(middle) == before else (left, middle)
        found.append(Shift(right, before, after))
    return tuple(found)


@cache
def unlike_zones() -> tuple[str, ...]:
    """One zone for each list of changes; without changes, one for each distance from UTC."""
    found: dict[object, str] = {}
    for zone in sorted(available_timezones()):
        start = START.astimezone(ZoneInfo(zone)).utcoffset()
        found.setdefault((start, shifts(zone)), zone)
    return tuple(found.values())


def naive(at: datetime, offset: timedelta) -> datetime:
    return (at + offset).replace(tzinfo=None)


def expected(local: datetime, shift: Shift, clocks: Clocks) -> datetime | None:
    """The instant by the changes alone; None where the time is to be refused."""
    by_before = local.replace(tzinfo=UTC) - shift.before
    by_after = local.replace(tzinfo=UTC) - shift.after
    shown = [at for at in (by_before,) if at < shift.at] + [
        at for at in (by_after,) if at >= shift.at
    ]
    if len(shown) == 2:
        return max(shown) if clocks.fold is Fold.SECOND else min(shown)
    if shown:
        return shown[0]
    size = shift.after - shift.before
    skipped_to = {Gap.ERROR: None, Gap.SHIFT: local + size, Gap.EARLIER: local - size}[clocks.gap]
    if skipped_to is None:
        return None
    moved = skipped_to.replace(tzinfo=UTC)
    return moved - (shift.after if clocks.gap is Gap.SHIFT else shift.before)


def times_around(shift: Shift) -> Iterator[datetime]:
    """Two hours before and behind the change on both clocks, and the minutes at its edges."""
    first = naive(shift.at, min(shift.before, shift.after))
    last = naive(shift.at, max(shift.before, shift.after))
    local = first - 2 * HOUR
    while local <= last + 2 * HOUR:
        yield local
        local += STEP
    for edge in (first, last):
        yield from (edge - MINUTE, edge, edge + MINUTE)


def cases() -> Iterator[tuple[str, Shift, datetime]]:
    for zone in unlike_zones():
        for shift in shifts(zone):
            yield from ((zone, shift, local) for local in times_around(shift))


@pytest.mark.slow
def test_one_instant_for_every_local_time_at_every_change() -> None:
    tried, wrong = 0, []
    for zone, shift, local in cases():
        for clocks in POLICIES:
            tried += 1
            try:
                instant = resolve(local, zone, clocks)
            except GapError:
                instant = None
            if instant != expected(local, shift, clocks):
                wrong.append((zone, local, clocks, instant))
    assert wrong == []
    assert tried > 100_000


@pytest.mark.slow
def test_a_local_time_of_an_instant_leads_back_to_it() -> None:
    """The other way round: no instant is out of reach, and none is reached by two policies."""
    for zone in unlike_zones():
        for shift in shifts(zone):
            for minutes in range(-120, 121, 15):
                instant = shift.at + timedelta(minutes=minutes)
                local = wall_time(instant, zone)
                both = {resolve(local, zone, Clocks(fold=fold)) for fold in Fold}
                assert instant in both
                assert all(wall_time(each, zone) == local for each in both)


def posts(zone: str, day: date, at: str) -> list[Occurrence]:
    """What a headline on D gives in a zone; times that are skipped there are shifted."""
    slot = replace(HEADLINE, at=time.fromisoformat(at))
    clocks = Clocks(gap=Gap.SHIFT)
    campaign = replace(CAMPAIGN, zone=zone, day=day, calendar=(slot,), clocks=clocks)
    return list(occurrences(campaign, {}))


EVERY_ZONE = sorted(available_timezones())
DAYS = [
    date(2024, 2, 29),
    date(2028, 2, 29),
    *(date(year, *day) for year in range(2021, 2041) for day in ((12, 18), (12, 31), (1, 1))),
]


@pytest.mark.slow
def test_one_firing_a_year_in_every_zone() -> None:
    """29 February, the turn of the year and 18 December, twenty years, on the day that was meant."""
    for zone in EVERY_ZONE:
        for day in DAYS:
            for at in ("00:00", "23:59"):
                (one,) = posts(zone, day, at)
                assert one.local_time.date() == day
                assert one.due_at < one.not_after <= midnight_after(day, zone)


def test_the_day_goes_round_the_world_in_25_hours() -> None:
    """18 December 2026, 09:00 on each account's own clock, from Kiritimati to Pago Pago."""
    found = [one.due_at for zone in EVERY_ZONE for one in posts(zone, date(2026, 12, 18), "09:00")]
    earth = [at for at, zone in zip(found, EVERY_ZONE, strict=True) if not zone.startswith("Etc/")]
    assert len(found) == len(EVERY_ZONE) > 400
    assert min(earth) == datetime(2026, 12, 17, 19, tzinfo=UTC)
    assert max(earth) == datetime(2026, 12, 18, 20, tzinfo=UTC)
