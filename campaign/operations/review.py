"""`approve`, `reject`, `revoke`: a person's decision, in a role, on the exact words shown."""

import hashlib
import shlex
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaign.domain.approval import SCHEDULER, Standing, approve_by, standing
from campaign.domain.campaign import ApprovalRule
from campaign.domain.civil_time import to_local
from campaign.domain.post import StoredPost
from campaign.domain.states import PERHAPS_PUBLIC, State
from campaign.errors import CampaignError, StalePlanError, UsageError
from campaign.operations.selection import Stopped, select
from campaign.store import approvals
from campaign.store.engine import Connection, Store, Transaction
from campaign.store.posts import posts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A post that waits for approval: who has said what, and which roles are missing.

    Once its time has passed it is no longer open: an approval could not send it any more. After
    its `deadline` an approval has to be urgent.
    """

    stored: StoredPost
    standing: Standing
    rule: ApprovalRule
    is_open: bool
    deadline: datetime | None
    is_overdue: bool

    @property
    def given(self) -> tuple[str, ...]:
        return tuple(self.standing.given)

    @property
    def missing(self) -> tuple[str, ...]:
        return self.standing.missing

    def is_for(self, person: str) -> bool:
        """Whether this person has a role that is still missing, or has said no to lift."""
        return not self.rule.by or bool(set(self.rule.roles_of(person)) & set(self._asked))

    @property
    def _asked(self) -> tuple[str, ...]:
        return (*self.missing, *(no.role for no in self.standing.rejections))


def waiting(store: Store, names: Iterable[str] = ()) -> list[Waiting]:
    """The named posts, or all, that still need somebody's approval. Raises UsageError."""
    with store.read() as connection:
        return waiting_in(connection, select(posts_of(connection), names), store.clock.now())


def waiting_in(connection: Connection, posts: Iterable[StoredPost], now: datetime) -> list[Waiting]:
    return _describe(connection, [stored for stored in posts if _waits(stored)], now)


def _waits(stored: StoredPost) -> bool:
    return State.DRAFT in stored.states and not stored.is_approved


def _describe(connection: Connection, chosen: Sequence[StoredPost], now: datetime) -> list[Waiting]:
    decided = approvals.decisions(connection, chosen)
    rules = approvals.rules_of(connection, chosen)
    found = []
    for stored in chosen:
        rule = rules[stored.post.campaign_id]
        deadline = approve_by(rule, stored.post)
        found.append(
            Waiting(
                stored=stored,
                standing=standing(rule, decided[stored.id]),
                rule=rule,
                is_open=not stored.is_over(now),
                deadline=deadline,
                is_overdue=deadline is not None and now > deadline,
            )
        )
    return found


def standings(store: Store, campaign_id: str) -> dict[str, tuple[StoredPost, Standing]]:
    """Each post of a campaign as the queue has it, and who has decided on its present words."""
    with store.read() as connection:
        rule = approvals.rule_of(connection, campaign_id)
        there = posts_of(connection, campaign_id)
        decided = approvals.decisions(connection, list(there.values()))
        return {key: (stored, standing(rule, decided[stored.id])) for key, stored in there.items()}


def shown_hash(shown: Iterable[Waiting]) -> str:
    """One short hash for all that a person was shown, words and noes: the decision is bound to it.
    A yes lifts a no, so a no that came meanwhile has to be read first.
    """
    lines = list[str]()
    for each in shown:
        noes = [f"{no.role} {no.at.isoformat()}" for no in each.standing.rejections]
        lines.append(" ".join([each.stored.post.key, each.stored.post.content_hash, *noes]))
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:12]


def approve(
    store: Store,
    names: Sequence[str],
    shown: str,
    person: str,
    *,
    urgent: bool = False,
    reason: str | None = None,
) -> list[Waiting]:
    """Approve what was shown, in each role that `person` has and that is still missing.

    Returns the posts as they stand afterwards. Raises StalePlanError when what was shown is no
    longer what would be approved, UsageError when the person has no role there, CampaignError
    after the deadline without `urgent`, and after the post's time.
    """
    with store.write(person) as tx:
        chosen = [stored for stored in select(posts_of(tx.connection), names) if _waits(stored)]
        before = _describe(tx.connection, chosen, tx.now)
        if shown_hash(before) != shown:
            raise StalePlanError(
                "The words have changed since they were shown, or what was said of them, so nothing"
                " was approved. Read them again: campaign approve"
            )
        for each in before:
            _refuse_late(each, urgent=urgent)
        _approve(tx, before, person, urgent=urgent, reason=reason)
        after = _describe(tx.connection, chosen, tx.now)
        approvals.release(tx, [each.stored for each in after if each.standing.is_complete])
        return after


def _approve(
    tx: Transaction, shown: Sequence[Waiting], person: str, *, urgent: bool, reason: str | None
) -> None:
    """A yes lifts each no that was said in the same role, or in one that the rule has dropped."""
    lifted = defaultdict[str, list[StoredPost]](list)
    given = defaultdict[tuple[str, bool], list[StoredPost]](list)  # by role, and whether urgent
    for each in shown:
        roles = roles_of(each.rule, person, each.stored, "approve")
        kept = set(each.rule.by or (SCHEDULER,)) - set(roles)
        for no in each.standing.rejections:
            if no.role not in kept:
                lifted[no.role].append(each.stored)
        for role in roles:
            if role in each.missing:
                given[role, urgent and each.is_overdue].append(each.stored)
    for role, posts in lifted.items():
        approvals.take_back(tx, posts, is_yes=False, roles=[role])
    for (role, is_urgent), posts in given.items():
        approvals.decide(tx, posts, role, person, reason=reason, urgent=is_urgent)


def reject(store: Store, names: Sequence[str], person: str, reason: str) -> Stopped:
    """Say no to the words of these posts: they do not go out until they change, or the same role
    approves them after all.
    """
    with store.write(person) as tx:
        named = _stoppable(tx, names)
        refused = [*named.held, *named.on_their_way]
        rules = approvals.rules_of(tx.connection, refused)
        given = defaultdict[str, list[StoredPost]](list)
        for stored in refused:
            role = roles_of(rules[stored.post.campaign_id], person, stored, "reject")[0]
            given[role].append(stored)
        approvals.take_back(tx, refused, is_yes=True)
        for role, posts in given.items():
            approvals.decide(tx, posts, role, person, is_yes=False, reason=reason)
        approvals.hold(tx, refused)
        return named


def revoke(store: Store, names: Sequence[str], person: str, reason: str | None) -> Stopped:
    """Take one's own approvals back. Raises UsageError where this person has approved none."""
    with store.write(person) as tx:
        named = _stoppable(tx, names)
        stoppable = [*named.held, *named.on_their_way]
        roles = approvals.take_back(tx, stoppable, person=person, is_yes=True)
        revoked = [stored for stored in stoppable if stored.id in roles]
        facts = {"reason": reason} if reason else {}
        for stored in revoked:
            tx.record(
                "revoked",
                stored.post.key,
                content_hash=stored.post.content_hash,
                role=", ".join(roles[stored.id]),
                person=person,
                **facts,
            )
        now_held = _describe(tx.connection, revoked, tx.now)
        approvals.hold(tx, [each.stored for each in now_held if not each.standing.is_complete])
        if not revoked and not named.public:
            raise UsageError(
                f"{person} has approved none of these posts, so nothing was taken back. To stop"
                f' them:  campaign reject {shlex.join(names)} --reason "…"'
            )
        return Stopped(
            held=[stored for stored in named.held if stored.id in roles],
            on_their_way=[stored for stored in named.on_their_way if stored.id in roles],
            public=named.public,
        )


def _stoppable(tx: Transaction, names: Sequence[str]) -> Stopped:
    chosen = [s for s in select(posts_of(tx.connection), names) if not s.is_gone]
    begun = [s for s in chosen if PERHAPS_PUBLIC.issuperset(s.states)]
    return Stopped(
        held=[s for s in chosen if not PERHAPS_PUBLIC.issuperset(s.states)],
        on_their_way=[s for s in begun if s.is_on_its_way],
        public=[s for s in begun if not s.is_on_its_way],
    )


def refuse_stranger(waiting: Sequence[Waiting], person: str) -> None:
    """Raises UsageError when no role that these posts need is this person's."""
    if not any(each.rule.roles_of(person) or not each.rule.by for each in waiting):
        roles_of(waiting[0].rule, person, waiting[0].stored, "approve")


def roles_of(rule: ApprovalRule, person: str, stored: StoredPost, verb: str) -> tuple[str, ...]:
    """The roles in which a person may decide. Raises UsageError where there is none."""
    if not rule.by:
        return (SCHEDULER,)
    roles = rule.roles_of(person)
    if not roles:
        names = "; ".join(f"{role}: {', '.join(rule.people.get(role, ()))}" for role in rule.by)
        raise UsageError(
            f"{person} may not {verb} {stored.post.key}. Its campaign names {names}."
            " If you are one of them, say so: --as NAME"
        )
    return roles


def _refuse_late(each: Waiting, *, urgent: bool) -> None:
    key, zone = each.stored.post.key, each.stored.post.zone
    if not each.is_open:
        raise CampaignError(
            f"The time of {key} has passed. Give it a new time in the calendar of the"
            f" campaign file, then: campaign schedule. Or: campaign retry {key} --at WHEN."
            " Nothing was approved."
        )
    if each.is_overdue and not urgent and each.deadline is not None:
        when = f"{to_local(each.deadline, zone):%a %d %b %H:%M}"
        raise CampaignError(
            f"{key} had to be approved by {when}, and that has passed. If it has to go out all the"
            f' same:  campaign approve {key} --urgent --reason "…"\nNothing was approved.'
        )
