"""By when a campaign must be approved: so long before its first post goes out."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from campaign.domain.civil_time import (
    SATURDAY_AND_SUNDAY,
    Clocks,
    Gap,
    Weekend,
    add_working_days,
    resolve,
    to_local,
)

WRITTEN = re.compile(r"([1-9]\d?) (working day|day|hour)s?")
EARLIER = Clocks(gap=Gap.EARLIER)


class Unit(StrEnum):
    WORKING_DAY = "working day"
    DAY = "day"
    HOUR = "hour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """How long before the first post, as the file writes it: `1 working day`, `12 hours`."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> "Before":
        """Raises ValueError for anything but a count of working days, days or hours."""
        found = WRITTEN.fullmatch(" ".join(text.split()))
        if found is None:
            raise ValueError(f"{text!r} is not a number of working days, days or hours")
        return cls(count=int(found[1]), unit=Unit(found[2]))

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


def deadline(
    before: Before, first_due: datetime, zone: str, weekend: Weekend = SATURDAY_AND_SUNDAY
) -> datetime:
    """The UTC instant by which all approvals must be there.

    Days keep the clock time of the first post, so that people can remember it; hours are elapsed
    ones. Where the clocks skip that time the deadline comes sooner, never later.
    """
    if before.unit is Unit.HOUR:
        return first_due.astimezone(UTC) - timedelta(hours=before.count)
    local = to_local(first_due, zone).replace(tzinfo=None, fold=0)
    if before.unit is Unit.WORKING_DAY:
        day = add_working_days(local.date(), -before.count, weekend)
    else:
        day = local.date() - timedelta(days=before.count)
    return resolve(datetime.combine(day, local.time()), zone, EARLIER)
