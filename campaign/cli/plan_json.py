"""`campaign plan --json`: keys that stay as they are, for other programs."""

from campaign.domain.civil_time import wall_time
from campaign.domain.plan import Change, Plan


def plan_json(plan: Plan) -> dict[str, object]:
    """Every key stands in docs/commands.md."""
    return {
        "campaign": plan.campaign_id,
        "checksum": plan.checksum,
        "only": list(plan.only),
        "changes": [_change_json(change) for change in plan.changes],
        "amendments": [
            {
                "what": one.what,
                "before": one.before,
                "after": one.after,
                "loses": list(one.loses),
                "gains": list(one.gains),
            }
            for one in plan.amendments
        ],
        "repeats": [{"key": r.key, "other": r.other_key} for r in plan.repeats],
        "missed": [one.post.key for one in plan.missed],
        "remarks": list(plan.notes),
    }


def _change_json(change: Change) -> dict[str, object]:
    post = change.after.post if change.after else change.stored.post
    message, before = change.after.message if change.after else None, change.before
    return {
        "sign": str(change.sign),
        "key": change.key,
        "account": post.account.name,
        "due_at": post.due_at.isoformat(),
        "local_time": wall_time(post.due_at, post.zone).isoformat(),
        "zone": post.zone,
        "was_due_at": before.post.due_at.isoformat() if before else None,
        "state": str(before.state) if before else None,
        "parts": [body["text"] for body in post.bodies],
        "counts": [part.count for part in message.parts] if message else None,
    }
