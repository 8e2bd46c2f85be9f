"""`schedule`: apply exactly the plan that was shown, in one transaction, into the queue."""

from collections.abc import Sequence

from campaign.domain.approval import SCHEDULER, standing
from campaign.domain.campaign import Account
from campaign.domain.identity import first_named
from campaign.domain.plan import Amendment, Change, Plan, Sign
from campaign.domain.post import StoredPost
from campaign.domain.states import State
from campaign.errors import CampaignError, StalePlanError, UsageError
from campaign.operations.decisions import refuse_open
from campaign.operations.draft import Drafted
from campaign.operations.plan import compare
from campaign.operations.resolve import refuse_resend
from campaign.platforms.registry import PLUGIN, adapter_names
from campaign.store import approvals, doubts, edits, posts
from campaign.store.engine import Store, Transaction

VERBS = {Sign.ADD: "added", Sign.CHANGE: "changed", Sign.MOVE: "moved", Sign.REMOVE: "removed"}


def schedule(
    store: Store,
    drafted: Drafted,
    checksum: str,
    person: str,
    *,
    only: Sequence[str] = (),
    removing: int | None = None,
    simulated: bool = False,
) -> Plan:
    """Apply the plan with this checksum; applying it again changes nothing.

    Raises StalePlanError when the files or the queue now give another plan, and CampaignError
    when a decision is open, a text would be repeated, what was in doubt needs a second person, or
    an account's platform cannot publish yet.
    `removing` is the number of posts that a person knows to go, for a plan that removes much.
    `simulated`: a rehearsal publishes for every platform, whatever is open.
    """
    if not simulated:
        refuse_open(drafted.open)
        refuse_unpublishable(drafted)
    with store.write(person) as tx:
        plan = compare(drafted, tx.connection, tx.now, only)
        _refuse(plan, checksum)
        refuse_removals(plan, removing)
        if plan.is_pending:
            _apply(tx, drafted, plan, checksum, person)
    return plan


def refuse_unpublishable(drafted: Drafted) -> None:
    """Raises CampaignError for accounts whose platform has no adapter here."""
    here = adapter_names()
    missing = [
        a for a in drafted.campaign.accounts if a.platform not in here and PLUGIN not in a.settings
    ]
    if missing:
        names = ", ".join(
            a.name if a.name == a.platform else f"{a.name} ({a.platform})" for a in missing
        )
        raise CampaignError(
            f"Nothing here can publish to {names} yet, so nothing was scheduled. Preview, plan"
            f" and rehearse work; to schedule, use accounts of {', '.join(here)}.\n\n"
            "Next: campaign rehearse"
        )


def refuse_removals(plan: Plan, removing: int | None) -> None:
    """Raises UsageError where much would be removed and nobody has said how much, and where what
    somebody has said is not so.
    """
    removed = plan.count(Sign.REMOVE)
    if removing != removed and (plan.removes_much or removing is not None):
        said = f"--remove {removing} is not that number. " if removing is not None else ""
        raise UsageError(
            f"This plan removes {removed} of the {plan.to_come} posts still to come. {said}If you"
            f" mean it, say the number:  campaign schedule --remove {removed}\n"
            "Nothing was scheduled."
        )


def _refuse(plan: Plan, checksum: str) -> None:
    if plan.checksum != checksum:
        raise StalePlanError(
            "The plan has changed since it was shown: the files or the queue are different now."
            " Nothing was scheduled. Look again: campaign plan"
        )
    if plan.repeats:
        first = plan.repeats[0]
        raise CampaignError(
            f"{first.key} would repeat words that are {first.other_state} as {first.other_key}"
            f" on the same account ({len(plan.repeats)} in all). Nothing was scheduled. If you"
            ' mean it, write "again" at the end of its calendar line.'
        )


def _apply(tx: Transaction, drafted: Drafted, plan: Plan, checksum: str, person: str) -> None:
    campaign = drafted.campaign
    if not plan.only or posts.campaign_row(tx.connection, campaign.id) is None:
        posts.save_campaign(tx, campaign)
    for account in _accounts(tx, drafted, plan):
        posts.save_account(tx, account)
    _write(tx, plan, person)
    for change in plan.pending:
        _record(tx, change)
    for amendment in plan.amendments:
        _amend(tx, campaign.id, amendment)
    limit = {"only": ", ".join(plan.only)} if plan.only else {}
    tx.record(
        "scheduled",
        f"campaign:{campaign.id}",
        person=person,
        file_sha256=campaign.sha256,
        added=plan.count(Sign.ADD),
        changed=plan.count(Sign.CHANGE),
        moved=plan.count(Sign.MOVE),
        removed=plan.count(Sign.REMOVE),
        plan=checksum,
        **limit | campaign.decided.in_words(),
    )
    _settle_approvals(tx, plan, person)


def _accounts(tx: Transaction, drafted: Drafted, plan: Plan) -> list[Account]:
    """The file's accounts under the names the queue knows; with `only`, new ones its posts need."""
    known = posts.known_accounts(tx.connection)
    if not plan.only:
        return [first_named(account, known) for account in drafted.campaign.accounts]
    needed = {change.wanted.post.account.who for change in plan.pending if change.after}
    return [a for a in drafted.campaign.accounts if a.who in needed and a.who not in known]


def _write(tx: Transaction, plan: Plan, person: str) -> None:
    """The plan's posts. What is added is new, or revives what a plan had removed."""
    new = [c.wanted.post for c in plan.signed(Sign.ADD) if c.before is None]
    changed = [c for c in plan.signed(Sign.ADD, Sign.CHANGE) if c.before is not None]
    _refuse_doubles(tx, changed, person)
    edits.add_posts(tx, new)
    edits.change_posts(tx, [(c.stored, c.wanted.post) for c in changed])
    edits.move_posts(tx, [(c.stored, c.wanted.post) for c in plan.signed(Sign.MOVE)])
    edits.remove_posts(tx, [c.stored for c in plan.signed(Sign.REMOVE)])


def _refuse_doubles(tx: Transaction, changed: Sequence[Change], person: str) -> None:
    """New words for what one person has declared absent go out again only on another one's word."""
    ended = {State.FAILED, State.CANCELLED}
    again = [c.stored for c in changed if ended.intersection(c.stored.states)]
    for stored, row in doubts.declared_absent(tx, again):
        refuse_resend(tx, stored, row, person, asks_window=False)


def _record(tx: Transaction, change: Change) -> None:
    post = change.after.post if change.after else change.stored.post
    tx.record(
        VERBS[change.sign],
        change.key,
        content_hash=post.content_hash,
        due_at=post.due_at.isoformat(),
        parts=len(post.bodies),
    )


def _amend(tx: Transaction, campaign_id: str, amendment: Amendment) -> None:
    tx.record(
        "amended",
        f"campaign:{campaign_id}",
        what=amendment.what,
        before=amendment.before,
        after=amendment.after,
        loses=len(amendment.loses) if amendment.is_rule else None,
        keeps=amendment.keeps if amendment.is_rule else None,
    )


def _settle_approvals(tx: Transaction, plan: Plan, person: str) -> None:
    """Hold what a new rule does not find approved; queue what is approved.

    Where the campaign names no approvers, whoever schedules approves the words that the plan
    showed, and with a rule that falls away every draft. A rejection is never overruled so.
    """
    rule = approvals.rule_of(tx.connection, plan.campaign_id)
    new_rule = plan.rule_change
    loses = set(new_rule.loses) if new_rule else set()
    shown = {change.key: change.sign for change in plan.pending}
    touched = [
        stored
        for key, stored in posts.posts_of(tx.connection, plan.campaign_id).items()
        if (new_rule and stored.is_on_its_way and not stored.is_begun)
        or ((new_rule or key in shown) and not stored.is_gone and not stored.is_perhaps_public)
    ]
    decided = approvals.decisions(tx.connection, touched)
    held, approved, released = list[StoredPost](), list[StoredPost](), list[StoredPost]()
    for stored in touched:
        stands = standing(rule, decided[stored.id])
        # What is being sent and comes back unsent needs its approval like everything.
        unfit = stored.is_on_its_way and bool(rule.by) and not stands.is_complete
        if unfit or stored.post.key in loses:
            held.append(stored)
            tx.record("unapproved", stored.post.key, reason="the approval rule was changed")
            continue
        if State.DRAFT not in stored.states:
            continue
        said = new_rule is not None or shown.get(stored.post.key) in {Sign.ADD, Sign.CHANGE}
        if not rule.by and not stands.is_complete and not stands.rejection and said:
            approved.append(stored)
        elif not stands.is_complete:
            continue
        # A post held because its time had passed stays held until it has a new time.
        if not stored.is_over(tx.now):
            released.append(stored)
    approvals.hold(tx, held)
    approvals.decide(tx, approved, SCHEDULER, person)
    approvals.release(tx, released)
