"""The invariants, compared after a cycle: what the database says with what the oracle has."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self

from campaign.clock import Clock
from campaign.domain.campaign import Account
from campaign.domain.message import content_hash
from campaign.operations.audit import verify
from campaign.store.engine import open_store
from campaign.store.place import Place
from tests.books import rows
from tests.chaos.oracle import Entry

SECRET = "chaos-token-7f3a"
QUERY = (
    "SELECT post.key, delivery.part, delivery.state, delivery.body, post.content_hash,"
    " post.approved_hash, post.reason, post.not_before, post.not_after, delivery.id, post.id,"
    " account.platform, account.identity, delivery.receipt FROM delivery"
    " JOIN post ON post.id = delivery.post_id JOIN account ON account.name = post.account"
    " ORDER BY post.id, delivery.part"
)


@dataclass(slots=True)
class Found:
    """What one cycle, or many, came to. `faults` are sentences."""

    faults: list[str] = field(default_factory=list)
    lost: int = 0
    double: int = 0
    unknown: int = 0

    def __iadd__(self, other: "Found") -> Self:
        self.faults += other.faults
        self.lost += other.lost
        self.double += other.double
        self.unknown += other.unknown
        return self


def compare(place: Place, entries: Sequence[Entry], clock: Clock) -> Found:
    """Check I1–I3, I5–I7, I9 and I10. (I4 and I8 are tests of their own: see README.)"""
    store = open_store(place, clock)
    found = Found([f"I7: {fault}" for fault in verify(store).faults])
    store.close()
    parts = rows(place, QUERY)
    tried = defaultdict(list)
    for row, at in rows(place, "SELECT delivery_id, armed_at FROM attempt ORDER BY gen"):
        tried[row].append(instant(at))
    public, wire, refused = Counter[str](), defaultdict[str, list[Entry]](list), set[str]()
    for entry in entries:
        wire[entry["name"]].append(entry)
        public[entry["name"]] += entry["kind"] == "public"
        refused |= {entry["name"]} if entry["kind"] == "refused" else set()
    known = {f"{part[0]} {part[1]}" for part in parts}
    found.faults += [f"I2: {name} is in no row" for name in wire.keys() - known]
    for part in parts:
        name = f"{part[0]} {part[1]}"
        found += _of_state(part, parts, public[name], name in refused)
        found.faults += _of_wire(part, wire[name], tried[part[9]])
    found.faults += _of_words(parts)
    found.faults += _of_order(entries)
    tables = ("delivery", "post", "account", "attempt", "audit")
    if any(SECRET in str(row) for table in tables for row in rows(place, f"SELECT * FROM {table}")):
        found.faults.append("I10: the secret stands in the database")
    return found


def _of_state(part: Any, parts: Sequence[Any], public: int, refused: bool) -> Found:
    """I1, I3, I9 of one part."""
    key, number, state, *_ = part
    name, found = f"{key} {number}", Found()
    if public > 1:
        found.double += 1
        found.faults.append(f"I1: {name} is public {public} times")
    before = [other[2] for other in parts if other[0] == key and other[1] < number]
    waits = any(one in {"unknown", "failed", "draft"} for one in before)
    if state == "unknown":
        found.unknown += 1
    elif state == "published" and not public:
        found.lost += 1
        found.faults.append(f"I9: {name} is called published and is not")
    elif state == "failed" and (public or not refused):
        found.faults.append(f"I9: {name} is called failed: public {public}, refused {refused}")
    elif state == "draft" and (public or not part[6]):
        found.faults.append(f"I3: {name} is a draft: public {public}, reason {part[6]}")
    elif state == "armed" or (state == "queued" and (public or not waits)):
        found.lost += 1
        found.faults.append(f"I3: {name} was left {state}, public {public}")
    return found


def _of_wire(part: Any, wire: Sequence[Entry], tried: Sequence[datetime]) -> Iterator[str]:
    """I2, I5, I6 of one part: each request has an attempt of its own, made before it."""
    body = body_of(part[3])
    name = f"{part[0]} {part[1]}"
    if len(wire) > len(tried):
        yield f"I2: {name} was sent {len(wire)} times in {len(tried)} attempts"
    # One that stood still sends late what another has sent again in the meantime.
    for number, entry in enumerate(sorted(wire, key=lambda entry: entry["at"])):
        at = datetime.fromisoformat(entry["at"])
        if number < len(tried) and at < tried[number]:
            yield f"I2: {name} was sent at {at}, before its attempt {tried[number]}"
        if entry["text"] != body["text"]:
            yield f"I5: {name} was sent as {entry['text']!r}"
        if at < instant(part[7]):
            yield f"I6: {name} was sent too early, {at}"
        if part[1] == 1 and at > instant(part[8]) + timedelta(seconds=5):
            yield f"I6: {name} was sent too late, {at}"


def _of_words(parts: Sequence[Any]) -> Iterator[str]:
    """I5: what stands frozen is what was approved."""
    posts = defaultdict(list)
    for part in parts:
        posts[part[0]].append(part)
    for key, its in posts.items():
        first = its[0]
        who = {"platform": first[11], "identity": f"{first[11]}:{first[12]}"}
        bodies = [body_of(row[3]) for row in its]
        frozen = content_hash(who, bodies)
        is_held = any(row[2] == "draft" for row in its)
        if frozen != first[4] or (frozen != first[5] and not is_held):
            yield f"I5: {key} has other words than those approved"


def _of_order(entries: Sequence[Entry]) -> Iterator[str]:
    """A thread's part leaves after the one before it, and answers it."""
    seen: dict[str, str] = {}
    for entry in entries:
        key, _, number = entry["name"].rpartition(" ")
        if int(number) > 1 and entry["parent"] != seen.get(f"{key} {int(number) - 1}"):
            yield f"order: {entry['name']} answers {entry['parent']!r}"
        if entry["id"]:
            seen.setdefault(entry["name"], entry["id"])


def body_of(value: Any) -> dict[str, Any]:
    body: dict[str, Any] = value if isinstance(value, dict) else json.loads(value)
    return body


def instant(value: Any) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def account(name: str = "press") -> Account:
    return Account(
        name=name, platform="chaotic", handle=f"{name}-office", language="en",
        settings={"token": "env:CHAOS_TOKEN"},
    )  # fmt: skip
