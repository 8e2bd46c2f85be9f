"""The errors a person may see. Platform outcomes (NotSent, Rejected …) are in `platforms.base`.

CampaignError                 a problem in content, data or the world: exit 1
├── ContentError              the campaign file or the statement: carries every problem found
├── StoreError                the database cannot be used
│   └── OldSchemaError        it is empty or of an older version; the last words are the command
├── StalePlanError            the queue or the files changed after the plan was shown
└── UsageError                the command was asked for something it cannot do: exit 2
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend: where it stands, what is wrong and why, how to mend it.

    `line` and `column` count from 1. `excerpt` is the source line a caret points into.
    """

    where: str
    what: str
    mend: str = ""
    line: int | None = None
    column: int | None = None
    excerpt: str | None = None
    width: int = 1

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        if self.line and self.column:
            place += f":{self.column}"
        return f"{place}  {self.what}" + (f" {self.mend}" if self.mend else "")


class CampaignError(Exception):
    """Something a person can mend. The message is one or two whole sentences."""


class ContentError(CampaignError):
    """The campaign file or the statement has problems; all of them are in `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class StoreError(CampaignError):
    """The database cannot be opened, read or written."""


class OldSchemaError(StoreError):
    """The database is empty, or of an older version. The last words are the command for it."""


class StalePlanError(CampaignError):
    """What was shown is no longer what would be done."""


class UsageError(CampaignError):
    """The command, as it was given, cannot be carried out."""
