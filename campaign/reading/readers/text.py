"""Plain text to blocks: blank lines part paragraphs, bullets make items."""

import re
from collections.abc import Iterator
from dataclasses import replace

from campaign.domain.statement import Link, Place
from campaign.reading.blocks import Block, joined, piece, reachable
from campaign.reading.readers.typed import split_typed

TAG = re.compile(r"</?(?:ul|ol|li|p|b|i|u|em|strong|br)\b[^<>\n]{0,100}>", re.IGNORECASE)
LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^()\s]{0,2000})\)")
RULE = re.compile(r"\s*([-=_*~])(?:\s*\1){2,}\s*")


def read_text(text: str, file: str) -> list[Block]:
    blocks: list[Block] = []
    for first, lines in _paragraphs(text):
        block = joined(
            [_line(line, file, first + index) for index, line in enumerate(lines)], glue="\n"
        )
        if blocks and blocks[-1].depth and block.place.column > blocks[-1].place.column - 1:
            block = replace(block, depth=1)
        blocks += split_typed(block)
    return blocks


def _paragraphs(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each paragraph's lines, with the number of the first."""
    lines: list[str] = []
    number = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if TAG.sub("", line).strip() and not RULE.fullmatch(line):
            lines.append(line)
        elif lines:
            yield number - len(lines), lines
            lines = []
    if lines:
        yield number + 1 - len(lines), lines


def _line(line: str, file: str, number: int) -> Block:
    parts: list[Block] = []
    position = len(line) - len(line.lstrip())
    line = line.rstrip()
    if TAG.search(line):
        return joined(list(_between_tags(line, file, number)))
    for found in LINK.finditer(line):
        parts.append(
            piece(
                line[position : found.start()], Place(file=file, line=number, column=position + 1)
            )
        )
        place = Place(file=file, line=number, column=found.start(1) + 1)
        link = Link(text=found[1], target=reachable(found[2]), place=place)
        parts.append(replace(piece(found[1], place), links=((0, link),)))
        position = found.end()
    parts.append(piece(line[position:], Place(file=file, line=number, column=position + 1)))
    return joined(parts)


def _between_tags(line: str, file: str, number: int) -> Iterator[Block]:
    """Tags typed in text vanish; <li> begins a line with a bullet."""
    position = 0
    for found in TAG.finditer(line):
        yield piece(line[position : found.start()], _at(file, number, position))
        if found[0].lower().startswith("<li"):
            yield piece("\n- ", _at(file, number, found.start()))
        position = found.end()
    yield piece(line[position:], _at(file, number, position))


def _at(file: str, number: int, offset: int) -> Place:
    return Place(file=file, line=number, column=offset + 1)
