"""How a statement begins: headline, dateline, first sentence; and which of its phrases will age."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.domain.statement import Headline
from campaign.reading.blocks import Block, Shape
from campaign.reading.sentences import ends_sentence, first_sentence
from campaign.reading.words import Words

DATELINE = re.compile(r"(?P<place>[^\W\d_a-z][^.;:!?–—\n]{1,70}?)\s+(?:[-–—]|--)\s+(?=\S)")
LONGEST_HEADLINE = 300
YEAR = r",? (?:de )?\d{4}(?: года| г\.)?"
ENDINGS = (".", ":", ",", ";", "。", "：", "，", "；", "،", "؛")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """`body` is the index of the first block below the headline."""

    headline: Headline
    dateline: str | None
    body: int


def read_opening(blocks: Sequence[Block], title: Block | None, words: Words) -> Opening | None:
    """The headline above the first paragraph; else the first heading, or front matter's title.

    None when there is none of them.
    """
    index = _headline_index(blocks, words)
    is_cry = index is not None and blocks[index].text.isupper() and title is not None
    if (index is None and title) or is_cry:
        index = next((at for at, block in enumerate(blocks) if block.shape is Shape.HEADING), None)
    headline = title if index is None else blocks[index]
    if headline is None:
        return None
    body = 0 if index is None else index + 1
    dateline, sentence = None, None
    for block in blocks[body:]:
        if block.depth:
            break
        if _is_date(block.text, words):
            dateline = dateline or block.flow
        elif _is_prose(block, words):
            place, sentence = _part_dateline(block, words)
            dateline = dateline or place
            break
    return Opening(
        headline=Headline(
            text=headline.tidy,
            place=headline.place,
            opening=first_sentence(sentence, words).flow if sentence else None,
        ),
        dateline=dateline,
        body=body,
    )


def _headline_index(blocks: Sequence[Block], words: Words) -> int | None:
    for index, block in enumerate(blocks):
        if block.depth or _is_prose(block, words):
            return None
        if _is_headline(block, words):
            return index
    return None


def _is_headline(block: Block, words: Words) -> bool:
    if not 2 < len(block.text) <= LONGEST_HEADLINE or words.not_headlines.fullmatch(block.text):
        return False
    if block.shape is Shape.HEADING:
        return True
    is_line = "\n" not in block.text and not block.text.endswith(ENDINGS)
    return is_line and _length(block.text, words) >= 3 and not _is_date(block.text, words)


def _length(text: str, words: Words) -> int:
    """In words; where these have no spaces, two letters count as one."""
    return len(text.split()) if words.is_spaced else len(re.sub(r"\W", "", text)) // 2


def _is_prose(block: Block, words: Words) -> bool:
    is_paragraph = block.shape is Shape.PARAGRAPH and _length(block.text, words) >= 8
    return (
        is_paragraph
        and ends_sentence(block.text)
        and not block.text.endswith(("!", "?", "！", "？", "؟"))
    )


def _day(words: Words) -> str:
    """`22 March`, "le 22 mars", "1.º de mayo", `May 1`; a weekday may stand before it."""
    return (
        r"(?:[^\W\d]+ ){0,2}(?:"
        rf"\d{{1,2}}(?:er|st|nd|rd|th|\.?º)? (?:de |of )?(?:{words.month})"
        rf"|(?:{words.month}) \d{{1,2}})"
    )


def _is_date(text: str, words: Words) -> bool:
    return re.fullmatch(rf"(?:[\w .’'-]{{2,40}}, )?{_day(words)}{YEAR}", text) is not None


def _part_dateline(block: Block, words: Words) -> tuple[str | None, Block]:
    """The place before the first dash, when it is one ("Geneva, 18 December - On the …")."""
    found = _dated(block.flow, words) or DATELINE.match(block.flow)
    if found is None or not _is_place(found["place"], words):
        return None, block
    return re.sub(r"\s+\W+$", "", found[0]), block.part(found.end())


def _dated(text: str, words: Words) -> re.Match[str] | None:
    """A place with a date that has small letters, and a sentence that begins behind its dash."""
    place = r"(?P<place>[^\W\d_a-z][^.;:!?–—\n]{1,70}?)"
    found = re.match(rf"{place}, {_day(words)}(?:{YEAR})?\s+(?:[-–—]|--)\s+(?=\S)", text)
    return found if found and not text[found.end()].islower() else None


def _is_place(text: str, words: Words) -> bool:
    parts = text.replace(",", " ").split()
    if not words.is_cased:
        return len(text) <= 30 and (len(parts) <= 2 or re.search(r"\d", text) is not None)
    allowed = words.connectors | words.particles
    return len(parts) <= 8 and all(
        part[0].isupper() or part[0] in "(0123456789" or part in allowed for part in parts
    )


def find_expiring(blocks: Iterable[Block], words: Words) -> tuple[str, ...]:
    """Phrases that are true only at one time, in the order of the text."""
    found: dict[str, None] = {}
    for block in blocks:
        hits = [hit for pattern in words.expiring for hit in pattern.finditer(block.flow)]
        for hit in sorted(hits, key=lambda hit: hit.start()):
            found[hit[0]] = None
    return tuple(found)
