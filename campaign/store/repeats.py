"""Words that stand, or went out, on the same identity already: found by their hash."""

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from campaign.domain.occurrence import AGAIN
from campaign.domain.plan import Repeat
from campaign.domain.post import Post
from campaign.domain.states import State
from campaign.store.posts import TO_COME
from campaign.store.schema import account, delivery, post

TAKEN = (State.ARMED, State.PUBLISHED, State.UNKNOWN)


def repeats(
    connection: sa.Connection, wanted: Iterable[Post], leaving: Collection[str] = ()
) -> list[Repeat]:
    """Of the `wanted` posts, those whose words already stand on the same identity elsewhere.

    Armed, unknown or published counts anywhere; draft and queued where it is not among
    those that are `leaving` or changing themselves, and where its own line does not say `again`.
    """
    by_identity = {(p.account.who, p.text_hash): p for p in wanted}
    hashes = sorted({text_hash for _, text_hash in by_identity})
    found = []
    for start in range(0, len(hashes), 500):
        query = (
            sa.select(post, account.c.platform, account.c.identity, delivery.c.state)
            .join(account, account.c.name == post.c.account)
            .join(delivery, delivery.c.post_id == post.c.id)
            .where(post.c.text_hash.in_(hashes[start : start + 500]))
            .where(delivery.c.state.in_([*TAKEN, *TO_COME]))
        )
        for row in connection.execute(query):
            asked = by_identity.get((f"{row.platform}:{row.identity}".lower(), row.text_hash))
            if asked is not None and _repeats(asked, row, leaving):
                state = State(row.state)
                found.append(Repeat(key=asked.key, other_key=row.key, other_state=state))
    return found


def _repeats(asked: Post, row: Any, leaving: Collection[str]) -> bool:
    counts = row.state not in TO_COME or not (row.key in leaving or row.key.endswith(AGAIN))
    return bool(row.key != asked.key and counts)
