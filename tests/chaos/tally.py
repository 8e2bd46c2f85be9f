"""What can be checked after every kill, while other workers go on: each request as it comes in.

What only holds at rest (I3, I7, I10) is compared by `books.py` at the end of a campaign.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from campaign.domain.states import State
from tests.chaos.books import Found, body_of, instant
from tests.chaos.oracle import Entry

PARTS = (
    "SELECT delivery.id, post.key, delivery.part, delivery.body, post.not_before, post.not_after"
    " FROM delivery JOIN post ON post.id = delivery.post_id"
)
STATES = "SELECT id, state FROM delivery"
TRIED = "SELECT delivery_id, count(*) FROM attempt GROUP BY delivery_id"


class Tally:
    """Of one campaign. `parts` are the rows of PARTS, read before anything was sent."""

    def __init__(self, parts: Iterable[Sequence[Any]]) -> None:
        self.names: dict[int, str] = {row[0]: f"{row[1]} {row[2]}" for row in parts}
        self._texts = {f"{row[1]} {row[2]}": body_of(row[3])["text"] for row in parts}
        self._window = {
            f"{row[1]} {row[2]}": (instant(row[4]), instant(row[5]) + timedelta(seconds=5))
            for row in parts
        }
        self.entries: list[Entry] = []
        self.public = Counter[str]()
        self._sent = Counter[str]()
        self._ids: dict[str, str] = {}
        self._published: set[str] = set()

    def add(
        self,
        before: Sequence[tuple[int, str]],
        entries: Sequence[Entry],
        tried: Sequence[tuple[int, int]],
    ) -> Found:
        """`before`: states as they were before `entries` were read; `tried`: attempts after it."""
        found = Found()
        for entry in entries:
            found += self._of_entry(entry)
        attempts = {self.names[row]: count for row, count in tried}
        for name in {entry["name"] for entry in entries} & self._texts.keys():
            if self._sent[name] > attempts.get(name, 0):
                found.faults.append(f"I2: {name} was sent with no attempt of its own")
        found += self._of_states(before)
        self.entries += entries
        return found

    def _of_entry(self, entry: Entry) -> Found:
        name, found = entry["name"], Found()
        if name not in self._texts:
            return Found([f"I2: {name} is in no row"])
        self._sent[name] += 1
        if entry["kind"] == "public":
            self.public[name] += 1
        if self.public[name] > 1:
            found.double += 1
            found.faults.append(f"I1: {name} is public {self.public[name]} times")
        if entry["text"] != self._texts[name]:
            found.faults.append(f"I5: {name} was sent as {entry['text']!r}")
        found.faults += self._of_time(entry)
        key, _, number = name.rpartition(" ")
        if int(number) > 1 and entry["parent"] != self._ids.get(f"{key} {int(number) - 1}"):
            found.faults.append(f"order: {name} answers {entry['parent']!r}")
        if entry["id"]:
            self._ids.setdefault(name, entry["id"])
        return found

    def _of_time(self, entry: Entry) -> Iterator[str]:
        name, at = entry["name"], datetime.fromisoformat(entry["at"])
        opens, closes = self._window[name]
        if at < opens:
            yield f"I6: {name} was sent too early, {at}"
        if name.endswith(" 1") and at > closes:
            yield f"I6: {name} was sent too late, {at}"

    def _of_states(self, before: Sequence[tuple[int, str]]) -> Found:
        states, found = {self.names[row]: state for row, state in before}, Found()
        if len(states) != len(self.names):
            found.lost += len(self.names) - len(states)
            found.faults.append("I3: rows are gone")
        published = {name for name, state in states.items() if state == State.PUBLISHED}
        for name in published:
            if not self.public[name]:
                found.lost += 1
                found.faults.append(f"I9: {name} is called published and is not")
        found.faults += [
            f"I9: {name} is called failed and is public"
            for name, state in states.items()
            if state == State.FAILED and self.public[name]
        ]
        found.faults += [f"I3: {name} was published" for name in self._published - published]
        self._published = published
        return found
