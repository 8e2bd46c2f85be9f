"""What came of an attempt. Whatever is not listed is unknown."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Result(StrEnum):
    """`absent` is a person's word, who looked for a part in doubt; the others are answers."""

    NOT_SENT = "not_sent"
    PUBLISHED = "published"
    FAILED = "failed"
    UNKNOWN = "unknown"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The proof of a published part. `published_at` is UTC; `extra` holds what a reply needs."""

    remote_id: str
    published_at: datetime
    url: str | None = None
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`detail` is redacted and fit for a person. `retry_at`: not before this UTC instant.

    `blocked`: the reason why the whole account, not this post, has to wait.
    """

    result: Result
    detail: str = ""
    receipt: Receipt | None = None
    retry_at: datetime | None = None
    blocked: str | None = None


RETRY_AFTER = (2, 8, 30, 60)  # seconds; every 5 minutes after that
RETRY_THEN = 300


def retry_after(failures: int) -> int:
    """Seconds to wait after the n-th try that reached nothing."""
    return RETRY_AFTER[failures - 1] if 1 <= failures <= len(RETRY_AFTER) else RETRY_THEN
