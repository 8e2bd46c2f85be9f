"""What goes wrong between us and a network, and what each must be called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from campaign.platforms.base import (
    AccountBlocked,
    NotSent,
    OutcomeUnknown,
    PlatformError,
    RateLimited,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`means`: what an adapter has to raise. `applied`: the network had published it by then.

    `status` answers with that status instead of the dialect's, `body` with that body. `how` is
    one of the breaks that FakeNetwork knows: refuse, stranger, reset, reset-in-body, reset-after,
    close, hang, drip, short, cut.
    """

    means: type[PlatformError]
    applied: bool = False
    how: str = ""
    status: int = 0
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def _statuses(
    means: type[PlatformError], *statuses: int, applied: bool = False
) -> dict[str, Fault]:
    after = " after applying" if applied else ""
    return {
        f"{status}{after}": Fault(means=means, status=status, applied=applied, body=UNKNOWN_WORDS)
        for status in statuses
    }


UNKNOWN_WORDS = b'{"error": "words that nobody knows"}'
HTML = b"<!doctype html><title>Welcome</title>"
ELSEWHERE = {"Location": "/elsewhere"}

FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "refused": Fault(means=NotSent, how="refuse"),
        "a stranger's certificate": Fault(means=NotSent, how="stranger"),
        "reset before reading": Fault(means=OutcomeUnknown, how="reset"),
        "reset in the body": Fault(means=OutcomeUnknown, how="reset-in-body"),
        "reset after applying": Fault(means=OutcomeUnknown, how="reset-after", applied=True),
        "closed before applying": Fault(means=OutcomeUnknown, how="close"),
        "closed after applying": Fault(means=OutcomeUnknown, how="close", applied=True),
        "hangs before applying": Fault(means=OutcomeUnknown, how="hang"),
        "hangs after applying": Fault(means=OutcomeUnknown, how="hang", applied=True),
        "a byte a second": Fault(means=OutcomeUnknown, how="drip", applied=True),
        "shorter than it says": Fault(means=OutcomeUnknown, how="short", applied=True),
        "half of an answer": Fault(means=OutcomeUnknown, how="cut", applied=True),
        "200 with nothing": Fault(means=OutcomeUnknown, status=200, body=b"", applied=True),
        "200 with a page": Fault(means=OutcomeUnknown, status=200, body=HTML, applied=True),
        "200 with a list": Fault(means=OutcomeUnknown, status=200, body=b"[1]", applied=True),
        "200 without an id": Fault(means=OutcomeUnknown, status=200, body=b"{}", applied=True),
        "10 MB": Fault(means=OutcomeUnknown, status=200, body=b" " * 10_000_000, applied=True),
        "429": Fault(means=RateLimited, status=429, body=UNKNOWN_WORDS),
        "429 with a wait": Fault(
            means=RateLimited, status=429, body=UNKNOWN_WORDS, headers={"Retry-After": "120"}
        ),
        "429 with a page": Fault(means=RateLimited, status=429, body=HTML),
        "302": Fault(means=OutcomeUnknown, status=302, body=b"", headers=ELSEWHERE),
        **{
            f"{status}": Fault(means=AccountBlocked, status=status, body=b"", headers=ELSEWHERE)
            for status in (301, 307, 308)
        },
        **_statuses(AccountBlocked, 401, 402, 426),
        **_statuses(
            OutcomeUnknown, 400, 403, 404, 405, 408, 409, 410, 413, 415, 418, 422, 425, 499
        ),
        **_statuses(OutcomeUnknown, 500, 501, 502, 503, 504, 520),
        **_statuses(OutcomeUnknown, 500, 502, 503, 504, applied=True),
        "422 with a list": Fault(means=OutcomeUnknown, status=422, body=b'["no"]'),
        "403 with a page": Fault(means=OutcomeUnknown, status=403, body=HTML),
    }
)
