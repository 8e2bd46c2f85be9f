"""An observance day: a name in several languages, and its date in a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Observance:
    """`names` maps a language code to the day's name; English is always there."""

    id: str
    month: int
    day: int
    names: Mapping[str, str]

    def date_in(self, year: int) -> date:
        """Raises ValueError for 29 February in a common year."""
        return date(year, self.month, self.day)

    def name(self, language: str) -> str:
        return self.names.get(language, self.names["en"])
