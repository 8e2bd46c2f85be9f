"""How long a text is on one network, and how long it may be."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A network's limit and its own way to count.

    `count` takes a part's whole text and answers in `unit` (shown to people, plural). Where a
    network also limits the UTF-8 bytes, `max_bytes` holds that second limit.
    """

    limit: int
    unit: str
    count: Callable[[str], int]
    max_bytes: int | None = None

    def fits(self, text: str) -> bool:
        if self.max_bytes is not None and len(text.encode()) > self.max_bytes:
            return False
        return self.count(text) <= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network whose rules we know, with or without an adapter that can publish there.

    `title` is its name on screens. Without `threads` a text must fit one post. With
    `link_as_card` the link travels beside the text and costs no characters.
    """

    name: str
    title: str
    measure: Measure
    threads: bool = True
    link_as_card: bool = False
