"""Quiet hours: the hours of each day in which an account posts nothing."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """From `start` up to, not including, `end`, on the account's own clock; often over midnight."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def covers(self, at: time) -> bool:
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def begins_after(self, local: datetime) -> datetime:
        """When they begin next, seen from a naive local time."""
        begin = datetime.combine(local.date(), self.start)
        return begin if begin > local else begin + timedelta(days=1)
