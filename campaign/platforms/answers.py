"""What a network answered, judged: one table for every network (`check`), one reading of "wait".

    2xx                                     nothing; but an id has to be read from it (`need`)
    what the adapter knows of 4xx and 503   what the adapter says
    429                                     RateLimited
    401, 402, 426, 301, 307, 308            AccountBlocked
    everything else                         OutcomeUnknown

Where the request was one that nobody sees, NotSent stands in OutcomeUnknown's place.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from campaign.platforms.base import (
    AccountBlocked,
    NotSent,
    OutcomeUnknown,
    PlatformError,
    RateLimited,
)

CLOCKS = timedelta(minutes=2)  # by so much theirs and ours may differ
WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=24)
MOVED = {301, 307, 308}
UNCERTAIN = {408, 409, 421, 425, 499}  # a proxy's word, or "in progress": it may be applied yet
BLOCKED = {
    401: "does not accept the key of this account any more. Put in a new one",
    402: "says that the credits of this account are used up. Top them up",
    426: "no longer speaks this version of its interface. Install a newer campaign",
}
THEN = "then: campaign accounts verify"
EPOCH_FROM = 1_000_000_000  # a number this large is a moment, not a wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`headers` have lowercase names. `host` is who answered, fit for a person's eyes. `visible`:
    the request was one whose effect readers may see.
    """

    host: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    visible: bool = True

    def json(self) -> dict[str, Any]:
        """The body as a map; raises `doubt` when it is none."""
        value = self._value()
        if not isinstance(value, dict):
            raise self.doubt("with nothing that can be read")
        return value

    def maps(self, *path: str) -> list[dict[str, Any]]:
        """The list of maps that the body is, or that stands at `path` in it; raises `doubt` without
        one: an answer that shows no list does not say that the list is empty.
        """
        value = self._value()
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.doubt("with nothing that can be read")
        return value

    def peek(self) -> dict[str, Any]:
        """The body as a map, empty when it is none: to look for what an error says."""
        try:
            return self.json()
        except PlatformError:
            return {}

    def need(self, *path: str) -> str:
        """The text or number at `path` in the body; raises `doubt` without one.

        An id has to be there: a 2xx alone proves nothing.
        """
        at: Any = self.json()
        for step in path:
            at = at.get(step) if isinstance(at, dict) else None
        if isinstance(at, bool) or not isinstance(at, str | int) or not str(at).strip():
            raise self.doubt(f"without {path[-1]}")
        return str(at)

    def refuse_other_clock(self, now: datetime) -> None:
        """Whoever looks for what is new by a clock that is wrong passes over what is there.

        Raises OutcomeUnknown. A server that tells no time is believed.
        """
        theirs = _moment(self.headers.get("date", ""), now)
        if theirs is not None and abs(theirs - now) > CLOCKS:
            raise OutcomeUnknown(
                f"For {self.host} it is {theirs:%d %b %H:%M} UTC, for this machine"
                f" {now:%d %b %H:%M}: what is new there cannot be told. Set this machine's clock."
            )

    def _value(self) -> Any:
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            return None

    def doubt(self, how: str = "") -> PlatformError:
        """The error that says: this answer proves nothing."""
        told = f"{self.host} answered {self.status}" + (f" {how}." if how else ".")
        if self.visible:
            return OutcomeUnknown(f"{told} That does not say whether it was published.")
        return NotSent(told)


Knows = Callable[[Answer], PlatformError | None]


def knows_nothing(_answer: Answer) -> PlatformError | None:
    return None


def check(answer: Answer, *, now: datetime, knows: Knows = knows_nothing) -> None:
    """Judge an answer by the table above.

    `knows` is what the adapter has learnt of its network's words: the error that a body means, or
    None. A status alone is never enough to call a part refused.
    """
    status, host = answer.status, answer.host
    if 200 <= status < 300:
        return
    if (400 <= status < 500 and status not in UNCERTAIN) or status in (409, 503):
        known = knows(answer)
        if known is not None:
            raise known
    if status == 429:
        raise limited(answer, now)
    if status in BLOCKED:
        raise AccountBlocked(f"{host} {BLOCKED[status]}, {THEN}")
    if status in MOVED:
        raise AccountBlocked(f"{host} has moved. Correct the address of this account, {THEN}")
    raise answer.doubt()


def limited(answer: Answer, now: datetime, wait: object = None) -> RateLimited:
    """The network's wish to wait. `wait` is what its body says, where a header does not."""
    until = retry_at(wait if wait is not None else _asked(answer.headers), now)
    return RateLimited(f"{answer.host} asks to wait until {until:%H:%M:%S} UTC.", until)


def _asked(headers: Mapping[str, str]) -> str | None:
    for name in ("retry-after", "x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset"):
        if value := headers.get(name):
            return value
    return None


def retry_at(asked: object, now: datetime) -> datetime:
    """When to try again, from a wait in seconds, an epoch, an ISO or an HTTP date, or nothing.

    Never more than a day: a clock that is wrong, theirs or ours, must not stop an account.
    """
    at = _moment(str(asked).strip(), now) if asked is not None else None
    if at is None or at <= now:
        at = now + WAIT
    return min(at, now + LONGEST_WAIT)


def _moment(asked: str, now: datetime) -> datetime | None:
    try:
        if re.fullmatch(r"\d+(\.\d+)?", asked):
            number = float(asked)
            if number >= EPOCH_FROM:
                return datetime.fromtimestamp(number, UTC)
            return now + timedelta(seconds=number)
        at = parsedate_to_datetime(asked) if "," in asked else datetime.fromisoformat(asked)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
