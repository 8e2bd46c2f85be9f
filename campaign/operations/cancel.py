"""`cancel`: posts that shall not go out, kept and revivable."""

from campaign.domain.post import StoredPost
from campaign.domain.states import State
from campaign.errors import CampaignError
from campaign.operations.selection import Stopped, in_scope
from campaign.store import control, edits, posts
from campaign.store.engine import Store


def cancel(store: Store, scope: str, reason: str | None, person: str) -> Stopped:
    """Cancel what `scope` covers and has not begun to go out. No schedule revives it: `retry` does.
    What a plan has taken out stays as it is, so that a `retry` of the others does not send it.

    What is being sent or in doubt is paused instead: should it come back unsent, it waits. Raises
    UsageError for a scope that means nothing, CampaignError where there is nothing to cancel or to
    pause.
    """
    with store.write(person) as tx:
        meant = in_scope(posts.posts_of(tx.connection), scope)
        met = Stopped(
            held=[s for s in meant if not s.is_perhaps_public and not s.is_gone],
            on_their_way=[s for s in meant if s.is_on_its_way],
            public=[s for s in meant if s.is_perhaps_public and not s.is_on_its_way],
        )
        if not met.held and not met.on_their_way:
            raise CampaignError(_nothing(met.public))
        edits.cancel_posts(tx, met.held, person)
        for stored in met.held:
            tx.record("cancelled", stored.post.key, person=person, reason=reason)
        for stored in met.on_their_way:
            control.pause(tx, f"post:{stored.post.key}", reason or "cancelled too late", person)
    return met


def _nothing(public: list[StoredPost]) -> str:
    if not public:
        return "All of it is cancelled already, so nothing is different now."
    key = public[0].post.key
    if public[0].state is State.PUBLISHED:
        return f"{key} is public already. Nothing was cancelled."
    return (
        f"{key} has begun to go out: its first part is public. Nothing was cancelled."
        f" To hold the rest:  campaign pause {key}"
    )
