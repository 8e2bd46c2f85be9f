"""An observance day: its names, and its date in a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Observance:
    """On `day` of its month, or on its `nth` `weekday` (Monday is 0; nth -1 is the last one); every
    `every` years, counted from `since`.

    `names` maps a language code to the day's name; English is always there. `known_as` are further
    names by which it is recognized and which are never printed: nobody has checked their letters.
    """

    id: str
    month: int
    names: Mapping[str, str]
    day: int = 0
    weekday: int = 0
    nth: int = 0
    every: int = 1
    since: int = 1
    known_as: tuple[str, ...] = ()

    def date_in(self, year: int) -> date | None:
        """None in a year in which it is not held."""
        if year < self.since or (year - self.since) % self.every:
            return None
        if self.nth:
            return self._nth_weekday(year)
        try:
            return date(year, self.month, self.day)
        except ValueError:  # 29 February
            return None

    def years_around(self, year: int) -> tuple[int, ...]:
        """The last year before this one in which it is held, and the next."""
        before = (one for one in range(year - 1, year - 12, -1) if self.date_in(one))
        after = (one for one in range(year + 1, year + 12) if self.date_in(one))
        return tuple(one for one in (next(before, None), next(after, None)) if one is not None)

    def name(self, language: str) -> str:
        return self.names.get(language, self.names["en"])

    def _nth_weekday(self, year: int) -> date:
        if self.nth < 0:
            next_month = date(year + self.month // 12, self.month % 12 + 1, 1)
            last = next_month - timedelta(days=1)
            return last - timedelta(days=(last.weekday() - self.weekday) % 7)
        first = date(year, self.month, 1)
        return first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))
