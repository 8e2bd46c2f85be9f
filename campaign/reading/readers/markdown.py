"""Markdown to blocks, from markdown-it's tokens; the places are found again in the source."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from campaign.domain.statement import Link, Place
from campaign.reading.blocks import Block, Shape, joined, piece, reachable
from campaign.reading.readers.typed import split_typed

BREAKS = {"softbreak", "hardbreak"}


def read_markdown(text: str, file: str) -> list[Block]:
    lines = text.split("\n")
    blocks: list[Block] = []
    shape, depth = Shape.PARAGRAPH, 0
    for token in _parser().parse(text):
        depth += token.nesting if token.type.startswith("list_item") else 0
        if token.type == "list_item_open":
            shape = Shape.ITEM
        elif token.type == "heading_open":
            shape = Shape.HEADING
        elif token.type == "inline" and token.map:
            block = _Inline(lines, token.map, file).read(token.children or ())
            if block.text.strip():
                blocks += split_typed(replace(block.part(0), shape=shape, depth=depth))
            shape = Shape.PARAGRAPH
    return blocks


@cache
def _parser() -> MarkdownIt:
    """CommonMark without code and raw HTML blocks: in a statement an indented line is prose."""
    parser = MarkdownIt("commonmark").disable(["code", "fence", "html_block", "text_join"])
    # Its own check would leave "[words](javascript:x)" in the text as it stands.
    parser.validateLink = lambda _: True  # type: ignore[method-assign, assignment]
    return parser


class _Inline:
    """One block's source, read from left to right beside its tokens."""

    def __init__(self, lines: Sequence[str], span: Sequence[int], file: str) -> None:
        self.source = "\n".join(lines[span[0] : span[1]])
        self.first, self.file = span[0] + 1, file
        self.position, self.line, self.line_start = 0, 0, 0

    def read(self, tokens: Sequence[Token]) -> Block:
        parts: list[Block] = []
        opened: list[tuple[int, str | None]] = []
        for token in tokens:
            if token.type == "link_open":
                opened.append((len(parts), str(token.attrs.get("href") or "")))
            elif token.type == "link_close" and opened:
                start, target = opened.pop()
                parts[start:] = _linked(parts[start:], target)
                self._skip_target(autolink=token.markup == "autolink")
            else:
                parts += self._plain(token)
        return joined(parts or [piece("", self._place(0))])

    def _plain(self, token: Token) -> Iterator[Block]:
        if token.type in BREAKS:
            yield piece("\n", self._place(self._pass("\n")))
        elif token.type in {"text", "code_inline"}:
            yield piece(token.content, self._place(self._pass(token.content)))
        elif token.type == "text_special":
            yield replace(piece(token.content, self._place(self._pass(token.markup))))
        elif token.type == "html_inline":
            place = self._place(self._pass(token.content))
            yield piece(_shown(token.content), place)

    def _pass(self, raw: str) -> int:
        """Where `raw` begins; reading goes on after it."""
        found = self.source.find(raw, self.position)
        start = self.position if found < 0 else found
        self.position = start if found < 0 else start + len(raw)
        return start

    def _skip_target(self, *, autolink: bool) -> None:
        if autolink:
            self._pass(">")
            return
        self._pass("]")
        following = self.source[self.position : self.position + 1]
        if following in {"(", "["}:
            self._pass(")" if following == "(" else "]")

    def _place(self, offset: int) -> Place:
        """Offsets come in rising order, so each line feed is counted once."""
        while (feed := self.source.find("\n", self.line_start, offset)) >= 0:
            self.line, self.line_start = self.line + 1, feed + 1
        return Place(
            file=self.file, line=self.first + self.line, column=offset - self.line_start + 1
        )


def _linked(parts: Sequence[Block], target: str | None) -> list[Block]:
    if not parts:
        return []
    block = joined(parts)
    link = Link(text=block.flow, target=reachable(target), place=block.place)
    return [replace(block, links=((0, link),))]


def _shown(tag: str) -> str:
    """Superscript tags stay, as they part a footnote's number from a figure; others vanish."""
    lower = tag.lower()
    if lower.startswith("<br"):
        return "\n"
    return lower if lower in {"<sup>", "</sup>"} else ""
