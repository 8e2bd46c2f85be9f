"""`campaign status --json`: keys that stay as they are, for other programs."""

from campaign.domain.post import StoredPost
from campaign.domain.states import State
from campaign.operations.status import CampaignStatus, Status


def status_json(now: Status, *, running: bool, killed: bool) -> dict[str, object]:
    """Every key stands in docs/commands.md."""
    return {
        "now": now.now.isoformat(),
        "running": running,
        "killed": killed,
        "paused": [
            {"scope": p.scope, "reason": p.reason, "person": p.person, "at": p.at.isoformat()}
            for p in now.pauses
        ],
        "blocked": now.blocked,
        "in_doubt": [
            {
                "key": doubt.post_key,
                "part": doubt.part,
                "text": doubt.text,
                "armed_at": doubt.armed_at.isoformat(),
                "detail": doubt.detail,
            }
            for doubt in now.doubts
        ],
        "campaigns": [
            {
                "id": each.id,
                "title": each.title,
                "counts": {str(state): each.counts[state] for state in State},
                "posts": [_post(stored, each) for stored in each.posts],
            }
            for each in now.campaigns
        ],
    }


def _post(stored: StoredPost, each: CampaignStatus) -> dict[str, object]:
    waits = next((one for one in each.waiting if one.stored is stored), None)
    no = waits.standing.rejection if waits else None
    return {
        "key": stored.post.key,
        "state": str(stored.state),
        "due_at": stored.post.due_at.isoformat(),
        "approved": stored.is_approved,
        "adrift": stored.post.is_adrift and stored.retry_at is None,
        "waits_for": list(waits.missing) if waits else [],
        "approve_by": waits.deadline.isoformat() if waits and waits.deadline else None,
        "rejected_by": no.person if no else None,
        "cancelled_by": stored.cancelled_by,
        "reason": no.reason if no else stored.reason,
    }
