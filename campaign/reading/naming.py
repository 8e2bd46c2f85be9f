"""Names in a statement: its organisation, that one's other names, acronyms, the day it marks."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from campaign.domain.observance import Observance
from campaign.reading.lead_in import parse_call
from campaign.reading.words import Words

ACRONYM = re.compile(r"\(([A-Z][A-Za-z]{1,9})\)")
APOSTROPHES = str.maketrans("’ʼ\xa0", "'' ")


def find_organisation(opening: str | None, lead_in: str | None, words: Words) -> str | None:
    """Who calls in the first sentence, or else in the lead-in."""
    for sentence in (opening, lead_in):
        call = parse_call(sentence, words) if sentence else None
        if call and call.subject and call.subject[0].isupper():
            return call.subject
    return None


def find_aliases(
    organisation: str | None, text: str, acronyms: Mapping[str, str], words: Words
) -> tuple[str, ...]:
    """The organisation's other names, as far as the text uses them."""
    if organisation is None:
        return ()
    short = [name for name, full in acronyms.items() if full == organisation]
    candidates = [*_united_nations(organisation), *short]
    found = [name for name in candidates if re.search(rf"\b{re.escape(name)}\b", text)]
    noun = _head_noun(organisation, words)
    pattern = rf"\b[Tt]he {re.escape(noun)}\b(?!\s+(?:{_connectors(words)})\b|\s+[A-Z])"
    if noun != organisation and re.search(pattern, text):
        found.append(f"the {noun}")
    return tuple(found)


def is_same_organisation(name: str, organisation: str | None, aliases: Iterable[str]) -> bool:
    """Whether a caller is the organisation, under any of its names or a part of them."""
    if organisation is None:
        return True
    known = {organisation, *aliases, *_united_nations(organisation)}
    if name in known or f"the {name}" in known:
        return True
    mine, theirs = set(organisation.lower().split()), set(name.lower().split())
    return theirs <= mine or mine <= theirs


def _united_nations(name: str) -> Iterator[str]:
    for long, short in (("United Nations", "UN"), ("UN", "United Nations")):
        if re.search(rf"\b{long}\b", name):
            yield re.sub(rf"\b{long}\b", short, name)


def _connectors(words: Words) -> str:
    return "|".join(sorted(word for word in words.connectors if word.isalpha()))


def _head_noun(organisation: str, words: Words) -> str:
    """The noun before the first "of", "on" …: Network in "United Nations Network on Migration"."""
    before = []
    for word in organisation.split():
        if word in words.connectors:
            break
        before.append(word)
    return before[-1] if before else organisation


def find_acronyms(text: str, words: Words) -> dict[str, str]:
    """Each acronym with the full name before its brackets; the initials must spell it."""
    acronyms: dict[str, str] = {}
    for found in ACRONYM.finditer(text):
        acronym = found[1].removesuffix("s")
        if sum(letter.isupper() for letter in acronym) < 2:
            continue
        name = _full_name(text[max(0, found.start() - 200) : found.start()], acronym, words)
        if name:
            acronyms.setdefault(acronym, name)
    return acronyms


def _full_name(before: str, acronym: str, words: Words) -> str | None:
    tokens = re.split(r"[.;:!?()“”\"]", before)[-1].split()
    initials = ""
    for index in range(len(tokens) - 1, -1, -1):
        word = tokens[index].strip(",")
        if word.lower() in words.connectors:
            continue
        if not word or (word[0].islower() and len(tokens) - index > len(acronym)):
            return None
        initials = word[0].upper() + initials
        if _spells(initials, acronym.upper()):
            return " ".join(tokens[index:])
    return None


def _spells(initials: str, acronym: str) -> bool:
    """Each letter of the acronym begins a word, the first letter the first word."""
    rest = iter(initials)
    return initials[0] == acronym[0] and all(letter in rest for letter in acronym)


def find_observance(
    passages: Sequence[str], observances: Mapping[str, Observance], language: str
) -> str | None:
    """The day that the first passage to name one names; two at once are no answer."""
    names = {
        _plain(name): day.id
        for day in observances.values()
        for name in (*(day.name(code) for code in (language, "en")), *day.known_as)
    }
    for passage in passages:
        found = _named(_plain(passage), names)
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _named(passage: str, names: Mapping[str, str]) -> set[str]:
    """Longer names first, each taken out, as one day's name may lie within another's."""
    found = set()
    for name in sorted((name for name in names if name in passage), key=len, reverse=True):
        pattern = rf"\b{re.escape(name)}\b"
        if re.search(pattern, passage):
            found.add(names[name])
            passage = re.sub(pattern, " ", passage)
    return found


def _plain(text: str) -> str:
    return text.translate(APOSTROPHES).casefold()
