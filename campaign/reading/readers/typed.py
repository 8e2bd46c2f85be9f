"""Lists typed by hand ("• one", "(a) two"): a paragraph of such lines becomes its items."""

import re
from collections.abc import Iterator
from dataclasses import replace

from campaign.reading.blocks import Block, Shape

BULLET = re.compile(
    r"(?:(?P<bullet>[-*•‣◦▪●○■□►➢➤✓✔·–—])"
    r"|(?P<number>\(?\d{1,3}(?:[.)][-–]?|[º°ª]\.?)|-\d{1,2}-|\d{1,2}\s?[-–](?=\s)|§\s?\d{1,3}\.?)"
    r"|(?P<letter>\(?(?:[a-z]{1,4}|[а-я]|[أ-ي])\)"
    r"|[a-h]\.|[IVX]{1,4}[.)]|[A-H]\)|[أ-ي]\s?[-–.](?=\s)))[ \t\xa0]+(?=\S)"
    r"|(?P<han>[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|（\d{1,2}）|\d{1,2}[、．]|[①-⑳])[ \t\xa0]*(?=\S)"
)


def marker_kind(line: str) -> str | None:
    """The kind of bullet a line begins with: the bullet itself, `number`, `letter` or None."""
    found = BULLET.match(line)
    if found is None:
        return None
    return found["bullet"] or found.lastgroup


def split_typed(block: Block) -> Iterator[Block]:
    """The paragraph's own text, if any, and then its items; lines without a bullet go on."""
    starts = list(_item_starts(block.text))
    is_open = block.shape is Shape.PARAGRAPH and not block.depth
    if not is_open or not starts:
        yield block
        return
    first = starts[0]
    if block.text[:first].strip():
        yield block.part(0, first)
    outer = (marker_kind(block.text[first:]), block.place_at(first).column)
    for start, end in zip(starts, [*starts[1:], len(block.text)], strict=True):
        yield _item(block, start, end, outer)


def _item_starts(text: str) -> Iterator[int]:
    """A bullet opens an item at a paragraph's start, after a colon, or after another item."""
    offset, before, inside = 0, ":", False
    for line in text.split("\n"):
        if marker_kind(line) and (inside or before.endswith((":", "："))):
            inside = True
            yield offset
        offset += len(line) + 1
        before = line.rstrip() or before


def _item(block: Block, start: int, end: int, outer: tuple[str | None, int]) -> Block:
    bullet = BULLET.match(block.text, start)
    item = block.part(bullet.end() if bullet else start, end)
    kind, column = outer
    deeper = marker_kind(block.text[start:end]) != kind or block.place_at(start).column > column + 1
    return replace(
        item,
        shape=Shape.ITEM,
        depth=2 if deeper else 1,
        bullet=bullet[0].strip() if bullet else "",
    )
