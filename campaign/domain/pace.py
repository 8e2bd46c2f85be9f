"""How fast an account may post: so many in a period, and a distance between two posts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

PERIODS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
LIMIT = re.compile(r"([1-9]\d{0,5})\s*/\s*(minute|hour|day|week)")

# What is late goes out so far apart: after an outage or a pause no reader meets a flood. Less than
# posts are planned apart (decisions.SPACING), else an account would never catch up.
CATCHING_UP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """At most `limit` parts in any `period`; posts at least `spacing` apart."""

    limit: int | None = None
    period: timedelta = timedelta(days=1)
    spacing: timedelta = timedelta(0)

    @property
    def reach(self) -> timedelta:
        """How far back the attempts matter."""
        return max(self.period if self.limit else timedelta(0), self.spacing)

    def free_at(self, used: Sequence[datetime], part: int) -> datetime | None:
        """When one more part may go, given the times of those before, oldest first.

        None: nothing stands in its way. A begun thread is not torn apart by the spacing.
        """
        times = []
        if self.limit and len(used) >= self.limit:
            times.append(used[-self.limit] + self.period)
        if self.spacing and used and part == 1:
            times.append(used[-1] + self.spacing)
        return max(times, default=None)


def read_limit(text: str) -> tuple[int, timedelta] | None:
    """`100/day` as a number and a period; None for anything else."""
    found = LIMIT.fullmatch(text.strip())
    return (int(found[1]), PERIODS[found[2]]) if found else None


def pace_of(settings: Mapping[str, str], late: timedelta) -> Pace | None:
    """The pace for what is `late` by so much on an account, from its settings as they were checked
    when the file was read.
    """
    limit, spacing = settings.get("limit"), settings.get("spacing")
    least = CATCHING_UP if late > CATCHING_UP else timedelta(0)
    if limit is None and spacing is None and not least:
        return None
    number, period = (read_limit(limit) if limit else None) or (None, timedelta(days=1))
    seconds = timedelta(seconds=int(spacing)) if spacing else timedelta(0)
    return Pace(limit=number, period=period, spacing=max(seconds, least))
