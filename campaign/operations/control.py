"""`pause` and `resume`: effective when they return, for everything or for one scope."""

import threading
from collections.abc import Sequence

from campaign.errors import UsageError
from campaign.operations.selection import is_meant
from campaign.store import control
from campaign.store.engine import Connection, Store

# A delivery armed just before the pause may put its first byte on the wire for 5 s more.
GUARD_SECONDS = 5.5


def pause(store: Store, scope: str, reason: str | None, person: str) -> list[str]:
    """Stop what `scope` covers. Returns the posts that were armed before, and may still go out.

    When it returns, nothing that was not armed before will be sent. Raises UsageError for a
    scope that means nothing here.
    """
    with store.write(person) as tx:
        scope = resolve_scope(tx.connection, scope)
        control.set_pause(tx, scope, paused=True, reason=reason, person=person)
        tx.record("paused", scope, person=person, reason=reason)
        armed = control.armed_keys(tx.connection)
    if armed:
        threading.Event().wait(GUARD_SECONDS)
    return armed


def resume(store: Store, scope: str, reason: str | None, person: str) -> bool:
    """Lift a pause of exactly this scope; for an account, its block too. True if there was one.

    Nothing is sent in a flood: what has become too late follows its `late` policy.
    """
    with store.write(person) as tx:
        scope = resolve_scope(tx.connection, scope)
        was_paused = scope in {pause.scope for pause in control.pauses(tx.connection)}
        unblocked = scope.startswith("account:") and control.unblock(tx, scope.partition(":")[2])
        if was_paused:
            control.set_pause(tx, scope, paused=False, reason=reason, person=person)
        if was_paused or unblocked:
            tx.record("resumed", scope, person=person, reason=reason)
    return was_paused or unblocked


def resolve_scope(connection: Connection, scope: str) -> str:
    """`all` and `kind:name` as they are stored; a post's name becomes its full key.

    Raises UsageError for a name this database does not know: a pause that stops nothing would
    be worse than an error.
    """
    if scope == "all":
        return scope
    kind, _, name = scope.partition(":")
    scopes = control.known_scopes(connection)
    if kind not in scopes:
        kinds = ", ".join(f"{kind}:NAME" for kind in scopes)
        raise UsageError(f'"{scope}" is not a scope. There are: all, {kinds}.')
    known = scopes[kind]
    if kind == "post":
        keys = [key for key in known if is_meant(key, name)]
        if len(keys) == 1:
            return f"post:{keys[0]}"
        raise UsageError(_ambiguous(name, sorted(keys)))
    if name not in known:
        there = ", ".join(sorted(known)) or "none yet"
        raise UsageError(f'No {kind} here is called "{name}". There are: {there}.')
    return scope


def _ambiguous(name: str, keys: Sequence[str]) -> str:
    if not keys:
        return f'No post is called "{name}". See them: campaign status --all'
    more = f" and {len(keys) - 3} more" if len(keys) > 3 else ""
    return (
        f'"{name}" means {len(keys)} posts: {", ".join(keys[:3])}{more}. Name one of them in full,'
        " or pause an account (--account), a language (--language) or a campaign (--campaign)."
    )
