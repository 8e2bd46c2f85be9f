"""Who has to approve a plan, and by when."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from campaign.cli.words import folded, moment, moment_there, names, paragraph, width
from campaign.domain.approval import approve_by
from campaign.domain.campaign import ApprovalRule
from campaign.domain.plan import Plan, Sign
from campaign.domain.post import Post
from campaign.preview.names import count


def approval_lines(plan: Plan) -> list[str]:
    """Who has to say yes, and by when for the first post that waits, and for those of a weekend."""
    rule = plan.rule
    if not rule.by:
        return ["Approval: whoever schedules approves; the audit says so"]
    who = f"Approval: {names(list(rule.by))}{', one of each' if len(rule.by) > 1 else ''}"
    asked = [change.wanted.post for change in plan.signed(Sign.ADD, Sign.CHANGE)]
    first = min(asked, key=lambda post: post.due_at, default=None)
    deadline = approve_by(rule, first) if first else None
    if first is None or deadline is None:
        return [who]
    when = f"by {moment(deadline, first.zone)} ({rule.before} before the first post)"
    lines = folded([who, when], ", ", indent="")
    for sentence in _weekends(rule, asked):
        lines += paragraph(sentence, width() - 10)
    return [lines[0], *(f"          {line}" for line in lines[1:])]


def _weekends(rule: ApprovalRule, asked: Sequence[Post]) -> Iterator[str]:
    """Posts of a day on which nobody works: their deadline is the one that is forgotten."""
    idle = [post for post in asked if post.local_time.weekday() in rule.weekend]
    in_order = sorted(idle, key=lambda post: post.local_time)
    for day, group in groupby(in_order, lambda post: post.local_time.date()):
        posts = list(group)
        first = min(posts, key=lambda post: post.due_at)
        if deadline := approve_by(rule, first):
            its = count(len(posts), "post")
            by = moment_there(deadline, first.zone)
            yield (
                f"{day.day} {day:%b %Y} is a {day:%A}: approve its {its} by {by}"
                f" ({rule.before} before the first)."
            )
