"""`pause` and `resume`: effective when they return, for everything or for one scope."""

import math
import threading
from collections.abc import Mapping
from contextlib import suppress

from campaign.errors import StoreError, UsageError
from campaign.operations.selection import is_meant, unknown_name, unknown_post
from campaign.preview.names import count
from campaign.store import control
from campaign.store.engine import Connection, Store

# A delivery armed just before the pause may put its first byte on the wire for 5 s more, and on a
# busy machine a sender may be held up between its look at the clock and that byte.
GUARD_SECONDS = 8.0
LOOK_SECONDS = 0.25


def pause(store: Store, scope: str, reason: str | None, person: str) -> list[str]:
    """Stop what `scope` covers. Returns the posts of it that were armed before, and may still go
    out.

    When it returns, nothing that was not armed before will be sent. Raises UsageError for a
    scope that means nothing here.
    """
    with store.write(person) as tx:
        scopes = resolve_scopes(tx.connection, scope, "pause")
        for each in scopes:
            control.pause(tx, each, reason, person)
        on_the_wire = control.armed(tx.connection).items()
        armed = [key for key, theirs in on_the_wire if not theirs.isdisjoint(scopes)]
    _outlast(store, set(armed))
    return armed


def _outlast(store: Store, armed: set[str]) -> None:
    """Wait until none of these can send its first byte: their answers are in, or their permission
    to begin is over.
    """
    for _ in range(math.ceil(GUARD_SECONDS / LOOK_SECONDS) if armed else 0):
        threading.Event().wait(LOOK_SECONDS)
        with suppress(StoreError), store.read() as connection:  # the pause itself is committed
            if armed.isdisjoint(control.armed(connection)):
                return


def resume(store: Store, scope: str, reason: str | None, person: str) -> bool:
    """Lift a pause of exactly this scope; for an account, its block too. True if there was one.

    What has become too late follows its `late` policy; what is late goes out a minute apart.
    """
    found = False
    with store.write(person) as tx:
        paused = {pause.scope for pause in control.pauses(tx.connection)}
        for each in resolve_scopes(tx.connection, scope, "resume"):
            kind, _, name = each.partition(":")
            unblocked = kind == "account" and control.unblock(tx, name)
            if each in paused:
                control.resume(tx, each, reason, person)
            if each in paused or unblocked:
                tx.record("resumed", each, person=person, reason=reason)
                found = True
    return found


def pauses(store: Store) -> list[control.Pause]:
    """What is paused now, oldest first."""
    with store.read() as connection:
        return control.pauses(connection)


def resolve_scopes(connection: Connection, scope: str, verb: str) -> list[str]:
    """`all` and `kind:name` as they are stored; a post's name becomes the keys of all it means.

    Raises UsageError for a name this database does not know: a pause that stops nothing would
    be worse than an error.
    """
    if scope == "all":
        return [scope]
    kind, _, name = scope.partition(":")
    scopes = control.known_scopes(connection)
    if kind not in scopes:
        kinds = ", ".join(f"{kind}:NAME" for kind in scopes)
        raise UsageError(f'"{scope}" is not a scope. There are: all, {kinds}.')
    if kind == "post":
        return [f"post:{key}" for key in _keys(scopes, name, verb)]
    if name not in scopes[kind]:
        raise UsageError(unknown_name(kind, name, scopes[kind]))
    return [scope]


def _keys(scopes: Mapping[str, set[str]], name: str, verb: str) -> list[str]:
    """The posts that a name means. Not an account's name, say: the next post on it would go out."""
    keys = sorted(key for key in scopes["post"] if is_meant(key, name))
    if not keys:
        raise UsageError(unknown_post(scopes["post"], name))
    kind = next((kind for kind, known in scopes.items() if kind != "post" and name in known), None)
    if kind:
        posts = count(len(keys), "post")
        raise UsageError(
            f'"{name}" means {posts}, and is {"an" if kind == "account" else "a"} {kind}:'
            f"  campaign {verb} --{kind} {name}"
        )
    return keys
