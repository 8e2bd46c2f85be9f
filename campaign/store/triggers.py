"""The database's own guard: the state table of domain/states.py, and an audit nobody rewrites."""

from dataclasses import dataclass

from campaign.domain.outcome import Result
from campaign.domain.states import MOVES, State

AUDIT = "the audit is never changed"


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
    """The CREATE TRIGGER statements of a dialect, made from the one table of moves."""
    if dialect == "sqlite":
        audit = [
            f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit BEGIN"
            f" SELECT RAISE(ABORT, '{AUDIT}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    else:
        audit = [
            *_trigger("audit_no_update", "UPDATE OR DELETE", "audit", _raise(AUDIT), each="ROW"),
            *_trigger("audit_no_truncate", "TRUNCATE", "audit", _raise(AUDIT), each="STATEMENT"),
        ]
    return [*_of_moves(dialect), *audit]


def remake_statements(dialect: str) -> list[str]:
    """For a migration, when the table of moves has changed: drop the delivery's, make them anew."""
    if dialect == "sqlite":
        dropped = [f"DROP TRIGGER IF EXISTS {rule.name}" for rule in rules()]
    else:
        # CASCADE: its trigger goes with it.
        dropped = [f"DROP FUNCTION IF EXISTS {rule.name}() CASCADE" for rule in rules()]
    return [*dropped, *_of_moves(dialect)]


def _of_moves(dialect: str) -> list[str]:
    statements = []
    for rule in rules():
        statements += [_on_sqlite(rule)] if dialect == "sqlite" else _on_postgresql(rule)
    return statements


def _on_sqlite(rule: Rule) -> str:
    refused = " AND ".join(filter(None, (rule.condition, rule.missing)))
    return (
        f"CREATE TRIGGER {rule.name} BEFORE {rule.event} ON delivery WHEN {refused} BEGIN"
        f" SELECT RAISE(ABORT, '{rule.sentence}'); END"
    )


def _on_postgresql(rule: Rule) -> list[str]:
    """The condition stands in WHEN, where no function is called for a row that it does not fit:
    three calls for every row, two with a query inside, took a tenth of a round.
    """
    refusal = _raise(rule.sentence)
    if rule.missing:
        refusal = f"IF {rule.missing} THEN {refusal} END IF;"
    each = f"ROW WHEN ({rule.condition})"
    return _trigger(rule.name, rule.event, "delivery", f"{refusal} RETURN NEW;", each=each)


def _raise(sentence: str) -> str:
    return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation';"


def _trigger(name: str, event: str, table: str, body: str, *, each: str) -> list[str]:
    """ALWAYS: it acts in sessions, too, that replay another server's changes."""
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
