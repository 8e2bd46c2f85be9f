"""Civil time to instants: zones, gaps, folds, working days. All arithmetic on instants is UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

Weekend = frozenset[int]  # days of the week, Monday is 0
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SATURDAY_AND_SUNDAY: Weekend = frozenset((5, 6))


class Gap(StrEnum):
    """A local time that the clocks skip: refused, as much later, or as much earlier."""

    ERROR = "error"
    SHIFT = "shift"
    EARLIER = "earlier"


class Fold(StrEnum):
    """Which of the two is meant by a local time that comes twice."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """What a local time means in the nights in which the clocks change."""

    gap: Gap = Gap.ERROR
    fold: Fold = Fold.FIRST


class GapError(ValueError):
    """A local time that the clocks of its zone skip."""


def resolve(local: datetime, zone: str, clocks: Clocks = Clocks()) -> datetime:
    """The one UTC instant of a naive local time. Raises GapError where `clocks` says so."""
    fold = 1 if clocks.fold is Fold.SECOND else 0
    instant = local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)
    if wall_time(instant, zone) == local:
        return instant
    if clocks.gap is Gap.ERROR:
        raise GapError(f"{local:%H:%M} does not exist on {local.day} {local:%B %Y} in {zone}")
    # In a gap, PEP 495's fold 0 counts with the offset before it (so later), fold 1 after it.
    fold = 1 if clocks.gap is Gap.EARLIER else 0
    return local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def to_local(instant: datetime, zone: str) -> datetime:
    """The aware local time of a UTC instant."""
    return instant.astimezone(ZoneInfo(zone))


def wall_time(instant: datetime, zone: str) -> datetime:
    """What a clock on the wall shows at an instant: naive, the same in both hours of a fold."""
    return to_local(instant, zone).replace(tzinfo=None, fold=0)


def city(zone: str) -> str:
    """`Zurich` for Europe/Zurich."""
    return zone.rpartition("/")[2].replace("_", " ")


def midnight_after(day: date, zone: str) -> datetime:
    """The UTC instant at which `day` ends in `zone`."""
    start = datetime.combine(day + timedelta(days=1), time(0))
    return start.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def add_working_days(day: date, count: int, weekend: Weekend = SATURDAY_AND_SUNDAY) -> date:
    """`count` working days after `day`, or before it when negative."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if day.weekday() not in weekend:
            count -= 1 if count > 0 else -1
    return day
