"""`plan`: what scheduling would change, as a value. Writes nothing."""

from datetime import datetime
from typing import TYPE_CHECKING

from campaign.domain.plan import Plan, Planned, make_plan
from campaign.operations.draft import Drafted

if TYPE_CHECKING:
    from campaign.store.engine import Connection, Store


def plan(drafted: Drafted, store: "Store | None", now: datetime) -> Plan:
    """Compare the files with the queue. Without a database yet, everything is new.

    Posts that are new and whose time is already over are left out: see `missed`.
    """
    if store is None:
        return make_plan(drafted.campaign.id, _in_time(drafted, set(), now), {})
    with store.read() as connection:
        return compare(drafted, connection, now)


def compare(drafted: Drafted, connection: "Connection", now: datetime) -> Plan:
    from campaign.store.posts import posts_of, repeats  # a first plan needs no database

    existing = posts_of(connection, drafted.campaign.id)
    wanted = _in_time(drafted, set(existing), now)
    changes = make_plan(drafted.campaign.id, wanted, existing)
    asked = [change.wanted.post for change in changes.pending if change.after is not None]
    found = repeats(connection, [post for post in asked if not post.again])
    return make_plan(drafted.campaign.id, wanted, existing, found)


def missed(drafted: Drafted, plan: Plan) -> list[Planned]:
    """Wanted posts that the plan leaves out, because their time was over before they were known."""
    keys = {change.key for change in plan.changes}
    return [planned for planned in drafted.planned if planned.post.key not in keys]


def _in_time(drafted: Drafted, known: set[str], now: datetime) -> list[Planned]:
    return [
        planned
        for planned in drafted.planned
        if planned.post.not_after >= now or planned.post.key in known
    ]
