"""`audit`: what went out, what is on record, and whether the record still holds."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from campaign.domain.audit import GENESIS, Publication
from campaign.domain.states import State
from campaign.store import approvals, audit
from campaign.store.engine import Store
from campaign.store.posts import posts_of
from campaign.store.publications import publications


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`records` were checked; `faults` says what does not hold, each with its record."""

    records: int
    head: str
    faults: tuple[str, ...] = ()

    @property
    def is_intact(self) -> bool:
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A part in doubt that a person found on the network; `doubt` is what had come back."""

    person: str
    at: datetime
    doubt: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToLookAt:
    """What a reader of the audit looks at twice. `found` is by post and part."""

    found: dict[tuple[str, int], Found]
    resolved: frozenset[str]
    edited: frozenset[str]


def to_look_at(store: Store) -> ToLookAt:
    """What a person resolved, and what was edited after an approval and approved again."""
    found: dict[tuple[str, int], Found] = {}
    doubts: dict[tuple[str, int], str | None] = {}
    resolved = set[str]()
    with store.read() as connection:
        for record in audit.done(connection, "unknown", "resolved"):
            place = (record.object, int(record.facts.get("part") or 0))
            if record.action == "unknown":
                detail = record.facts.get("detail")
                doubts[place] = None if detail is None else str(detail)
                continue
            resolved.add(record.object)
            if record.facts.get("url"):
                at = datetime.fromisoformat(record.at)
                found[place] = Found(person=record.actor, at=at, doubt=doubts.get(place))
        changed = {record.object for record in audit.done(connection, "changed")}
        stored = posts_of(connection).values() if changed else ()
        edited = {
            one.post.key
            for one in stored
            if one.post.key in changed
            and one.is_approved
            and approvals.had_approval(connection, one.id)
        }
    return ToLookAt(found=found, resolved=frozenset(resolved), edited=frozenset(edited))


def verify(store: Store) -> Verdict:
    """Recompute every hash, and look for each published part's record.

    The parts are read before the chain: what is published meanwhile has its record in time.
    """
    faults: list[str] = []
    published = [
        (item.post_key, item.part) for item in publications(store) if item.state is State.PUBLISHED
    ]
    previous, expected, told = GENESIS, 1, set[tuple[str, int]]()
    with store.read() as connection:
        for link in audit.walk(connection):
            record = link.record
            if record.seq != expected:
                faults.append(f"record {expected} is missing (the next one is {record.seq})")
            if record.prev_hash != previous:
                faults.append(f"record {record.seq} does not follow from the one before it")
            if not link.is_true:
                faults.append(f"record {record.seq} ({record.action} {record.object}) was altered")
            elif record.action == "published":
                told.add((record.object, int(record.facts.get("part") or 0)))
            previous, expected = link.hash, record.seq + 1
    faults += [
        f"{key} part {part} is published without a record"
        for key, part in published
        if (key, part) not in told
    ]
    return Verdict(records=expected - 1, head=previous, faults=tuple(faults))


COLUMNS = (
    "post", "part", "parts", "state", "due_at", "published_at", "account", "platform", "handle",
    "language", "text", "card", "url", "approved_by", "reason",
)  # fmt: skip


def describe(item: Publication) -> dict[str, object]:
    """A publication in plain JSON types; keys as in the CSV file. Instants are UTC, ISO 8601."""
    return {
        "post": item.post_key,
        "part": item.part,
        "parts": item.parts,
        "state": str(item.state),
        "due_at": item.due_at.isoformat(),
        "published_at": item.published_at.isoformat() if item.published_at else None,
        "account": item.account,
        "platform": item.platform,
        "handle": item.handle,
        "language": item.language,
        "text": item.text,
        "card": item.card,
        "url": item.url,
        "approved_by": list(item.approved_by),
        "reason": item.reason,
    }


def to_csv(items: Iterable[Publication]) -> str:
    """RFC 4180, safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for item in items:
        row = describe(item) | {"approved_by": ", ".join(item.approved_by)}
        writer.writerow([defuse(row[name]) for name in COLUMNS])
    return out.getvalue()


def defuse(value: object) -> object:
    """A spreadsheet runs a cell that begins like a formula, also in full width or after quotes
    (https://owasp.org/www-community/attacks/CSV_Injection); an apostrophe makes it text.
    """
    if not isinstance(value, str):
        return "" if value is None else value
    bare = value.lstrip("\"'“”„«» \u00a0")
    is_formula = bare[:1] in set("=+-@＝＋－＠\t\r\n")
    return f"'{value}" if is_formula else value
