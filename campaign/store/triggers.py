"""The database's own guard: the state table of domain/states.py, and an audit nobody rewrites."""

from dataclasses import dataclass

from campaign.domain.outcome import Result
from campaign.domain.states import MOVES, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a row of `delivery` may not become. The condition is the same SQL on both databases.

    With `attempt` it is refused only where no attempt of this gen is like that.
    """

    name: str
    event: str
    condition: str
    sentence: str
    attempt: str | None = None

    @property
    def missing(self) -> str:
        """No attempt of this gen is like that; empty where none is asked for."""
        if self.attempt is None:
            return ""
        return (
            "NOT EXISTS (SELECT 1 FROM attempt WHERE delivery_id = NEW.id AND gen = NEW.gen"
            f" AND {self.attempt})"
        )


def trigger_statements(dialect: str) -> list[str]:
    """The CREATE TRIGGER statements of a dialect, made from the one table of moves.

    A migration runs them; when the table of moves changes, a new migration drops and remakes them.
    """
    return _on_sqlite() if dialect == "sqlite" else _on_postgresql()


AUDIT = "the audit is never changed"


def _on_sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {rule.name} BEFORE {rule.event} ON delivery"
        f" WHEN {' AND '.join(filter(None, (rule.condition, rule.missing)))} BEGIN"
        f" SELECT RAISE(ABORT, '{rule.sentence}'); END"
        for rule in rules()
    ] + [
        f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit BEGIN"
        f" SELECT RAISE(ABORT, '{AUDIT}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def _on_postgresql() -> list[str]:
    """ALWAYS: they act in sessions, too, that replay another server's changes.

    The condition stands in WHEN, where no function is called for a row that it does not fit: three
    calls for every row, two with a query inside, took a tenth of a round.
    """
    statements = []
    for rule in rules():
        refusal = _raise(rule.sentence)
        if rule.missing:
            refusal = f"IF {rule.missing} THEN {refusal} END IF;"
        each = f"ROW WHEN ({rule.condition})"
        body = f"{refusal} RETURN NEW;"
        statements += _trigger(rule.name, rule.event, "delivery", body, each=each)
    for event, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        name = f"audit_no_{event.partition(' ')[0].lower()}"
        statements += _trigger(name, event, "audit", _raise(AUDIT), each=each)
    return statements


def _raise(sentence: str) -> str:
    return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation';"


def _trigger(name: str, event: str, table: str, body: str, *, each: str) -> list[str]:
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
        (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
            f" FOR EACH {each} EXECUTE FUNCTION {name}()"
        ),
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    ]


def rules() -> list[Rule]:
    moved = "UPDATE OF state"
    moves = " OR ".join(f"(OLD.state = '{m.before}' AND NEW.state = '{m.after}')" for m in MOVES)
    return [
        Rule(
            name="delivery_first_state",
            event="INSERT",
            condition=f"NEW.state <> '{State.DRAFT}'",
            sentence="a delivery begins as a draft",
        ),
        Rule(
            name="delivery_moves",
            event=moved,
            condition=f"OLD.state <> NEW.state AND NOT ({moves})",
            sentence="this move of a delivery is not allowed",
        ),
        Rule(
            name="delivery_armed",
            event=moved,
            condition=f"NEW.state = '{State.ARMED}'",
            attempt="outcome IS NULL",
            sentence="nothing is armed without an open attempt",
        ),
        Rule(
            name="delivery_requeued",
            event=moved,
            condition=f"OLD.state = '{State.ARMED}' AND NEW.state = '{State.QUEUED}'",
            attempt=f"outcome = '{Result.NOT_SENT}'",
            sentence="what was armed may be public already",
        ),
    ]
