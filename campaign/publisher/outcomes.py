"""What an adapter raised, as an outcome. One function, one table; what is not listed is unknown."""

from campaign.domain.outcome import Outcome, Result
from campaign.platforms.base import (
    AccountBlocked,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    Rejected,
)


def outcome_of(error: BaseException) -> Outcome:
    """Classify. Only a PlatformError's own sentence is kept: another exception's text could hold
    a secret, so just its type is named.
    """
    match error:
        case RateLimited():
            return Outcome(result=Result.NOT_SENT, detail=str(error), retry_at=error.retry_at)
        case AccountBlocked():
            return Outcome(result=Result.NOT_SENT, detail=str(error), blocked=str(error))
        case NotSent():
            return Outcome(result=Result.NOT_SENT, detail=str(error))
        case Rejected():
            return Outcome(result=Result.FAILED, detail=str(error))
        case OutcomeUnknown():
            return Outcome(result=Result.UNKNOWN, detail=str(error))
        case _:
            return Outcome(result=Result.UNKNOWN, detail=f"it ended in {type(error).__name__}")
