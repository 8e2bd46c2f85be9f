"""Footnotes taken out of the flow: markers become marks, and a paragraph they cut is made whole."""

import re
from collections.abc import Iterator, Sequence

from campaign.domain.statement import Footnote
from campaign.reading.blocks import Block, Shape, joined, lifted
from campaign.reading.sentences import ends_sentence

MARKER = re.compile(
    r"[⁰¹²³⁴-⁹]{1,3}|\[\^?\d{1,3}\]|\[\^\w{1,12}\]|\(\d{1,2}\)|<sup>\s*[\w*]{1,3}\s*</sup>|[†‡]"
)
SUPERSCRIPT = re.compile(r"</?sup>")


def lift_footnotes(blocks: Sequence[Block]) -> tuple[list[Block], list[tuple[Footnote, Block]]]:
    """The blocks without footnotes and markers; the footnotes, each with its block."""
    called = {marker for block in blocks for _, _, marker in _glued(block)}
    notes: list[tuple[Footnote, Block]] = []
    flow: list[Block] = []
    cut = False
    for block in blocks:
        note = _footnote(block, called) or (
            _numbered_note(block, called) if _is_free(flow) else None
        )
        if note:
            notes.append(note)
            cut = bool(flow)
        elif cut and _goes_on(flow[-1], block):
            flow[-1], cut = joined([flow[-1], block], glue=" "), False
        else:
            flow.append(block)
            cut = False
    defined = {footnote.marker for footnote, _ in notes}
    return [lifted(block, _spans(block, defined)) for block in flow], notes


def _footnote(block: Block, called: set[str]) -> tuple[Footnote, Block] | None:
    found = MARKER.match(block.text)
    marker = _bare(found[0]) if found else ""
    if found is None or marker not in called or block.shape is Shape.HEADING:
        return None
    colon = 1 if block.text[found.end() :].startswith(":") else 0
    note = block.part(found.end() + colon)
    return Footnote(marker=marker, text=note.flow, place=note.place), note


def _numbered_note(block: Block, called: set[str]) -> tuple[Footnote, Block] | None:
    """A note that begins like an item does: "(1) Minimum estimates"."""
    if block.bullet not in called:
        return None
    return Footnote(marker=block.bullet, text=block.flow, place=block.place), block


def _is_free(flow: Sequence[Block]) -> bool:
    """Neither within a list nor below a lead-in, where a number would be an item's."""
    return bool(flow) and not flow[-1].depth and not flow[-1].text.endswith(":")


def _goes_on(before: Block, after: Block) -> bool:
    """A page break fell into a sentence: its first half has no end, its second no bullet."""
    shapes = {before.shape, after.shape}
    return shapes == {Shape.PARAGRAPH} and len(before.text) > 40 and not ends_sentence(before.text)


def _glued(block: Block) -> Iterator[tuple[int, int, str]]:
    """The markers that stand directly behind a word, a figure or its full stop."""
    for found in MARKER.finditer(block.text):
        before = block.text[found.start() - 1 : found.start()] if found.start() else " "
        if not before.isspace():
            yield found.start(), found.end(), _bare(found[0])


def _spans(block: Block, defined: set[str]) -> list[tuple[int, int, str]]:
    return [span for span in _glued(block) if span[2] in defined]


def _bare(marker: str) -> str:
    return SUPERSCRIPT.sub("", marker).strip()


def split_note(footnote: Footnote) -> tuple[str | None, str | None]:
    """The footnote's source and caveat: "Source - caveat."; without a dash all is caveat."""
    found = re.fullmatch(r"(.+?)\s[-–—]{1,2}\s(.+?)\.?", footnote.text)
    return (found[1], found[2]) if found else (None, footnote.text.removesuffix("."))
