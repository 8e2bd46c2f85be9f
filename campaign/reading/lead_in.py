"""The sentence before a list: what kind of list it leads into, and who asks whom for what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from campaign.reading.words import Words

VOWEL_MARKS = re.compile(r"[\u0640\u064b-\u0652\u200b-\u200f]")


ARTICLE = re.compile(r"(?:l['’]|(?:la|le|les|el|los|las) )", re.IGNORECASE)
THAT = re.compile(r"\w+ that (?P<to>[^:;,]{2,80}?)(?: (?:should|must|to)\b[^:;]{0,60})?:$")


class Voice(StrEnum):
    """What the items below a lead-in are."""

    CALL = "a call"
    NEGATIVE = "a call to stop something"
    COMMITMENT = "a commitment"
    REASON = "reasons or problems"
    PEOPLE = "people, notes or sources"
    POSITION = "a position"
    RECITAL = "recitals"
    EXAMPLES = "examples"
    UNKNOWN = "no call that I know"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Who calls (None: "we"), with which verb, on whom, for what.

    `start` is where the caller stands in the plain sentence; `caller` is its name, also where
    grammar alone makes it the subject.
    """

    subject: str | None
    verb: str
    addressees: tuple[str, ...]
    ask: str | None
    caller: str | None = None
    start: int = 0


def plain(sentence: str) -> str:
    """The sentence with plain spaces and colons, and without the marks of Arabic vowels."""
    sentence = VOWEL_MARKS.sub("", sentence.replace("：", ":"))
    return re.sub(r" +:", ":", re.sub(r"[ \t\n\xa0\u202f\u2009]+", " ", sentence)).strip()


def classify(sentence: str, words: Words) -> Voice:
    """The first cue that fits decides; a call that also says "not" is no call."""
    sentence = plain(sentence)
    call = parse_call(sentence, words)
    if not call and not leads_in(sentence, words):
        return Voice.UNKNOWN
    wanted = sentence[sentence.find(call.verb) :] if call else sentence
    cues = [
        (Voice.PEOPLE, _people(sentence, words, is_call=call is not None)),
        (Voice.NEGATIVE, words.negative.search(wanted)),
        (Voice.REASON, words.reason.search(sentence)),
        (Voice.CALL, call),
        (Voice.COMMITMENT, words.commitment.search(sentence)),
        (Voice.POSITION, words.position.search(sentence)),
        (Voice.RECITAL, words.recital.search(sentence)),
        (Voice.EXAMPLES, words.examples.search(sentence)),
    ]
    return next((voice for voice, found in cues if found), Voice.UNKNOWN)


def _people(sentence: str, words: Words, *, is_call: bool) -> bool:
    """Names follow; but "we, the signatories, demand:" is a call, as its names only call."""
    found = words.people.search(sentence)
    return found is not None and not (is_call and found.start())


def leads_in(sentence: str, words: Words) -> bool:
    sentence = plain(sentence)
    return (
        sentence.endswith(":")
        or bool(words.label.fullmatch(sentence))
        or bool(words.open_end.search(sentence))
    )


def parse_call(sentence: str, words: Words) -> Call | None:
    """The call a sentence makes, wherever its verb has a subject that can call."""
    sentence = plain(sentence)
    find = _finite_call if words.is_named else _free_call
    return (
        find(sentence, words)
        or _modal_call(sentence, words)
        or _label(sentence, words)
        or _own_call(sentence, words)
    )


def _free_call(sentence: str, words: Words) -> Call | None:
    """In a language whose verbs tell a call from a report, and often who calls as well."""
    found = words.call.search(sentence)
    if found is None or words.papers.search(sentence[: found.start()].rstrip()):
        return None
    to = words.called.match(sentence, found.end())
    clauses = list(_clauses(sentence[: found.start()]))
    start, clause = clauses[-1]
    subject = _free_subject(clause, words)
    caller, at = subject, start if clause else found.start("verb")
    if to and "by" in to.groupdict():
        caller = to["by"]
    for start, clause in reversed(clauses):
        if caller or words.we.search(found["verb"]):
            break
        if caller := _free_caller(clause, words):
            at = start + clause.find(caller) if not words.is_cased else start
    return Call(
        subject=subject,
        verb=found["verb"],
        addressees=(to["to"].strip(" ,،"),) if to else (),
        ask=None,
        caller=caller,
        start=at,
    )


def _clauses(before: str) -> Iterator[tuple[int, str]]:
    """Where each clause before a verb starts, and its words without an acronym in brackets."""
    start = 0
    bare = re.sub(r"\s*\([^()\s]{2,10}\)", lambda found: "\0" * len(found[0]), before)
    for clause in re.split(r"([,;:،؛，；–—(]|\n| - )", bare):
        words = clause.strip(" \0").replace("\0", "")
        yield start + len(clause) - len(clause.lstrip()), words
        start += len(clause)


def _free_subject(clause: str, words: Words) -> str | None:
    name = clause[len(words.article) :] if _has_article(clause, words) else clause
    is_voice = words.voices.fullmatch(name) is not None
    is_name = words.is_cased and bool(name) and not is_voice and _can_call(name, words)
    return name if is_name else None


def _free_caller(clause: str, words: Words) -> str | None:
    """Looser than a subject: behind an article one capital will do; without capitals, a body."""
    if not words.is_cased:
        found = words.body.fullmatch(clause)
        return found["name"] if found else None
    if subject := _free_subject(clause, words):
        return subject
    name = ARTICLE.sub("", clause, count=1)
    return name if name != clause and name[:1].isupper() and len(name.split()) <= 12 else None


def _own_call(sentence: str, words: Words) -> Call | None:
    """As in "We must:" and "Our demands are:"."""
    found = words.own.search(sentence)
    return Call(subject=None, verb="", addressees=(), ask=None) if found else None


def _finite_call(sentence: str, words: Words) -> Call | None:
    for found in words.call.finditer(sentence):
        speaker = _subject(sentence[: found.start()], words)
        if speaker is None:
            continue
        phrase, subject = speaker
        rest = sentence[found.end() :]
        boundary = words.to.search(rest)
        addressees = rest[: boundary.start()] if boundary else ""
        if that := THAT.match(f"{found['verb']}{rest}"):
            addressees = that["to"]
        return Call(
            subject=subject or None,
            verb=found["verb"],
            addressees=split_addressees(addressees, words),
            ask=_ask(rest[boundary.start() :], words) if boundary else None,
            caller=subject or None,
            start=sentence.rfind(phrase, 0, found.start()),
        )
    return None


def _modal_call(sentence: str, words: Words) -> Call | None:
    found = words.modal.fullmatch(sentence)
    if found is None or words.voices.fullmatch(found["addressees"]):
        return None
    named = found["addressees"]
    return Call(
        subject=None,
        verb=found["verb"],
        addressees=split_addressees(named, words) if words.is_named else (named,),
        ask=None,
        start=min(found.start("addressees"), found.start("verb")),
    )


def _label(sentence: str, words: Words) -> Call | None:
    found = words.label.fullmatch(sentence)
    if found is None:
        return None
    addressees = _labelled(sentence, found, words) if found["addressees"] else ()
    return Call(subject=None, verb="", addressees=addressees, ask=None)


def _labelled(sentence: str, found: re.Match[str], words: Words) -> tuple[str, ...]:
    """In other languages than English the preposition is part of the phrase: "aux États"."""
    if words.is_named:
        return split_addressees(found["addressees"], words)
    start, end = found.span("addressees")
    before = sentence[:start].rstrip()
    preposition = before[before.rfind(" ") + 1 :] if before else ""
    return (f"{preposition} {sentence[start:end]}".strip(" ,:"),)


def split_addressees(phrase: str, words: Words) -> tuple[str, ...]:
    """Two in "states and all stakeholders", one in "technology and software companies"."""
    parts = [part.strip(" ,:") for part in words.conjunction.split(phrase) if part.strip(" ,:")]
    if all(words.addressee.match(part) for part in parts):
        return tuple(parts)
    return (phrase.strip(" ,:"),)


def _ask(rest: str, words: Words) -> str | None:
    """What is asked, where the list says how; "to:" alone asks nothing before its items."""
    tail = words.means.search(rest)
    return rest[: tail.start()].strip(" ,") or None if tail else None


def _subject(before: str, words: Words) -> tuple[str, str] | None:
    """The caller as printed, and its name, "" for "we"; None when nobody who can call is there."""
    for phrase in _subject_candidates(before, words):
        if words.voices.fullmatch(phrase):
            return phrase, ""
        name = phrase[len(words.article) :] if _has_article(phrase, words) else phrase
        if _can_call(name, words):
            return phrase, name
    return None


def _has_article(phrase: str, words: Words) -> bool:
    return phrase.lower().startswith(words.article)


def _subject_candidates(before: str, words: Words) -> Iterator[str]:
    """Phrases that end at the verb, then the clauses before it ("the Network, with all, …")."""
    before = re.sub(
        r"(?:[, ]+(?:\w+ly|also|thus|therefore|hereby|further|would))+[, ]*$", "", before
    )
    clauses = [clause.strip() for clause in re.split(r"[,;:–—(]| -+ ", before)]
    clause = clauses[-1] or (clauses[-2] if len(clauses) > 1 else "")
    yield clause
    starts = re.finditer(rf"\b(?:{words.article.strip()}|we)\b", clause, re.IGNORECASE)
    for found in reversed(list(starts)):
        yield clause[found.start() :]
    if re.match(r"(?:together|along|jointly) with\b", clause) and len(clauses) > 1:
        yield clauses[-2]


def _can_call(name: str, words: Words) -> bool:
    """A proper name, or a common noun for a body ("civil society organizations")."""
    parts = name.split()
    if not parts or len(parts) > 14:
        return False
    last = parts[-1].lower().strip(".")
    if last in words.collective:
        return parts[0].lower() not in words.connectors
    proper = all(part[0].isupper() or part.lower() in words.connectors for part in parts)
    return proper and parts[0][0].isupper() and parts[0].lower() not in words.connectors
