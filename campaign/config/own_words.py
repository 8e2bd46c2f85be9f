"""Words of one's own in the campaign file: `short:` texts and `messages:`."""

import re
from collections.abc import Iterator, Mapping, Sequence

from campaign.config.calendar_line import MESSAGES
from campaign.config.calendar_modifiers import MODIFIERS
from campaign.config.excerpt_name import NUMBERED, read_excerpt_name
from campaign.config.guesses import meant_address
from campaign.config.model import CampaignKeys, FactKeys, MessageKeys, Text
from campaign.config.problems import did_you_mean, listed, quoted
from campaign.config.report import Report
from campaign.config.times import read_date
from campaign.config.tree import Path
from campaign.domain.decisions import Entry, OwnFact, OwnMessage
from campaign.domain.statement import Kind
from campaign.domain.web_address import fault_of

NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
TAKEN = re.compile(r"(?:fact|quote|recommendation)-\d+|recommendations-thread|d")


def read_short(
    report: Report, keys: CampaignKeys, languages: Sequence[str]
) -> dict[str, dict[str, Entry]]:
    """Texts that stand where an excerpt would become a thread, by ref and language."""
    found: dict[str, dict[str, Entry]] = {}
    for name, written in (keys.short or {}).items():
        path = ("short", name)
        ref, what, mend = read_excerpt_name(name, (*NUMBERED, Kind.HEADLINE))
        if not ref:
            report.key(path, what, mend)
        elif ref in found:
            report.key(path, f"{quoted(name)} stands twice under short.", "Keep one of them.")
        else:
            found[ref] = read_texts(report, path, written, languages)
    return found


def read_messages(
    report: Report, keys: CampaignKeys, languages: Sequence[str]
) -> tuple[OwnMessage, ...]:
    """Messages of one's own, in the file's order."""
    found: list[OwnMessage] = []
    for name, message in (keys.messages or {}).items():
        if message is not None and _is_free(report, name):
            found.append(_message(report, name, message, languages))
    return tuple(found)


def _is_free(report: Report, name: str) -> bool:
    path = ("messages", name)
    if name in (*MESSAGES, *MODIFIERS) or TAKEN.fullmatch(name):
        what = f"{quoted(name)} means something else on the calendar already."
        report.key(path, what, "Give your message another name, such as livestream.")
    elif not NAME.fullmatch(name):
        guess = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-0123456789")[:40]
        what = f"{quoted(name)} cannot name a message: lowercase letters, digits and hyphens."
        report.key(path, what, f"Did you mean {guess}?" if guess else "Write it as in livestream.")
    else:
        return True
    return False


def _message(report: Report, name: str, keys: MessageKeys, languages: Sequence[str]) -> OwnMessage:
    path: Path = ("messages", name)
    if keys.text is None and set(report.tree.data["messages"][name]) <= {"link"}:
        report.key(path, f"{name} has no text.", f'Write  {name}: {{text: "…"}}')
    _check_link(report, path, keys.link, "https://example.org/event")
    texts = read_texts(report, (*path, "text"), keys.text, languages)
    return OwnMessage(name=name, texts=texts, link=keys.link)


def read_facts(report: Report, keys: CampaignKeys, languages: Sequence[str]) -> Iterator[OwnFact]:
    """Figures of one's own, each with its source."""
    for key, fact in (keys.facts or {}).items():
        if fact is not None:
            yield _fact(report, key, fact, languages)


def _fact(report: Report, key: str, fact: FactKeys, languages: Sequence[str]) -> OwnFact:
    path: Path = ("facts", key)
    if not re.fullmatch(r"[1-9]\d?", key) and not NAME.fullmatch(key):
        what = f"{quoted(key)} is neither a fact's number nor a name."
        report.key(path, what, "Write 1 to replace fact 1, or a name such as arrivals.")
    for needed in ("text", "source"):
        if getattr(fact, needed) is None and not report.has(*path, needed):
            mend = 'Write  text: "…", source: "…"'
            report.key(path, f"The fact {quoted(key)} has no {needed}.", mend)
    as_of = read_date(fact.as_of) if fact.as_of else None
    if fact.as_of and as_of is None:
        what = f"{quoted(fact.as_of)} is not a date of this century."
        report.value((*path, "as-of"), what, "Write year, month and day: 2026-11-30.")
    _check_link(report, path, fact.link, "https://example.org/data")
    texts = read_texts(report, (*path, "text"), fact.text, languages)
    source = " ".join((fact.source or "").split())
    return OwnFact(key=key, texts=texts, source=source, link=fact.link, as_of=as_of)


def _check_link(report: Report, path: Path, link: str | None, example: str) -> None:
    if link is not None and (fault := fault_of(link)):
        meant = meant_address(link)
        mend = f"Did you mean {meant}?" if meant else f"Write all of it: {example}"
        report.value((*path, "link"), f"{quoted(link)} {fault}.", mend)


def read_texts(
    report: Report, path: Path, written: str | Mapping[str, Text] | None, languages: Sequence[str]
) -> dict[str, Entry]:
    """A text in the campaign's first language, or one for each language."""
    if isinstance(written, str):
        text = written.strip()
        if not text:
            report.value(path, "The text is empty.", "Write one, or take the line out.")
        return {languages[0]: report.entry(path, text)} if text and languages else {}
    found: dict[str, Entry] = {}
    for language, given in (written or {}).items():
        here = (*path, language)
        if language not in languages:
            what = f"{quoted(language)} is not a language of the statement."
            known = did_you_mean(language, languages, f"It has {listed(languages)}.")
            report.key(here, what, known)
        elif given and given.strip():
            found[language] = report.entry(here, given.strip())
    return found
