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
    """Where a post stands under a rule: who said yes in which role, which roles are missing, and
    each role's no.
    """

    given: dict[str, str]
    missing: tuple[str, ...]
    rejections: tuple[Decision, ...] = ()

    @property
    def rejection(self) -> Decision | None:
        """The latest no."""
        return self.rejections[-1] if self.rejections else None

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.rejections


def standing(rule: ApprovalRule, decisions: Iterable[Decision]) -> Standing:
    """Whoever approved must still hold the role. Without roles, anybody's yes will do."""
    given: dict[str, str] = {}
    noes: dict[str, Decision] = {}
    for decision in decisions:
        if not decision.is_yes:
            noes.pop(decision.role, None)  # the latest comes last
            noes[decision.role] = decision
        elif not rule.by:
            given.setdefault(SCHEDULER, decision.person)
        elif decision.role in rule.roles_of(decision.person):
            given.setdefault(decision.role, decision.person)
    missing = tuple(role for role in rule.by or (SCHEDULER,) if role not in given)
    return Standing(given=given, missing=missing, rejections=tuple(noes.values()))


def approve_by(rule: ApprovalRule, post: Post) -> datetime | None:
    """The UTC instant by which a post's approvals must be there, where the rule names one."""
    if rule.before is None:
        return None
    return deadline(rule.before, post.due_at, post.zone, rule.weekend)
