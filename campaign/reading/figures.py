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

GAP = r"[ \xa0\u202f\n]"
ASIDE = re.compile(r"[“”\"«»「」„:：]")


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
    if figure is None or ASIDE.search(sentence.text) or len(markers) > 1:
        return None
    footnote = footnotes.get(next(iter(markers), ""))
    source, caveat = split_note(footnote) if footnote else (None, None)
    return Fact(
        text=sentence.flow.rstrip(".!。！"),
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
    """A number as the language groups it; without spaces between words, letters may touch it."""
    qualifiers = "|".join(map(re.escape, words.qualifiers))
    magnitudes = "|".join(map(re.escape, words.magnitudes))
    percent = "|".join(map(re.escape, words.percent))
    groups, point = re.escape(words.thousands), re.escape(words.decimal)
    bare = rf"\d{{1,3}}(?:[{groups}]\d{{3}})+(?:[{point}]\d+)?|\d{{1,9}}(?:[{point}]\d+)?"
    if words.thousands_too:
        bare = rf"\d{{1,3}}(?:{words.thousands_too}\d{{3}}){{2,}}|{bare}"
    letter, edge, gap = (r"\w", r"\b", GAP) if words.is_spaced else (r"A-Za-z\d", "", rf"{GAP}?")
    after = rf"[\d/–-]|[.,:٬٫]\d|[{letter}]" if words.is_spaced else rf"[{letter}/–-]|[.,:]\d"
    return re.compile(
        rf"(?:{edge}(?P<qualifier>{qualifiers})(?:{gap}|(?<=['’])))?"
        rf"(?<![{letter}.,/:–-])(?P<currency>[$€£])?(?P<bare>{bare})(?!{after})"
        rf"(?:{GAP}?(?:(?P<magnitude>{magnitudes}){edge}|(?P<percent>{percent})))?",
        re.IGNORECASE,
    )


def _counts(found: re.Match[str], text: str, words: Words) -> bool:
    """A statistic counts something; a year, a date, an article or a symbol does not."""
    if words.numbered.search(text, max(0, found.start("bare") - 30), found.start("bare")):
        return False
    if MARKER.match(text, found.end()) or text[found.end() : found.end() + 1] in {"*", "†"}:
        return False
    bare = found["bare"]
    if _is_ambiguous(found, words):
        return False
    if found["magnitude"] or found["percent"]:
        return True
    value = _value(found, words)
    is_year = bare.isdecimal() and 1900 <= value < 2200
    if found["currency"] or is_year or int(bare[0]) == 0:
        return False
    is_large = not bare.isdecimal() or value >= 1000
    is_counted = _is_counted(text[found.end() :], words)
    return is_counted and (is_large or found["qualifier"] is not None)


def _is_ambiguous(found: re.Match[str], words: Words) -> bool:
    """14,000 is fourteen thousand to some who write the language, fourteen to others; only in
    Spanish, of which half the world groups with commas, do its zeros decide.
    """
    bare = found["bare"]
    if "," not in words.decimal or not re.fullmatch(r"\d{1,3},\d{3}", bare):
        return False
    is_round = bare.endswith("00") and not found["magnitude"] and not found["percent"]
    return "," not in words.thousands_too or not is_round


def _is_counted(rest: str, words: Words) -> bool:
    """Whether a noun follows that is worth counting."""
    if not words.is_spaced:
        return bool(re.match(r"[^\W\d_]", rest)) and not rest.startswith(tuple(words.uncounted))
    noun = re.match(rf"{GAP}([^\W\d_][\w-]+)", rest)
    if noun is None or noun[1].lower() in words.uncounted:
        return False
    return noun[1][0].islower() or not words.is_cased


def _value(found: re.Match[str], words: Words) -> int | float:
    bare = found["bare"]
    if words.thousands_too and re.fullmatch(r"\d{1,3}(?:,\d{3})+", bare):
        bare = bare.replace(",", "")
    bare = re.sub(f"[{re.escape(words.thousands)}]", "", bare)
    number = float(re.sub(f"[{re.escape(words.decimal)}]", ".", bare))
    magnitude = words.magnitudes[found["magnitude"].lower()] if found["magnitude"] else 1
    value = round(number * magnitude, 6)
    return int(value) if value.is_integer() else value
