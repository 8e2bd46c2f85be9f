"""What the campaign file decides about excerpts and links: `skip:`, `replace:`, `links:` …"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from campaign.config.excerpt_name import NUMBERED, read_excerpt_name
from campaign.config.model import CampaignKeys, Texts
from campaign.config.own_words import read_facts, read_messages, read_short
from campaign.config.problems import did_you_mean, listed, quoted
from campaign.config.report import Report
from campaign.config.times import read_date, read_duration
from campaign.config.tree import Path
from campaign.domain.decisions import (
    DATED,
    OMIT,
    SKIP,
    SPACING,
    Decisions,
    Entry,
    Mention,
    OwnMessage,
    Replacement,
    Skip,
)
from campaign.domain.statement import Kind
from campaign.domain.web_address import fault_of


def read_decisions(
    report: Report,
    keys: CampaignKeys,
    languages: Sequence[str],
    platforms: Collection[str],
    year: int,
) -> Decisions:
    """Everything but the calendar that says what is posted, and in which words."""
    issued = _issued(report, keys)
    aged = _aged(report, keys)
    skipped = aged if issued is not None and issued.year != year else {}
    messages = read_messages(report, keys, languages)
    short = read_short(report, keys, languages)
    skips = tuple(_skips(report, keys, languages))
    elsewhere = dict.fromkeys(short, "short")
    elsewhere |= {skip.ref: "skip" for skip in skips if skip.language is None}
    return Decisions(
        short=short,
        skips=(
            *skips,
            *(Skip(ref=ref, place=one.place) for ref, one in skipped.items() if one.text == SKIP),
        ),
        replaced=_replaced(report, keys, messages, elsewhere),
        links=_links(report, keys),
        messages=messages,
        facts=tuple(read_facts(report, keys, languages)),
        mentions=tuple(_mentions(report, keys, platforms)),
        spacing=_spacing(report, keys),
        issued=issued,
        aged=aged,
    )


def _skips(report: Report, keys: CampaignKeys, languages: Sequence[str]) -> Iterator[Skip]:
    if not isinstance(keys.skip, dict):
        yield from _skip_list(report, ("skip",), keys.skip, None)
        return
    for language, names in keys.skip.items():
        path = ("skip", language)
        if language in languages:
            yield from _skip_list(report, path, names, language)
        else:
            what = f"{quoted(language)} is not a language of the statement."
            mend = did_you_mean(language, languages, f"It has {listed(languages)}.")
            report.key(path, what, mend)


def _skip_list(
    report: Report, path: Path, names: Texts | None, language: str | None
) -> Iterator[Skip]:
    seen: set[str] = set()
    for index, name in enumerate(names or ()):
        if name is None:  # reported already
            continue
        here = (*path, index)
        ref, what, mend = read_excerpt_name(name)
        if not ref:
            report.value(here, what, mend)
        elif ref in seen:
            report.value(here, f"{name} is in the list twice.", "Keep one of them.")
        else:
            seen.add(ref)
            yield Skip(ref=ref, place=report.entry(here, name).place, language=language)


def _replaced(
    report: Report,
    keys: CampaignKeys,
    messages: Sequence[OwnMessage],
    elsewhere: Mapping[str, str],
) -> dict[str, Replacement]:
    """By ref. `elsewhere` says under which other key an excerpt is decided already."""
    found: dict[str, Replacement] = {}
    by_name = {message.name: message for message in messages}
    for written, name in (keys.replace or {}).items():
        path = ("replace", written)
        ref, what, mend = read_excerpt_name(written)
        if ref in elsewhere:
            what = f"{written} stands under replace and under {elsewhere[ref]}."
            mend = "Keep one of them."
        elif ref in found:
            what, mend = f"{quoted(written)} stands twice under replace.", "Keep one of them."
        if what:
            report.key(path, what, mend)
        elif name in by_name:
            entry = report.entry(path, written, at_key=True)
            found[ref] = Replacement(message=by_name[name], place=entry.place)
        elif name is not None and name not in (keys.messages or {}):
            mend = f'Write  messages: {{{name}: {{text: "…"}}}}'
            what = f"{quoted(name)} does not stand under messages."
            report.value(path, what, did_you_mean(name, by_name, mend))
    return found


def _links(report: Report, keys: CampaignKeys) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for words, written in (keys.links or {}).items():
        if written is None:
            continue
        path = ("links", words)
        if written != OMIT and (fault := fault_of(written)):
            what = f"{quoted(written)} {fault}."
            mend = did_you_mean(written, [OMIT], "Write all of it: https://example.org, or omit.")
            report.value(path, what, mend)
        found[" ".join(words.split())] = report.entry(path, written, at_key=True)
    return found


def _mentions(report: Report, keys: CampaignKeys, platforms: Collection[str]) -> Iterator[Mention]:
    for key, written in (keys.mentions or {}).items():
        handles: dict[str, str] = {}
        for platform, handle in (written or {}).items():
            path = ("mentions", key, platform)
            if platform != "name" and platform not in platforms:
                known = [*sorted(platforms), "name"]
                mend = did_you_mean(platform, known, f"It takes {listed(known)}.")
                report.key(path, f"{quoted(platform)} is not a platform.", mend)
            elif handle is not None:
                handles[platform] = handle.strip().removeprefix("@")
        yield Mention(key=key, name=handles.pop("name", key), handles=handles)


def _spacing(report: Report, keys: CampaignKeys) -> timedelta:
    if keys.spacing is None:
        return SPACING
    found = read_duration(keys.spacing)
    if found is None or found > timedelta(hours=24):
        what = f"{quoted(keys.spacing)} is not a distance of 0m to 24h."
        report.value(("spacing",), what, "Write  spacing: 2m  or  spacing: 0m  for none.")
    return SPACING if found is None else found


def _issued(report: Report, keys: CampaignKeys) -> date | None:
    found = read_date(keys.issued) if keys.issued else None
    if keys.issued and found is None:
        what = f"{quoted(keys.issued)} is not a date of this century."
        report.value(("issued",), what, "Write year, month and day: 2021-12-18.")
    return found


def _aged(report: Report, keys: CampaignKeys) -> dict[str, Entry]:
    """By ref, or by "role NAME"."""
    found: dict[str, Entry] = {}
    if keys.aged and keys.issued is None and not report.has("issued"):
        what = "aged needs the statement's own date."
        report.key(("aged",), what, "Add  issued: 2021-12-18")
    for written, decision in (keys.aged or {}).items():
        name, path = " ".join(written.split()), ("aged", written)
        ref, what, mend = name, "", ""
        if not name.startswith("role "):
            ref, what, mend = read_excerpt_name(name, (*NUMBERED, Kind.HEADLINE))
        if what:
            report.key(path, what, mend if "Did you" in mend else f"{mend} Or: role NAME.".strip())
        elif decision is not None:
            if not name.startswith("role ") and decision not in (DATED, SKIP):
                mend = did_you_mean(decision, [DATED, SKIP], f"It is {DATED} or {SKIP}.")
                report.value(path, f"{name} cannot be {quoted(decision)}.", mend)
            elif name.startswith("role ") and decision.strip(" .").endswith(("…", "then")):
                what = f"{name} is not filled in yet."
                report.value(path, what, 'Write the office, as in "then Director-General of IOM".')
            found[ref] = report.entry(path, " ".join(decision.split()), at_key=True)
    return found
