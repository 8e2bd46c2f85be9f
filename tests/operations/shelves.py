"""Networks for the random edits: outboxes on which answers and requests get lost, and the clock.

What is sent twice stands there twice, in a file of its own: nothing is told apart by its name.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from campaign.clock import SkippingClock
from campaign.domain.outcome import Receipt
from campaign.platforms.base import (
    Capabilities,
    DuplicateSafety,
    NotSent,
    OutcomeUnknown,
    Rejected,
    Sending,
)
from campaign.platforms.outbox import Outbox
from tests.operations.newsroom import CODES, VERSIONS

SLOW = timedelta(minutes=9)
OWN = r"amber\w+|ambre\w+|kestrel\w+|crécerelle\w+"
CODE = re.compile(rf"\b({'|'.join([*CODES['en'], *CODES['fr'], OWN])})\b")
ENDS = ("sent", "lost answer", "lost request", "slow request", "refused", "not sent")


class StoppingClock(SkippingClock):
    """Skips no further than to `end`, and says so there."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.end = start
        self.at_end: Callable[[], None] = lambda: None

    def skip_to(self, when: datetime) -> None:
        if when > self.end:
            self.at_end()
        super().skip_to(min(when, self.end))


@dataclass(slots=True)
class World:
    """What the networks do next, and what is still under way to them."""

    clock: StoppingClock
    ends: list[str] = field(default_factory=list)
    under_way: list[tuple[datetime, "Shelf", Sending]] = field(default_factory=list)
    slow_ones_came: bool = False
    before: Callable[[Sending, "Shelf"], None] = lambda *_: None
    seen: Counter[str] = field(default_factory=Counter)

    def arrive(self) -> None:
        """What was slow is there now."""
        now = self.clock.now()
        for one in [one for one in self.under_way if one[0] <= now]:
            self.under_way.remove(one)
            self.slow_ones_came = True
            one[1].take(one[2])


class Shelf(Outbox):
    """Knows our keys, as the outbox does; but for the platform `outbox`, which knows nothing."""

    world: ClassVar[World]

    def capabilities(self) -> Capabilities:
        able = super().capabilities()
        if self.account.platform != "outbox":
            return able
        return Capabilities(measure=able.measure, duplicate_safety=DuplicateSafety.ASK)

    def publish(self, sending: Sending) -> Receipt:
        world = self.world
        world.before(sending, self)
        world.arrive()
        end = world.ends.pop(0) if world.ends else "sent"
        world.seen[end] += 1
        match end:
            case "refused":
                raise Rejected("Too long.")
            case "not sent":
                raise NotSent("No line.")
            case "lost request":
                raise OutcomeUnknown("No answer.")
            case "slow request":
                world.under_way.append((world.clock.now() + SLOW, self, sending))
                raise OutcomeUnknown("No answer.")
        receipt = self.take(sending)
        if end == "lost answer":
            raise OutcomeUnknown("No answer.")
        return receipt

    def take(self, sending: Sending) -> Receipt:
        place = self._place(sending)
        knows_keys = self.capabilities().duplicate_safety is DuplicateSafety.REPLAY
        if not place.exists():
            return super().publish(sending)
        if knows_keys and json.loads(place.read_text("utf-8"))["key"] == sending.key:
            return self._existing(place, sending)
        double = place.with_suffix(f".{len(list(place.parent.iterdir()))}.json")
        self._write(double, sending)
        return self._receipt(double, self.clock.now())

    def find(self, sending: Sending) -> Receipt | None:
        self.world.arrive()
        if self.account.platform == "outbox":
            raise OutcomeUnknown("It cannot be read back.")
        return super().find(sending)


@dataclass(frozen=True, slots=True)
class Said:
    """A post that is public, whole or begun: whose, in whose name, which words, which version."""

    key: str
    identity: str
    code: str
    version: int

    @property
    def campaign(self) -> str:
        return self.key.partition("/")[0]

    @property
    def is_again(self) -> bool:
        return self.key.endswith("~again")


def words_of(texts: Sequence[str]) -> tuple[str, int]:
    """The one word by which a text is known, and its version."""
    whole = " ".join(texts).lower()
    codes = CODE.findall(whole)
    assert len(codes) == 1, whole
    found = [
        number
        for versions in VERSIONS.values()
        for number, version in enumerate(versions)
        if version and version in whole
    ]
    return codes[0], found[0] if found else 0


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "outbox").glob("*.json")}


def public(found: dict[str, bytes]) -> list[Said]:
    """What the files say, and nothing else. A file that stands there twice is two posts."""
    posts: dict[tuple[str, str], list[tuple[int, dict[str, Any]]]] = {}
    for name, text in found.items():
        content = json.loads(text)
        double = name.removesuffix(".json").removeprefix(content["post"].replace("/", "."))
        double = double.partition(".")[2].partition(".")[2]
        posts.setdefault((content["post"], double), []).append((content["part"], content))
    said = []
    for (key, _double), parts in posts.items():
        ordered = [content for _part, content in sorted(parts, key=lambda each: each[0])]
        identity = f"{ordered[0]['platform']}:{ordered[0]['handle']}".lower()
        code, version = words_of([content["text"] for content in ordered])
        said.append(Said(key, identity, code, version))
    return said
