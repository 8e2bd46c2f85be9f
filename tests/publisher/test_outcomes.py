"""What an adapter raises, as an outcome. Whatever is not listed is unknown."""

import pytest

from campaign.domain.outcome import Outcome, Result, retry_after
from campaign.errors import CampaignError
from campaign.platforms.base import (
    AccountBlocked,
    Duplicate,
    NotSent,
    OutcomeUnknown,
    PlatformError,
    RateLimited,
    Rejected,
)
from campaign.publisher.outcomes import no_adapter, outcome_of
from tests.factories import DUE

CANARY = "canary-7f3a"


class OwnKind(Rejected):
    """A plug-in's own error below one of ours."""


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (NotSent("no line"), Outcome(result=Result.NOT_SENT, detail="no line")),
        (
            RateLimited("slow down", DUE),
            Outcome(result=Result.NOT_SENT, detail="slow down", retry_at=DUE),
        ),
        (
            AccountBlocked("key expired"),
            Outcome(result=Result.NOT_SENT, detail="key expired", blocked="key expired"),
        ),
        (Rejected("too long"), Outcome(result=Result.FAILED, detail="too long")),
        (OwnKind("too long"), Outcome(result=Result.FAILED, detail="too long")),
        (
            Duplicate("It is there already."),
            Outcome(
                result=Result.DUPLICATE,
                detail="It is there already. It was probably published; it is being looked for.",
            ),
        ),
        (OutcomeUnknown("cut off"), Outcome(result=Result.UNKNOWN, detail="cut off")),
    ],
)
def test_platform_errors_say_what_came_of_it(error: PlatformError, outcome: Outcome) -> None:
    assert outcome_of(error) == outcome


@pytest.mark.parametrize(
    "error",
    [
        PlatformError(CANARY),
        CampaignError(CANARY),
        ValueError(CANARY),
        TimeoutError(CANARY),
        ConnectionRefusedError(CANARY),
        KeyboardInterrupt(CANARY),
        SystemExit(CANARY),
        GeneratorExit(CANARY),
        BaseExceptionGroup(CANARY, [SystemExit()]),
        None,
        CANARY,
    ],
)
def test_anything_else_is_unknown_and_only_its_type_is_named(error: object) -> None:
    outcome = outcome_of(error)
    assert outcome == Outcome(result=Result.UNKNOWN, detail=f"it ended in {type(error).__name__}")
    assert CANARY not in repr(outcome)


def test_missing_adapter_is_not_sent_and_blocks_the_account() -> None:
    told = no_adapter(CampaignError("It does not load."))
    assert (told.result, told.blocked) == (Result.NOT_SENT, told.detail)
    assert told.detail.endswith("It does not load.")
    assert CANARY not in repr(no_adapter(ValueError(CANARY)))


@pytest.mark.parametrize(("n", "wait"), [(0, 300), (1, 2), (4, 60), (5, 300), (99, 300)])
def test_retry_waits_longer_each_time(n: int, wait: int) -> None:
    waits = {retry_after(n, f"key {number}") for number in range(200)}
    assert min(waits) >= wait
    assert max(waits) <= wait * 1.25
    assert len(waits) > 100  # they do not return together
    assert retry_after(n, "key 1") == retry_after(n, "key 1")
