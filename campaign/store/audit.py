"""The audit's rows: chaining new ones, reading a trail, walking the whole chain."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from campaign.domain.audit import GENESIS, Fact, Record, hash_of, spell
from campaign.store.bulk import insert_rows
from campaign.store.schema import audit

PIECE = 1000
# The facts as text: a record that somebody has damaged must be told of, not trip the reader.
TEXT = sa.cast(audit.c.facts, sa.Text).label("facts")
NEWEST = sa.select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
STORED = sa.select(*(TEXT if column.name == "facts" else column for column in audit.c))


@dataclass(frozen=True, slots=True)
class Entry:
    """What a transaction wants on record; the chain gives it its place."""

    action: str
    object: str
    content_hash: str | None
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A record as it is stored, with the hash that stands beside it."""

    record: Record
    hash: str

    @property
    def is_true(self) -> bool:
        """Whether the record is the one that was hashed; damage may leave none that can be."""
        try:
            return self.record.hash() == self.hash
        except (TypeError, ValueError):
            return False


def append(connection: sa.Connection, now: datetime, actor: str, entries: Sequence[Entry]) -> None:
    """Chain `entries` to the head. Call it last: whoever holds the head holds every writer up."""
    if not entries:
        return
    seq, previous = head(connection)
    rows, at = [], spell(now)
    for number, entry in enumerate(entries, seq + 1):
        fields: dict[str, object] = {
            "seq": number,
            "at": at,
            "actor": actor,
            "action": entry.action,
            "object": entry.object,
            "content_hash": entry.content_hash,
            "facts": dict(entry.facts),
            "prev_hash": previous,
        }
        previous = hash_of(fields)
        rows.append({**fields, "hash": previous})
    insert_rows(connection, audit, rows)


def head(connection: sa.Connection) -> tuple[int, str]:
    """The newest record's number and hash; 0 and the genesis hash for an empty audit."""
    row = connection.execute(NEWEST).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def trail(connection: sa.Connection, subject: str) -> list[Link]:
    """Every record of one object, oldest first."""
    query = STORED.where(audit.c.object == subject).order_by(audit.c.seq)
    return [_link(row) for row in connection.execute(query)]


def newest(connection: sa.Connection, subject: str, action: str) -> Record | None:
    """The last time that this was done to an object."""
    query = STORED.where(audit.c.object == subject, audit.c.action == action)
    row = connection.execute(query.order_by(audit.c.seq.desc()).limit(1)).first()
    return _link(row).record if row else None


def done(connection: sa.Connection, *actions: str) -> list[Record]:
    """Every record of these actions, oldest first."""
    query = STORED.where(audit.c.action.in_(actions)).order_by(audit.c.seq)
    return [_link(row).record for row in connection.execute(query)]


def walk(connection: sa.Connection) -> Iterator[Link]:
    """The whole chain, read in pieces."""
    last = 0
    while True:
        query = STORED.where(audit.c.seq > last).order_by(audit.c.seq).limit(PIECE)
        rows = connection.execute(query).all()
        yield from map(_link, rows)
        if len(rows) < PIECE:
            return
        last = rows[-1].seq


def _link(row: sa.Row[tuple[object, ...]]) -> Link:
    fields = dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's public name for it)
    stored = fields.pop("hash")
    return Link(record=Record(**fields | {"facts": _facts(fields["facts"])}), hash=stored)


def _facts(text: object) -> dict[str, Fact]:
    try:
        facts = json.loads(str(text))
    except ValueError:
        facts = None
    return facts if isinstance(facts, dict) else {"unreadable": str(text)}
