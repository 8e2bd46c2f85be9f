"""`cancel`: posts that shall not go out, kept and revivable."""

from campaign.domain.post import StoredPost
from campaign.domain.states import PERHAPS_PUBLIC
from campaign.errors import CampaignError
from campaign.operations.selection import in_scope
from campaign.store import edits, posts
from campaign.store.engine import Store


def cancel(
    store: Store, scope: str, reason: str | None, person: str
) -> tuple[list[StoredPost], list[StoredPost]]:
    """Cancel what `scope` covers and has not begun to go out. No schedule revives it: `retry` does.

    Returns what was cancelled, and what is public or on its way already. Raises UsageError for a
    scope that means nothing, CampaignError where nothing is left to cancel.
    """
    with store.write(person) as tx:
        meant = in_scope(posts.posts_of(tx.connection), scope)
        begun = [s for s in meant if s.is_perhaps_public]
        stopped = [s for s in meant if s not in begun and not s.cancelled_by]
        if not stopped:
            raise CampaignError(_nothing(begun))
        edits.cancel_posts(tx, stopped, person)
        for stored in stopped:
            tx.record("cancelled", stored.post.key, person=person, reason=reason)
    return stopped, begun


def _nothing(begun: list[StoredPost]) -> str:
    if not begun:
        return "All of it is cancelled already, so nothing is different now."
    key, states = begun[0].post.key, set(begun[0].states)
    if states <= PERHAPS_PUBLIC:
        return f"{key} is public or on its way already. Nothing was cancelled."
    return (
        f"{key} has begun to go out: its first part is public, or may be. Nothing was cancelled."
        f" To hold the rest:  campaign pause {key}"
    )
