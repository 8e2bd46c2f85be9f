"""`plan`: what scheduling would change, as a value. Writes nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from campaign.domain.campaign import Account, ApprovalRule
from campaign.domain.identity import Numbers, adopt, first_named
from campaign.domain.message import excerpt_title, text_hash
from campaign.domain.plan import Change, Plan, Planned, Sign, changes_between, said_twice
from campaign.domain.statement import Kind
from campaign.errors import CampaignError, UsageError
from campaign.operations.draft import Drafted
from campaign.operations.selection import is_meant, unknown_post
from campaign.preview.names import count

if TYPE_CHECKING:
    from campaign.store.engine import Connection, Store


def plan(drafted: Drafted, store: "Store | None", now: datetime, only: Sequence[str] = ()) -> Plan:
    """Compare the files with the queue, or with nothing where there is no database yet.

    Posts that are new and whose time is already over are left out: see `Plan.missed`. `only` limits
    the plan to the posts it names, and leaves the campaign itself as it is. Raises UsageError for
    a name that means nothing, CampaignError for an account's that is taken.
    """
    if store is not None:
        with store.read() as connection:
            return compare(drafted, connection, now, only)
    wanted, missed = _in_time(drafted.planned, set(), now)
    changes = _meant(changes_between(wanted, {}), only)
    return Plan(
        campaign_id=drafted.campaign.id,
        changes=changes,
        repeats=tuple(said_twice(changes)),
        only=tuple(only),
        rule=drafted.campaign.approval,
        terms=drafted.campaign.terms,
        missed=missed,
    )


def compare(
    drafted: Drafted, connection: "Connection", now: datetime, only: Sequence[str] = ()
) -> Plan:
    # A first plan needs no database.
    from campaign.operations.amendments import amendments, rule_in_force
    from campaign.store.control import pauses
    from campaign.store.posts import known_accounts, posts_of
    from campaign.store.repeats import repeats

    existing = posts_of(connection, drafted.campaign.id)
    known = known_accounts(connection)
    _refuse_taken_names(drafted.campaign.accounts, known)
    planned, numbers = adopt(drafted.planned, existing, known)
    wanted, missed = _in_time(planned, set(existing), now)
    changes = _meant(changes_between(wanted, existing), only)
    pending = [change for change in changes if change.is_pending]
    asked = [c.wanted.post for c in pending if c.after and not (c.before and c.before.cancelled_by)]
    found = repeats(
        connection,
        [post for post in asked if not post.again],
        leaving={change.key for change in pending},
    )
    campaign = drafted.campaign
    rule = rule_in_force(connection, campaign) if only else campaign.approval
    return Plan(
        campaign_id=campaign.id,
        changes=changes,
        repeats=(*found, *said_twice(changes)),
        amendments=() if only else amendments(connection, campaign, changes),
        only=tuple(only),
        rule=rule,
        terms=campaign.terms,
        missed=missed,
        voided=_voided(connection, changes),
        notes=(
            *_renamed(drafted, known),
            *_renumbered(numbers),
            *_left_rule(rule, campaign.approval),
            *_on_their_way(changes, {pause.scope for pause in pauses(connection)}),
            *_told_already(changes),
            *_too_late(changes, now),
        ),
    )


def _refuse_taken_names(accounts: Sequence[Account], known: Mapping[str, Account]) -> None:
    """Raises CampaignError for a name that is another account's in the database: posts of the new
    one would pass for those of the old one.
    """
    owners = {owner.name: owner for owner in known.values()}
    for account in accounts:
        owner = owners.get(first_named(account, known).name, account)
        if owner.who != account.who:
            raise CampaignError(
                f"{account.name} is {owner.handle} on {owner.platform} in this database, and"
                f" {account.handle} on {account.platform} in the campaign file. Give the new"
                " account another name."
            )


def _voided(connection: "Connection", changes: Sequence[Change]) -> dict[str, tuple[str, ...]]:
    """Whose approvals of the old words no longer hold, by post."""
    from campaign.store.approvals import decisions

    changed = [change.stored for change in changes if change.sign is Sign.CHANGE]
    decided = decisions(connection, changed)
    people = {
        stored.post.key: tuple(dict.fromkeys(d.person for d in decided[stored.id] if d.is_yes))
        for stored in changed
    }
    return {key: given for key, given in people.items() if given}


def _meant(changes: Sequence[Change], only: Sequence[str]) -> tuple[Change, ...]:
    for name in only:
        if not any(is_meant(change.key, name) for change in changes):
            raise UsageError(unknown_post([each.key for each in changes], name, "campaign plan"))
    return tuple(
        change for change in changes if not only or any(is_meant(change.key, name) for name in only)
    )


def _in_time(
    planned: Sequence[Planned], known: set[str], now: datetime
) -> tuple[list[Planned], tuple[Planned, ...]]:
    """What can still go out or is known already, and what cannot."""
    wanted, missed = list[Planned](), list[Planned]()
    for one in planned:
        can_go = one.post.not_after >= now or one.post.key in known
        (wanted if can_go else missed).append(one)
    return wanted, tuple(missed)


def _left_rule(rule: ApprovalRule, wanted: ApprovalRule) -> Iterator[str]:
    """With `only` the campaign stays as it is."""
    if rule != wanted:
        named = f" ({', '.join(wanted.by)})" if wanted.by else ""
        yield (
            f"The file has another approval rule{named}. It counts from a schedule without --only."
        )


def _renamed(drafted: Drafted, known: Mapping[str, Account]) -> Iterator[str]:
    for account in drafted.campaign.accounts:
        first = first_named(account, known).name
        if first != account.name:
            yield (
                f"{first} is called {account.name} in the file now. It is the same account"
                f" ({account.handle} on {account.platform}): renamed, no post is touched. Commands"
                f" and the audit go on to say {first}."
            )


def _renumbered(numbers: Mapping[Kind, Numbers]) -> Iterator[str]:
    for kind, found in numbers.items():
        for shown, known in sorted(found.items()):
            yield f"{kind} {known} keeps its name; in the statement it is {kind} {shown} now."


def _too_late(changes: Sequence[Change], now: datetime) -> Iterator[str]:
    """What is known, and would be moved or revived into the past, as when an item is taken out."""
    late = [c for c in changes if c.is_pending and c.after and c.after.post.not_after < now]
    if not late:
        return
    titles = list(dict.fromkeys(excerpt_title(c.wanted.post.excerpt_ref) for c in late))
    listed = ", ".join(titles[:3]) + (f" and {len(titles) - 3} more" if len(titles) > 3 else "")
    posts, it = count(len(late), "post"), "it" if len(late) == 1 else "them"
    yield (
        f"{posts} would come at a time that is over ({listed}): nothing sends {it} then. Give"
        f" {it} a time to come."
    )


def _on_their_way(changes: Sequence[Change], paused: Collection[str]) -> Iterator[str]:
    """What the files ask for no more, and no edit touches, though it may come back unsent."""
    for change in changes:
        if _is_overtaken(change) and f"post:{change.key}" not in paused:
            other = "have it otherwise" if change.after else "ask for it no more"
            yield (
                f"{change.key} is on its way or in doubt, and the files {other}. Should it come"
                f" back unsent, it goes out as it was. To stop that:  campaign cancel {change.key}"
            )


def _is_overtaken(change: Change) -> bool:
    if change.sign is not Sign.SENT or not change.stored.is_on_its_way or change.stored.is_begun:
        return False
    if change.after is None:
        return True
    old, new = change.stored.post, change.wanted.post
    return (old.content_hash, old.due_at) != (new.content_hash, new.due_at)


def _told_already(changes: Sequence[Change]) -> Iterator[str]:
    """What has other words in the files now, and keeps its own: it went out, or is cancelled."""
    kept = [change for change in changes if change.before and change.after and _has_other(change)]
    sent = dict.fromkeys(
        c.stored.post.excerpt_ref for c in kept if c.sign is Sign.SENT and not _is_overtaken(c)
    )
    cancelled = dict.fromkeys(c.stored.post.excerpt_ref for c in kept if c.stored.cancelled_by)
    for ref in sent:
        yield (
            f"{excerpt_title(ref)} has other words in the files now, and was sent with the old ones"
            " already. It is never sent again."
        )
    for ref in cancelled:
        yield (
            f"{excerpt_title(ref)} has other words in the files now, and is cancelled with the old"
            " ones, which a retry would send. To send the new ones, give it a later time with"
            " campaign retry --at, and schedule again before that."
        )


def _has_other(change: Change) -> bool:
    """Other words in the files; where a cancelled post is moved, the message alone has them."""
    wanted = text_hash([part.body for part in change.wanted.message.parts])
    return change.stored.post.text_hash != wanted
