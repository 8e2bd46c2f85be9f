"""What an adapter raised, as an outcome. One function, one table; what is not listed is unknown."""

from campaign.domain.outcome import Outcome, Result
from campaign.errors import CampaignError
from campaign.platforms.base import (
    AccountBlocked,
    Duplicate,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    Rejected,
)


def outcome_of(answer: object) -> Outcome:  # noqa: PLR0911  (one table)
    """Classify. Only a PlatformError's own sentence is kept: another exception's text could hold
    a secret, so just its type is named. So is what was returned in a receipt's place.
    """
    match answer:
        case RateLimited():
            return Outcome(result=Result.NOT_SENT, detail=str(answer), retry_at=answer.retry_at)
        case AccountBlocked():
            return Outcome(result=Result.NOT_SENT, detail=str(answer), blocked=str(answer))
        case NotSent():
            return Outcome(result=Result.NOT_SENT, detail=str(answer))
        case Duplicate():
            detail = f"{answer} It was probably published; it is being looked for."
            return Outcome(result=Result.DUPLICATE, detail=detail)
        case Rejected():
            return Outcome(result=Result.FAILED, detail=str(answer))
        case OutcomeUnknown():
            return Outcome(result=Result.UNKNOWN, detail=str(answer))
        case _:
            return Outcome(result=Result.UNKNOWN, detail=f"it ended in {type(answer).__name__}")


def no_adapter(error: BaseException) -> Outcome:
    """There is nothing to send with, so nothing was sent: the account waits for a person."""
    told = str(error) if isinstance(error, CampaignError) else f"({type(error).__name__})"
    detail = f"Its adapter could not be made ready: {told}"
    return Outcome(result=Result.NOT_SENT, detail=detail, blocked=detail)
