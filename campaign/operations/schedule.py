"""`schedule`: apply exactly the plan that was shown, in one transaction, into the queue."""

from campaign.domain.plan import Change, Plan, Sign
from campaign.domain.post import StoredPost
from campaign.domain.states import State
from campaign.errors import CampaignError, StalePlanError
from campaign.operations.decisions import refuse_open
from campaign.operations.draft import Drafted
from campaign.operations.plan import compare
from campaign.platforms.registry import PLUGIN, adapter_names
from campaign.store import approvals, posts
from campaign.store.engine import Store, Transaction


def schedule(
    store: Store, drafted: Drafted, checksum: str, person: str, *, simulated: bool = False
) -> Plan:
    """Apply the plan with this checksum; applying it again changes nothing.

    Raises StalePlanError when the files or the queue now give another plan, and CampaignError
    when a decision is open, a text would be repeated or an account's platform cannot publish yet.
    `simulated`: a rehearsal publishes for every platform, whatever is open.
    """
    if not simulated:
        refuse_open(drafted.open)
        refuse_unpublishable(drafted)
    with store.write(person) as tx:
        plan = compare(drafted, tx.connection, tx.now)
        _refuse(plan, checksum)
        if plan.pending:
            _apply(tx, drafted, plan, person)
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


def _apply(tx: Transaction, drafted: Drafted, plan: Plan, person: str) -> None:
    campaign = drafted.campaign
    posts.save_campaign(tx, campaign)
    for account in campaign.accounts:
        posts.save_account(tx, account)
    for change in plan.pending:
        _change(tx, change)
    tx.record(
        "scheduled",
        f"campaign:{campaign.id}",
        person=person,
        file_sha256=campaign.sha256,
        added=plan.count(Sign.ADD),
        changed=plan.count(Sign.CHANGE),
        moved=plan.count(Sign.MOVE),
        removed=plan.count(Sign.REMOVE),
        plan=plan.checksum,
        **campaign.decided.in_words(),
    )
    _release(tx, drafted, person)


def _change(tx: Transaction, change: Change) -> None:
    match change.sign:
        case Sign.ADD if change.before is None:
            posts.add_post(tx, change.wanted.post)
        case Sign.ADD | Sign.CHANGE:
            posts.change_post(tx, change.stored, change.wanted.post)
        case Sign.MOVE:
            posts.move_post(tx, change.stored, change.wanted.post)
        case Sign.REMOVE:
            posts.remove_post(tx, change.stored)
    verbs = {Sign.ADD: "added", Sign.CHANGE: "changed", Sign.MOVE: "moved", Sign.REMOVE: "removed"}
    post = change.after.post if change.after else change.stored.post
    tx.record(
        verbs[change.sign],
        change.key,
        content_hash=post.content_hash,
        due_at=post.due_at.isoformat(),
        parts=len(post.bodies),
    )


def _release(tx: Transaction, drafted: Drafted, person: str) -> None:
    """Queue what is approved: all of it where the campaign names no approvers."""
    rule = drafted.campaign.approval
    for stored in posts.posts_of(tx.connection, drafted.campaign.id).values():
        if State.DRAFT not in stored.states or stored.is_perhaps_public:
            continue
        if not rule.by and not stored.is_approved:
            approvals.approve(tx, stored, approvals.SCHEDULER, person)
        if _may_go(tx, stored):
            approvals.release_if_approved(tx, stored, rule)


def _may_go(tx: Transaction, stored: StoredPost) -> bool:
    """A post held because its time had passed stays held until it has a new time."""
    return approvals.still_open(tx.now, stored)
