"""Civil time to instants: zones, gaps, folds, working days. All arithmetic on instants is UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class GapError(ValueError):
    """A local time that the clocks of its zone skip."""


def resolve(local: datetime, zone: str) -> datetime:
    """The UTC instant of a naive local time. A time that happens twice means the first.

    Raises GapError for a local time that does not exist.
    """
    instant = local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise GapError(f"{local:%H:%M} does not exist on {local.day} {local:%B %Y} in {zone}")
    return instant


def to_local(instant: datetime, zone: str) -> datetime:
    """The aware local time of a UTC instant."""
    return instant.astimezone(ZoneInfo(zone))


def midnight_after(day: date, zone: str) -> datetime:
    """The UTC instant at which `day` ends in `zone`."""
    start = datetime.combine(day + timedelta(days=1), time(0))
    return start.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def add_working_days(day: date, count: int) -> date:
    """`count` working days (Monday to Friday) after `day`, or before it when negative."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if day.weekday() < 5:
            count -= 1 if count > 0 else -1
    return day
