"""A document as plain blocks: their text, and where each letter of it stands in the file."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from campaign.domain.statement import Link, Place


class Shape(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block's plain text, its lines kept apart by line feeds.

    `anchors`, `links` and `marks` begin with an offset in the text: an anchor says where in the
    file the text goes on from there, a mark which footnote is called there. `depth` counts the
    lists around the block; a paragraph with a depth continues an item. `bullet` is one typed by
    hand, or an item's number. The first `emphasis` letters are bold or italic.
    """

    shape: Shape
    text: str
    anchors: tuple[tuple[int, Place], ...]
    links: tuple[tuple[int, Link], ...] = ()
    marks: tuple[tuple[int, str], ...] = ()
    depth: int = 0
    bullet: str = ""
    emphasis: int = 0

    @property
    def tidy(self) -> str:
        """The text as one line, each gap one space."""
        return re.sub(r"[ \t\n]+", " ", self.text).strip(" ")

    @property
    def flow(self) -> str:
        """The text as one line; offsets stay the same."""
        return self.text.replace("\n", " ")

    @property
    def place(self) -> Place:
        return self.place_at(0)

    def place_at(self, offset: int) -> Place:
        index = bisect_right(self.anchors, offset, key=lambda anchor: anchor[0]) - 1
        start, place = self.anchors[index]
        return replace(place, column=place.column + offset - start)

    def part(self, start: int, end: int | None = None) -> "Block":
        """The block from `start` to `end`, without the white space around it."""
        whole = self.text[start:end]
        start += len(whole) - len(whole.lstrip())
        end = start + len(whole.strip())
        first = bisect_right(self.anchors, start, key=lambda anchor: anchor[0])
        last = bisect_left(self.anchors, end, lo=first, key=lambda anchor: anchor[0])
        inner = tuple((at - start, place) for at, place in self.anchors[first:last])
        return replace(
            self,
            text=self.text[start:end],
            anchors=((0, self.place_at(start)), *inner),
            links=tuple((at - start, link) for at, link in self.links if start <= at < end),
            marks=tuple((at - start, mark) for at, mark in self.marks if start <= at <= end),
            emphasis=max(0, min(self.emphasis, end) - start),
        )


def piece(text: str, place: Place) -> Block:
    """A run of text that stands in the file as it is."""
    return Block(shape=Shape.PARAGRAPH, text=text, anchors=((0, place),))


def joined(parts: Sequence[Block], glue: str = "") -> Block:
    """The parts as one block, of the first one's shape; there must be one."""
    anchors: list[tuple[int, Place]] = []
    links: list[tuple[int, Link]] = []
    marks: list[tuple[int, str]] = []
    start = 0
    for block in parts:
        anchors += [(start + at, place) for at, place in block.anchors]
        links += [(start + at, link) for at, link in block.links]
        marks += [(start + at, mark) for at, mark in block.marks]
        start += len(block.text) + len(glue)
    return replace(
        parts[0],
        text=glue.join(block.text for block in parts),
        anchors=tuple(anchors),
        links=tuple(links),
        marks=tuple(marks),
    )


def lifted(block: Block, spans: Iterable[tuple[int, int, str]]) -> Block:
    """The block without these footnote markers, which it keeps as marks where they stood."""
    rest, position, length = [], 0, 0
    marks: list[tuple[int, str]] = []
    for start, end, marker in spans:
        rest.append(_exactly(block, position, start))
        length += start - position
        marks.append((length, marker))
        position = end
    rest.append(_exactly(block, position, len(block.text)))
    return replace(joined(rest), marks=tuple(marks)) if marks else block


def _exactly(block: Block, start: int, end: int) -> Block:
    inner = tuple((at - start, place) for at, place in block.anchors if start < at < end)
    return replace(
        block,
        text=block.text[start:end],
        anchors=((0, block.place_at(start)), *inner),
        links=tuple((at - start, link) for at, link in block.links if start <= at < end),
    )


def reachable(target: str | None) -> str | None:
    """The target, when a reader of a post can follow it; None for #, empty and relative ones."""
    target = (target or "").strip()
    scheme = target.partition(":")[0].lower()
    return target if scheme in {"http", "https", "mailto"} else None
