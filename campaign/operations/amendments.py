"""What a plan changes of the campaign itself: its title, its approval rule, its accounts."""

from collections.abc import Iterator, Mapping, Sequence

from campaign.domain.approval import standing
from campaign.domain.campaign import ApprovalRule, Campaign
from campaign.domain.civil_time import WEEK
from campaign.domain.plan import Amendment, Change, Sign
from campaign.domain.states import State
from campaign.store.approvals import decisions, read_rule
from campaign.store.engine import Connection
from campaign.store.posts import campaign_row, known_accounts


def amendments(
    connection: Connection, campaign: Campaign, changes: Sequence[Change]
) -> tuple[Amendment, ...]:
    """Nothing for a campaign that was never scheduled."""
    row = campaign_row(connection, campaign.id)
    if row is None:
        return ()
    found = [
        Amendment(what=what, before=str(before), after=str(after))
        for what, before, after in (
            ("title", row.title, campaign.title),
            ("day", row.day, campaign.day),
            ("time zone", row.zone, campaign.zone),
        )
        if before != after
    ]
    rule = read_rule(row.approval)
    if rule.before and campaign.approval.before and rule.weekend != campaign.approval.weekend:
        before, after = _days(rule), _days(campaign.approval)
        found.append(Amendment(what="weekend", before=before, after=after))
    if _normal(rule) != _normal(campaign.approval):
        found.append(_rule(connection, rule, campaign.approval, changes))
    return (*found, *_settings(connection, campaign))


def rule_in_force(connection: Connection, campaign: Campaign) -> ApprovalRule:
    """The queue's own rule; the file's where that decides alike, or for a campaign that is new."""
    row = campaign_row(connection, campaign.id)
    rule = read_rule(row.approval) if row else campaign.approval
    return campaign.approval if _normal(rule) == _normal(campaign.approval) else rule


def _normal(rule: ApprovalRule) -> object:
    """Only what decides: people in no role of the rule are mere notes."""
    people = {role: sorted(rule.people.get(role, ())) for role in rule.by}
    return rule.by, people, rule.before


def _days(rule: ApprovalRule) -> str:
    return " ".join(WEEK[day] for day in sorted(rule.weekend))


def _rule(
    connection: Connection, before: ApprovalRule, after: ApprovalRule, changes: Sequence[Change]
) -> Amendment:
    """The rule's change, held against every approval of words that stay as they are."""
    kept = [c.stored for c in changes if c.before and c.sign in {Sign.SAME, Sign.MOVE}]
    kept = [stored for stored in kept if not stored.is_gone]
    decided = decisions(connection, kept)
    complete = {s.post.key for s in kept if standing(after, decided[s.id]).is_complete}
    loses = [s.post.key for s in kept if s.is_approved and s.post.key not in complete]
    gains = [
        s.post.key
        for s in kept
        if not s.is_approved and State.DRAFT in s.states and s.post.key in complete
    ]
    same_roles = before.by == after.by and before.before == after.before
    return Amendment(
        what="people who approve" if same_roles else "approval rule",
        before=rule_in_words(before, people=same_roles),
        after=rule_in_words(after, people=same_roles),
        loses=tuple(loses),
        gains=tuple(gains),
        keeps=sum(s.is_approved for s in kept) - len(loses),
        is_rule=True,
    )


def rule_in_words(rule: ApprovalRule, *, people: bool = False) -> str:
    if not rule.by:
        return "whoever schedules approves"
    roles = [
        f"{role} ({' or '.join(rule.people.get(role, ())) or 'nobody'})" if people else role
        for role in rule.by
    ]
    before = f", {rule.before} before" if rule.before else ""
    return " and ".join(roles) + before


def _settings(connection: Connection, campaign: Campaign) -> Iterator[Amendment]:
    """Account settings (an outbox's folder, say) are read from the database by what sends."""
    known = known_accounts(connection)
    for account in campaign.accounts:
        first = known.get(account.who)
        if first is not None and dict(first.settings) != dict(account.settings):
            yield Amendment(
                what=f"settings of {first.name}",
                before=_spelled(first.settings),
                after=_spelled(account.settings),
            )


def _spelled(settings: Mapping[str, str]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in sorted(settings.items())) or "none"
