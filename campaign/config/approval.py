"""Who approves, and how long before a post's time: `people:`, `approval:`."""

import re
from collections.abc import Mapping

from campaign.config.model import CampaignKeys
from campaign.config.problems import did_you_mean, listed, printable, quoted
from campaign.config.report import Report
from campaign.domain.campaign import ApprovalRule
from campaign.domain.deadline import Before

QUOTES = re.compile("[“”„«»‘’]")


def read_approval(report: Report, keys: CampaignKeys) -> ApprovalRule:
    people = {
        role: tuple(one for one in names or () if one)
        for role, names in (keys.people or {}).items()
    }
    _refuse_quotes(report, people)
    if keys.approval is None:
        return ApprovalRule(people=people)
    by = keys.approval.by
    if by == [] or (by is None and not report.has("approval", "by")):
        what = "approval does not say by which role."
        report.key(("approval",), what, "Write  approval: {by: [comms]}")
    for index, role in enumerate(by or ()):
        if role:
            _check_role(report, keys, people, index, role)
    return ApprovalRule(
        by=tuple(role for role in by or () if role),
        people=people,
        before=_before(report, keys.approval.before),
    )


def _refuse_quotes(report: Report, people: Mapping[str, tuple[str, ...]]) -> None:
    """A name that a word processor has put into quotation marks would be another person."""
    for role, names in people.items():
        for index, name in enumerate((report.tree.data["people"] or {}).get(role) or ()):
            if name in names and QUOTES.search(name):
                what = f"{printable(name)[:60]} has quotation marks that YAML takes for letters."
                report.value(("people", role, index), what, f"Write {QUOTES.sub('', name)[:60]}.")


def _check_role(
    report: Report,
    keys: CampaignKeys,
    people: Mapping[str, tuple[str, ...]],
    index: int,
    role: str,
) -> None:
    path = ("approval", "by", index)
    is_broken = role in people and (keys.people or {})[role] is None
    earlier = ((keys.approval and keys.approval.by) or [])[:index]
    roles = [other for other, names in people.items() if role in names]
    if roles and not people.get(role):
        what = f"{quoted(role)} is a person, not a role."
        report.value(path, what, f"Write {listed(roles, 'or')}, the role.")
    elif not people.get(role) and not is_broken:
        what = f"The role {quoted(role)} has no people, so nobody could approve."
        known = [other for other, names in people.items() if names]
        report.value(path, what, did_you_mean(role, known, f"Add  people: {{{role}: [a.name]}}"))
    elif role in earlier:
        report.value(path, f"{role} is in the list twice.", "Keep one of them.")


def _before(report: Report, written: str | None) -> Before | None:
    if written is None:
        return None
    try:
        return Before.parse(written)
    except ValueError:
        what = f"{quoted(written)} is not a time before a post."
        mend = "Write  before: 1 working day, 2 days or 12 hours."
        report.value(("approval", "before"), what, mend)
        return None
