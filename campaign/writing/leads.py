"""The leads that may stand above a recommendation, and whether their words are the statement's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from campaign.domain.statement import Form, LeadIn, Recommendation, Statement
from campaign.writing import frames, phrases
from campaign.writing.filters import sentence

SHORTENED = "lead shortened"
UNNUMBERED = "number left out"
# Items behind these are no sentences of their own: "notamment en : garantissant l'accès".
BOUND = re.compile(r"\b(?:en|par|mediante|a través de|пут[её]м|посредством|включая)$")
_TOKEN = re.compile(r"[\u4e00-\u9fff]|[^\W\d_\u4e00-\u9fff]+")
# Words that only connect: a frame puts them between the statement's own.
_SMALL = """
a an of to by the in our for we on at and us à au aux de des du la le les l d nous notre par sur al
el los las nuestro nuestra y e из к мы для наш наша от إلى من على 致 的 第 项 共 年 我 们
"""


@dataclass(frozen=True, slots=True)
class Lead:
    """A line without its colon; `note` says what a longer one had more."""

    text: str
    note: str = ""


def leads(
    excerpt: Recommendation,
    lead_in: LeadIn | None,
    language: str,
    labels: list[str],
    count: str,
    *,
    turned: bool,
    wants_sentence: bool,
) -> list[Lead]:
    """Longest first. `turned`: the words were turned into a call, which the statement's sentence
    cannot lead in. `count` is "1 of 7".
    """
    own = [sentence(call) for call in (lead_in.calls if lead_in else ())]
    if language == "en":
        own = [phrases.in_house_style(call) for call in own]
    if excerpt.form is Form.FINITE and own:
        between = "（{}）" if language == "zh" else " ({})"
        return [Lead(own[-1] + between.format(count)), Lead(own[-1], UNNUMBERED)]
    is_bound = any(BOUND.search(call) for call in own)
    if turned or excerpt.addressee or not (wants_sentence or is_bound):
        own = []
    notes = [SHORTENED if own else "", SHORTENED, UNNUMBERED]
    if len(labels) == 2 and lead_in and lead_in.addressees:
        notes[1] = UNNUMBERED
    told = [Lead(text, SHORTENED if index else "") for index, text in enumerate(own)]
    return told + [Lead(text, note) for text, note in zip(labels, notes, strict=False)]


class Source:
    """What a lead may say without being our own wording: the statement's lead-in, word after word,
    between who calls, and the words of our frame.
    """

    def __init__(self, lead_in: LeadIn | None, callers: Iterable[str]) -> None:
        nouns = [
            " ".join([*frame.nouns.values(), *frame.only.values()])
            for frame in frames.FRAMES.values()
        ]
        verb = lead_in.verb or "" if lead_in else ""
        ours = frames.russian_call(verb, "").strip()
        self._lead_in = _tokens(lead_in.text) if lead_in else []
        self._frame = set(
            _tokens(" ".join([_SMALL, "" if ours == verb else ours, *nouns, *callers]))
        )

    def says(self, lead: str) -> bool:
        rest = iter(self._lead_in)
        return all(token in rest for token in _tokens(lead) if token not in self._frame)


def source_of(statement: Statement) -> Source:
    names = (statement.organisation or "", *statement.organisation_aliases)
    return Source(statement.lead_in, names)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())
