"""What came of an attempt. Whatever is not listed is unknown."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zlib import crc32


class Result(StrEnum):
    """`absent` is a person's word, who looked for a part in doubt; the others are answers.

    `duplicate`: "already there", says the network. It is looked for before that is believed.
    """

    NOT_SENT = "not_sent"
    PUBLISHED = "published"
    FAILED = "failed"
    UNKNOWN = "unknown"
    ABSENT = "absent"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The proof of a published part. `published_at` is UTC; `extra` holds what a reply needs.

    `is_found`: a person found it after a doubt; `published_at` is then no more than the earliest
    moment at which it can have appeared.
    """

    remote_id: str
    published_at: datetime
    url: str | None = None
    extra: dict[str, str] = field(default_factory=dict)
    is_found: bool = False


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


JITTER = 0.25  # at most this much longer, so that what failed together does not return together


def retry_after(failures: int, key: str) -> float:
    """Seconds to wait after the n-th try that reached nothing; the key decides the jitter."""
    wait = RETRY_AFTER[failures - 1] if 1 <= failures <= len(RETRY_AFTER) else RETRY_THEN
    return wait * (1 + JITTER * (crc32(f"{key} {failures}".encode()) / 0xFFFFFFFF))
