"""`resolve`: a person has looked at the network, and says whether a part in doubt is there."""

from collections.abc import Sequence
from datetime import timedelta

from campaign.domain.occurrence import AGAIN
from campaign.domain.outcome import Receipt, Result
from campaign.domain.post import Post, StoredPost
from campaign.domain.states import State
from campaign.domain.web_address import fault_of
from campaign.errors import CampaignError, UsageError
from campaign.operations.selection import select
from campaign.store import approvals, doubts, posts
from campaign.store.doubts import Doubt
from campaign.store.engine import Store, Transaction
from campaign.store.repeats import repeats

QUIET = timedelta(minutes=15)  # a lost request may still be under way for so long


def resolve_there(store: Store, name: str, url: str, person: str) -> Doubt:
    """It is there, also where somebody has said before that it is not: the address is its proof.
    The rest of a thread goes on. Raises UsageError.
    """
    if fault := fault_of(url):
        raise UsageError(f'"{url}" {fault}. Copy the whole address of the post.')
    with store.write(person) as tx:
        stored, row = _in_doubt(tx, name, or_absent=True)
        receipt = Receipt(
            remote_id=_remote_id(url), published_at=row.armed_at, url=url, is_found=True
        )
        detail = f"found by {person}"
        doubts.settle(tx, row, Result.PUBLISHED, detail, State.PUBLISHED, receipt)
        for action in ("resolved", "published"):
            tx.record(
                action,
                stored.post.key,
                content_hash=stored.post.content_hash,
                part=row.part,
                gen=row.gen,
                person=person,
                detail=detail,
                url=url,
            )
    return row


def resolve_absent(
    store: Store, name: str, reason: str, person: str, *, resend: bool = False
) -> Doubt:
    """It is not there: given up, or sent once more under a new key. Nobody can say so before 15
    minutes have passed since it was sent.

    To send it again the post's time must not be over, and where two roles approve, somebody else
    must have said before that it is not there. Raises CampaignError where that does not hold.
    """
    with store.write(person) as tx:
        stored, row = _in_doubt(tx, name, or_absent=resend)
        if doubts.has_proof(tx, row):
            raise CampaignError(
                f"The network itself has said that {stored.post.key} is there. Look again, and give"
                " its address with --url. Nothing was changed."
            )
        _refuse_early(tx, stored.post.key, row)
        if resend:
            refuse_resend(tx, stored, row, person)
            refuse_repeats(tx, [stored])
        if row.state is State.UNKNOWN:
            doubts.settle(tx, row, Result.ABSENT, f"not there, says {person}", State.FAILED)
        if resend:
            doubts.raise_key(tx, stored, row)
            doubts.requeue(tx, row)
        tx.record(
            "resolved",
            stored.post.key,
            content_hash=stored.post.content_hash,
            part=row.part,
            gen=row.gen,
            person=person,
            detail="not there; sent again" if resend else "not there",
            reason=reason,
        )
    return row


def _refuse_early(tx: Transaction, key: str, row: Doubt) -> None:
    """Raises CampaignError while nobody can know. Also for what is only given up: after that an
    edit, a retry or another campaign may send the same words.
    """
    known_at = row.armed_at + QUIET
    if tx.now < known_at:
        minutes = -(-(known_at - tx.now) // timedelta(minutes=1))
        raise CampaignError(
            f"{key} was sent less than 15 minutes ago and may still arrive. Look again in {minutes}"
            " min. Nothing is sent until then. Nothing was changed."
        )


def refuse_resend(
    tx: Transaction, stored: StoredPost, row: Doubt, person: str, *, asks_window: bool = True
) -> None:
    """Raises CampaignError unless sending a part once more is safe, as far as anybody can know."""
    key = stored.post.key
    if asks_window and row.part == 1 and tx.now > stored.post.not_after:
        raise CampaignError(
            f"The time of {key} is over, so it is not sent again. Nothing was changed. Say that it"
            f" is not there, then give it a new time:  campaign retry {key} --at WHEN"
        )
    if asks_window and not stored.is_approved:
        raise CampaignError(
            f"{key} is not approved any more, so it is not sent again. Nothing was changed. Say"
            f" that it is not there, then:  campaign retry {key}     and  campaign approve {key}"
        )
    rule = approvals.rule_of(tx.connection, stored.post.campaign_id)
    if len(rule.by) > 1 and row.absent_by in {None, person}:
        raise CampaignError(
            f"Sending {key} again needs two people: one says that it is not there"
            f' (campaign resolve {key} --absent --reason "…"), another one adds --resend.'
            " Nothing was changed."
        )


def refuse_repeats(tx: Transaction, chosen: Sequence[StoredPost]) -> None:
    """Raises CampaignError where the words of what shall go out after all are public, in doubt or
    queued under another name, or stand twice among the `chosen`; unless their line says `again`.
    """
    asked = [stored.post for stored in chosen if not stored.post.key.endswith(AGAIN)]
    first: dict[tuple[str, str], Post] = {}
    for post in asked:
        other = first.setdefault((post.account.identity, post.text_hash), post)
        if other is not post:
            raise CampaignError(
                f"{other.key} and {post.key} say the same words on the same account, so only one of"
                " them can go out. Name that one. Nothing was changed."
            )
    for repeat in repeats(tx.connection, asked):
        raise CampaignError(
            f"The words of {repeat.key} are {repeat.other_state} as {repeat.other_key} on the same"
            " account. They do not go out a second time. Nothing was changed."
        )


def _in_doubt(tx: Transaction, name: str, *, or_absent: bool = False) -> tuple[StoredPost, Doubt]:
    """The one part in doubt of the one post that is meant. Raises UsageError."""
    chosen = select(posts.posts_of(tx.connection), [name])
    rows = [
        (stored, row)
        for stored in chosen
        for row in doubts.parts(tx, stored.id)
        if row.state is State.UNKNOWN or (or_absent and row.is_declared_absent)
    ]
    if len(rows) == 1:
        return rows[0]
    if rows:
        keys = ", ".join(stored.post.key for stored, _ in rows[:3])
        raise UsageError(f'"{name}" means {len(rows)} posts in doubt ({keys}). Name one in full.')
    raise UsageError(
        f"{chosen[0].post.key} is not in doubt, so there is nothing to resolve. What happened to"
        f" it:  campaign audit show {chosen[0].post.key}"
    )


def _remote_id(url: str) -> str:
    """What a reply in a thread names its parent by: networks end their addresses with it."""
    return url.partition("?")[0].rstrip("/").rpartition("/")[2]
