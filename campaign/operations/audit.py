"""`audit`: what went out, what is on record, and whether the record still holds."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from campaign.domain.audit import GENESIS, Publication
from campaign.domain.states import State
from campaign.store import audit
from campaign.store.engine import Store
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


def verify(store: Store) -> Verdict:
    """Recompute every hash, and look for each published part's record."""
    faults: list[str] = []
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
        f"{item.post_key} part {item.part} is published without a record"
        for item in publications(store)
        if item.state is State.PUBLISHED and (item.post_key, item.part) not in told
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
