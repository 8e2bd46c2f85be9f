"""The states of a delivery and the moves between them: the one table.

The database trigger, ARCHITECTURE.md and the tests are made from it.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """`armed` may be on the wire; only `published` is final."""

    DRAFT = "draft"
    QUEUED = "queued"
    ARMED = "armed"
    PUBLISHED = "published"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed step, and the verb that takes it."""

    before: State
    after: State
    verb: str


def _moves(before: State, **after: str) -> tuple[Move, ...]:
    return tuple(Move(before, State(state), verb) for state, verb in after.items())


MOVES: tuple[Move, ...] = (
    *_moves(State.DRAFT, queued="approve", cancelled="remove, cancel"),
    *_moves(State.QUEUED, armed="arm", draft="change, reject, late: ask", skipped="late: skip"),
    *_moves(State.QUEUED, cancelled="remove, cancel", published="settle, late answer"),
    *_moves(State.ARMED, published="settle", failed="settle", unknown="settle, reap"),
    *_moves(State.ARMED, queued="settle: not sent"),
    *_moves(State.UNKNOWN, published="reconcile, resolve", failed="reconcile, resolve"),
    *_moves(State.UNKNOWN, armed="replay, same key", queued="late not sent, resend"),
    *_moves(State.FAILED, published="settle, late answer", draft="retry", queued="resend"),
    *_moves(State.SKIPPED, draft="retry"),
    *_moves(State.CANCELLED, draft="re-add, retry"),
)

ALLOWED: frozenset[tuple[State, State]] = frozenset((move.before, move.after) for move in MOVES)

# What may be public already: nothing edits, skips or cancels it.
PERHAPS_PUBLIC: frozenset[State] = frozenset({State.ARMED, State.UNKNOWN, State.PUBLISHED})

# Still to be sent, by a daemon or after a person's decision.
WAITING: frozenset[State] = frozenset({State.DRAFT, State.QUEUED})


def is_allowed(before: State, after: State) -> bool:
    return (before, after) in ALLOWED


def post_state(parts: list[State]) -> State:
    """What a person sees of a post: the first part, in order, that is not published."""
    return next((state for state in parts if state is not State.PUBLISHED), State.PUBLISHED)
