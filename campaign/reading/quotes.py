"""Attributed speech: the words between quotation marks, who said them, and in which role."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campaign.domain.statement import Quote
from campaign.reading.blocks import Block
from campaign.reading.sentences import first_sentence
from campaign.reading.words import Words

SPOKEN = re.compile(r"“([^“”]+)”|«([^«»]+)»|\"([^\"“”]+)\"|„([^„“”]+)[“”]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    name: str
    role: str | None = None


def find_quotes(paragraphs: Iterable[Block], words: Words) -> tuple[Quote, ...]:
    """Quotes with a speaker; "he added" is the one before. The rest are not anybody's yet."""
    quotes: list[Quote] = []
    former: Speaker | None = None
    for paragraph in paragraphs:
        for found in _spoken(paragraph):
            speaker = _speaker(paragraph, found, former, words)
            if speaker is None:
                continue
            former = speaker
            group = found.lastindex or 1
            words_said = paragraph.part(found.start(group), found.end(group))
            quotes.append(
                Quote(
                    text=words_said.flow.removesuffix(","),
                    place=words_said.place,
                    number=len(quotes) + 1,
                    speaker=speaker.name,
                    role=speaker.role,
                )
            )
    return tuple(quotes)


def _spoken(paragraph: Block) -> Iterator[re.Match[str]]:
    """Straight marks do not tell open from closed: an odd one makes all of them doubtful."""
    if paragraph.text.count('"') % 2 == 0:
        yield from SPOKEN.finditer(paragraph.text)


def _speaker(
    paragraph: Block, found: re.Match[str], former: Speaker | None, words: Words
) -> Speaker | None:
    rest = paragraph.part(found.end())
    if not rest.text:
        return None
    sentence = first_sentence(rest, words).flow
    if not sentence.endswith((".", "!", "?")) or SPOKEN.search(sentence):
        return None
    return _attribution(sentence.rstrip(".!?").lstrip(", "), former, words)


def _attribution(phrase: str, former: Speaker | None, words: Words) -> Speaker | None:
    """The forms known: "said NAME, ROLE", "NAME said", "he added"."""
    first, _, after = phrase.partition(" ")
    if re.fullmatch(words.said, first.lower()):
        return _named(after, former, words)
    if first.lower() in words.pronouns:
        return former if re.fullmatch(words.said, after.partition(" ")[0].strip(",")) else None
    verb = re.search(rf",? (?:{words.said})\b", phrase)
    return _named(phrase[: verb.start()], former, words) if verb else None


def _named(phrase: str, former: Speaker | None, words: Words) -> Speaker | None:
    name_part, *rest = phrase.split(", ")
    if name_part.strip() in words.pronouns:
        return former
    parts = _leading_names(name_part.split(), words)
    name = " ".join(parts)
    if former and parts and parts[-1] == former.name.split()[-1]:
        return former
    if len(parts) < 2 or len(parts) > 8:
        return None
    whole = name == name_part.strip()
    return Speaker(name=name, role=_role(rest) if whole else None)


def _leading_names(parts: list[str], words: Words) -> list[str]:
    names: list[str] = []
    for part in parts:
        if not part[:1].isupper() and part not in words.particles:
            break
        names.append(part)
    return names


def _role(clauses: list[str]) -> str | None:
    """The clauses that name an office; "adding that …" and "in Geneva" are none."""
    office = []
    for clause in clauses:
        if not re.match(r"[^\W\d_a-z]|the |and ", clause):
            break
        office.append(clause)
    return ", ".join(office) or None
