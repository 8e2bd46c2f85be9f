"""Markdown to blocks, from markdown-it's tokens; the places are found again in the source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from campaign.domain.statement import Link, Place
from campaign.reading.blocks import Block, Shape, joined, piece, reachable
from campaign.reading.readers.typed import split_typed

BREAKS = {"softbreak", "hardbreak"}
STARS = re.compile(r"\*{2,}")


def read_markdown(text: str, file: str) -> list[Block]:
    lines = text.split("\n")
    blocks: list[Block] = []
    shape, depth, bullet = Shape.PARAGRAPH, 0, ""
    tokens = iter(_parser().parse(text))
    for token in tokens:
        depth += token.nesting if token.type.startswith("list_item") else 0
        if token.type == "list_item_open":
            shape, bullet = Shape.ITEM, token.info + token.markup if token.info else ""
        elif token.type == "heading_open":
            shape = Shape.HEADING
        elif token.type == "table_open":
            blocks += _table(tokens, lines, file)
        elif token.type == "inline" and token.map:
            block = _Inline(lines, token.map, file).read(token.children or ())
            if block.text.strip():
                block = replace(block.part(0), shape=shape, depth=depth, bullet=bullet)
                blocks += split_typed(block)
            shape, bullet = Shape.PARAGRAPH, ""
    return blocks


def _table(tokens: Iterator[Token], lines: Sequence[str], file: str) -> Iterator[Block]:
    """The column with the most words, as a list below its heading; the others say who and when."""
    rows: list[list[Block]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and token.map:
            rows[-1].append(_Inline(lines, token.map, file).read(token.children or ()))
    columns = list(zip(*rows, strict=False))
    if not columns:
        return
    widest = max(columns, key=lambda column: sum(len(cell.text) for cell in column[1:]))
    for index, cell in enumerate(widest):
        if cell.text.strip():
            shape = Shape.ITEM if index else Shape.HEADING
            yield replace(cell.part(0), shape=shape, depth=1 if index else 0, bullet="|")


@cache
def _parser() -> MarkdownIt:
    """CommonMark without code and raw HTML blocks: in a statement an indented line is prose."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.disable(["code", "fence", "html_block", "text_join"])
    # Its own check would leave "[words](javascript:x)" in the text as it stands.
    parser.validateLink = lambda _: True  # type: ignore[method-assign, assignment]
    return parser


class _Emphasis:
    """How many letters at a block's start are bold or italic."""

    def __init__(self) -> None:
        self.length, self.depth, self.leads = 0, 0, True

    def take(self, token: Token) -> None:
        if token.type.startswith(("strong_", "em_")):
            self.depth += token.nesting
        elif token.type in BREAKS:
            self.length += self.leads
        elif token.type in {"text", "code_inline"} and self.leads:
            self.leads = self.depth > 0 or not token.content.strip(' *"“”')
            self.length += len(STARS.sub("", token.content)) if self.leads else 0


class _Inline:
    """One block's source, read from left to right beside its tokens."""

    def __init__(self, lines: Sequence[str], span: Sequence[int], file: str) -> None:
        self.source = "\n".join(lines[span[0] : span[1]])
        self.first, self.file = span[0] + 1, file
        self.position, self.line, self.line_start = 0, 0, 0

    def read(self, tokens: Sequence[Token]) -> Block:
        parts: list[Block] = []
        opened: list[tuple[int, str | None]] = []
        leads = _Emphasis()
        for token in tokens:
            leads.take(token)
            if token.type == "link_open":
                opened.append((len(parts), str(token.attrs.get("href") or "")))
            elif token.type == "link_close" and opened:
                start, target = opened.pop()
                parts[start:] = _linked(parts[start:], target)
                self._skip_target(autolink=token.markup == "autolink")
            else:
                parts += self._plain(token)
        block = joined(parts or [piece("", self._place(0))])
        return replace(block, emphasis=min(leads.length, len(block.text)))

    def _plain(self, token: Token) -> Iterator[Block]:
        if token.type in BREAKS:
            yield piece("\n", self._place(self._pass("\n")))
        elif token.type in {"text", "code_inline"}:
            for part in STARS.split(token.content) if "**" in token.content else [token.content]:
                yield piece(part, self._place(self._pass(part)))
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
    if re.match(r"<li\b", lower):
        return "\n- "
    return lower if lower in {"<sup>", "</sup>"} else ""
