"""Who speaks: the forms in which six languages attribute words, to a name and its office."""

import re
from dataclasses import dataclass

from campaign.reading.words import Words

INVERTED = re.compile(r"(?:a|ont|ajoute|dit|déclare|affirme)-t-(?:il|elle|on|ils|elles)\b")
FROM = re.compile(r"(?:from|из|от) (?:the )?(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    name: str
    role: str | None = None


def speaker_after(phrase: str, former: Speaker | None, words: Words) -> Speaker | None:
    """The forms behind a quote: "said NAME, ROLE", "NAME said", "he added"."""
    phrase = phrase.lstrip(" ,،，—–-\xa0")
    if INVERTED.match(phrase):
        return former
    edge = r"(?!\w)" if words.is_spaced else ""
    verb = re.match(rf"(?:و|ف)?(?:{words.said}){edge}\s*", phrase)
    if verb:
        rest = phrase[verb.end() :]
        return _named(rest, former, words) if rest or words.is_named else former
    start = r"(?<![^\W_])" if words.is_spaced else ""
    verb = re.search(rf"[,،，]? ?{start}(?:{words.said}){edge}", phrase)
    if verb is None or not verb.start():
        return None
    return _named(phrase[: verb.start()], former, words)


def speaker_before(phrase: str, former: Speaker | None, words: Words) -> Speaker | None:
    """The forms before a quote: "NAME, ROLE, said:", "NAME a déclaré :", "وقال NAME:"."""
    edge = r"(?!\w)" if words.is_spaced else ""
    end = r"(?: that| que|, что|,? что|إن|أن)?\s*[:,：،，]?\s*$"
    verb = re.search(rf"(?P<who>.*?)[,،，]?\s?(?<![^\W_a])(?:{words.said}){edge}{end}", phrase)
    if not words.is_spaced:
        verb = re.search(rf"(?P<who>[^，。；：]*?)(?:{words.said}){end}", phrase)
    if verb and verb["who"].strip():
        return _named(verb["who"], former, words)
    verb = re.match(rf"(?:و|ف)?(?:{words.said}){edge}\s*(?P<who>[^:]*?){end}", phrase)
    if verb is None or words.is_named:
        return None
    return _named(verb["who"], former, words) if verb["who"] else former


def _named(phrase: str, former: Speaker | None, words: Words) -> Speaker | None:
    name_part, *rest = re.split(r", |، |，", phrase.strip(" ,،，"))
    name_part = name_part.strip()
    if name_part in words.pronouns or name_part.lower() in words.pronouns:
        return former
    if not words.is_cased:
        return _uncased(name_part, rest, words)
    if not words.is_named and name_part[:1].islower():
        return _after_office(name_part, rest, former)
    return _name_first(name_part, rest, former, words)


def _uncased(name_part: str, rest: list[str], words: Words) -> Speaker | None:
    """Where no capitals show a name, all up to the first comma is one."""
    size = len(name_part.split()) if words.is_spaced else len(name_part) // 2
    return Speaker(name=name_part, role=", ".join(rest) or None) if 0 < size <= 10 else None


def _name_first(
    name_part: str, rest: list[str], former: Speaker | None, words: Words
) -> Speaker | None:
    parts = _leading_names(name_part.split(), words)
    name = " ".join(parts)
    if former and parts and parts[-1] == former.name.split()[-1]:
        return former
    if len(parts) < 2 or len(parts) > 8:
        return None
    below = FROM.sub("", name_part[len(name) :].strip(), count=1)
    is_whole = name == name_part
    if not is_whole and FROM.match(name_part[len(name) :].strip()):
        return Speaker(name=name, role=", ".join([below, *rest]))
    return Speaker(name=name, role=_role(rest, words) if is_whole else None)


def _after_office(phrase: str, rest: list[str], former: Speaker | None) -> Speaker | None:
    """The office first, as in "el presidente Juan Pérez": the name is what ends it."""
    parts = phrase.split()
    start = len(parts)
    while start and parts[start - 1][:1].isupper() and not parts[start - 1].isupper():
        start -= 1
    start = max(start, len(parts) - 2) if len(parts) - start > 3 or start > 0 else start
    name = parts[start:]
    if former and name and name[-1] == former.name.split()[-1]:
        return former
    if len(name) < 2:
        return None
    office = re.sub(r"^(?:el|la|los|las|le|les|l['’])\s?", "", " ".join(parts[:start]))
    return Speaker(name=" ".join(name), role=", ".join([office, *rest]) or None)


def _leading_names(parts: list[str], words: Words) -> list[str]:
    names: list[str] = []
    for part in parts:
        if not part[:1].isupper() and part not in words.particles:
            break
        names.append(part)
    while names and not names[-1][:1].isupper():
        names.pop()
    return names


def _role(clauses: list[str], words: Words) -> str | None:
    """The clauses that name an office; "adding that …" and "in Geneva" are none."""
    office: list[str] = []
    for clause in clauses:
        if FROM.match(clause) and not office:
            office.append(FROM.sub("", clause, count=1))
            continue
        if words.is_named and not re.match(r"[^\W\d_a-z]|the |and ", clause):
            break
        office.append(clause)
    return ", ".join(office) or None
