"""What people decided about a post's words, and what a campaign's rule still lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from campaign.domain.campaign import ApprovalRule
from campaign.domain.deadline import deadline
from campaign.domain.post import Post

SCHEDULER = "scheduler"  # the role of whoever schedules a campaign that names no approvers


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One person's yes or no to the words a post has now, in a role, not taken back."""

    role: str
    person: str
    is_yes: bool
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a post stands under a rule: who said yes in which role, which roles are missing."""

    given: dict[str, str]
    missing: tuple[str, ...]
    rejection: Decision | None = None

    @property
    def is_complete(self) -> bool:
        return not self.missing and self.rejection is None


def standing(rule: ApprovalRule, decisions: Iterable[Decision]) -> Standing:
    """Whoever approved must still hold the role. Without roles, anybody's yes will do."""
    given: dict[str, str] = {}
    rejection = None
    for decision in decisions:
        if not decision.is_yes:
            rejection = decision
        elif not rule.by:
            given.setdefault(SCHEDULER, decision.person)
        elif decision.role in rule.roles_of(decision.person):
            given.setdefault(decision.role, decision.person)
    missing = tuple(role for role in rule.by or (SCHEDULER,) if role not in given)
    return Standing(given=given, missing=missing, rejection=rejection)


def approve_by(rule: ApprovalRule, post: Post) -> datetime | None:
    """The UTC instant by which a post's approvals must be there, where the rule names one."""
    if rule.before is None:
        return None
    return deadline(rule.before, post.due_at, post.zone, rule.weekend)
