"""The database's own guard: the state table of domain/states.py, and an audit nobody rewrites."""

from campaign.domain.states import MOVES, State


def trigger_statements() -> list[str]:
    """SQLite's CREATE TRIGGER statements, made from the one table of moves.

    A migration runs them; when the table of moves changes, a new migration drops and remakes them.
    """
    return [_first_state(), _allowed_moves(), _armed_needs_attempt(), _requeue_needs_not_sent()] + [
        f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit BEGIN"
        f" SELECT RAISE(ABORT, 'the audit is never changed'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def _on_state(name: str, condition: str, sentence: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE UPDATE OF state ON delivery WHEN {condition} BEGIN"
        f" SELECT RAISE(ABORT, '{sentence}'); END"
    )


def _first_state() -> str:
    return (
        "CREATE TRIGGER delivery_first_state BEFORE INSERT ON delivery"
        f" WHEN NEW.state <> '{State.DRAFT}' BEGIN"
        " SELECT RAISE(ABORT, 'a delivery begins as a draft'); END"
    )


def _allowed_moves() -> str:
    moves = " OR ".join(f"(OLD.state = '{m.before}' AND NEW.state = '{m.after}')" for m in MOVES)
    condition = f"OLD.state <> NEW.state AND NOT ({moves})"
    return _on_state("delivery_moves", condition, "this move of a delivery is not allowed")


def _armed_needs_attempt() -> str:
    condition = (
        f"NEW.state = '{State.ARMED}' AND NOT EXISTS (SELECT 1 FROM attempt WHERE"
        " delivery_id = NEW.id AND gen = NEW.gen AND outcome IS NULL)"
    )
    return _on_state("delivery_armed", condition, "nothing is armed without an open attempt")


def _requeue_needs_not_sent() -> str:
    condition = (
        f"OLD.state = '{State.ARMED}' AND NEW.state = '{State.QUEUED}' AND NOT EXISTS"
        " (SELECT 1 FROM attempt WHERE delivery_id = NEW.id AND gen = NEW.gen"
        " AND outcome = 'not_sent')"
    )
    return _on_state("delivery_requeued", condition, "what was armed may be public already")
