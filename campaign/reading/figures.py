"""Sentences with a figure worth a post: what is counted, how exactly, and with which footnote."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from re import Pattern

from campaign.domain.statement import Fact, Footnote
from campaign.reading.blocks import Block
from campaign.reading.footnotes import MARKER, split_note
from campaign.reading.sentences import split_sentences
from campaign.reading.words import Words

BARE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:\.\d+)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number in a sentence; `printed` has its qualifier."""

    printed: str
    number: int | float
    qualifier: str | None
    end: int


def find_facts(
    paragraphs: Iterable[Block], footnotes: Mapping[str, Footnote], words: Words
) -> tuple[Fact, ...]:
    """Figures inside somebody's quoted words stay there: they are that person's."""
    facts: list[Fact] = []
    for paragraph in paragraphs:
        for sentence in split_sentences(paragraph, words):
            fact = _fact(sentence, footnotes, words, number=len(facts) + 1)
            if fact:
                facts.append(fact)
    return tuple(facts)


def _fact(
    sentence: Block, footnotes: Mapping[str, Footnote], words: Words, number: int
) -> Fact | None:
    figure = next(_figures(sentence.flow, words), None)
    markers = {marker for _, marker in sentence.marks}
    if figure is None or re.search(r"[“”\"«»:]", sentence.text) or len(markers) > 1:
        return None
    footnote = footnotes.get(next(iter(markers), ""))
    source, caveat = split_note(footnote) if footnote else (None, None)
    return Fact(
        text=sentence.flow.rstrip(".!"),
        place=sentence.place,
        number=number,
        value=figure.printed,
        number_value=figure.number,
        qualifier=figure.qualifier,
        footnote=footnote,
        source=source,
        caveat=caveat,
    )


def _figures(text: str, words: Words) -> Iterator[Figure]:
    for found in _pattern(words).finditer(text):
        if _counts(found, text, words):
            yield Figure(
                printed=found[0].strip(),
                number=_value(found, words),
                qualifier=found["qualifier"],
                end=found.end(),
            )


@cache
def _pattern(words: Words) -> Pattern[str]:
    qualifiers = "|".join(map(re.escape, words.qualifiers))
    magnitudes = "|".join(words.magnitudes)
    percent = "|".join(map(re.escape, words.percent))
    return re.compile(
        rf"(?:\b(?P<qualifier>{qualifiers})[ \xa0\n])?"
        rf"(?<![\w.,/:–-])(?P<currency>[$€£])?(?P<bare>{BARE})(?![\d/–-]|[.,:]\d|\w)"
        rf"(?:[ \xa0\n]?(?:(?P<magnitude>{magnitudes})\b|(?P<percent>{percent})))?",
        re.IGNORECASE,
    )


def _counts(found: re.Match[str], text: str, words: Words) -> bool:
    """A statistic counts something; a year, a date, an article or a symbol does not."""
    if words.numbered.search(text, max(0, found.start() - 30), found.start()):
        return False
    if MARKER.match(text, found.end()) or text[found.end() : found.end() + 1] in {"*", "†"}:
        return False
    if found["magnitude"] or found["percent"]:
        return True
    bare = found["bare"]
    is_year = re.fullmatch(r"(?:19|20|21)\d\d", bare) is not None
    if found["currency"] or is_year or bare.startswith("0"):
        return False
    noun = re.match(r"[ \xa0]([a-z][\w-]+)", text[found.end() :])
    is_counted = noun is not None and noun[1] not in words.uncounted
    is_large = "," in bare or float(bare) >= 1000
    return is_counted and (is_large or found["qualifier"] is not None)


def _value(found: re.Match[str], words: Words) -> int | float:
    bare = float(found["bare"].replace(",", ""))
    magnitude = words.magnitudes[found["magnitude"].lower()] if found["magnitude"] else 1
    value = round(bare * magnitude, 6)
    return int(value) if value.is_integer() else value
