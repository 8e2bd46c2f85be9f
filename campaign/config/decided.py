"""What the campaign file decides about excerpts and links: `skip:`, `links:`."""

from collections.abc import Iterator, Sequence

from campaign.config.excerpt_name import read_excerpt_name
from campaign.config.model import CampaignKeys, Texts
from campaign.config.own_words import read_messages, read_short
from campaign.config.problems import did_you_mean, listed, quoted
from campaign.config.report import Report
from campaign.config.tree import Path
from campaign.domain.decisions import OMIT, Decisions, Entry, Skip
from campaign.domain.web_address import fault_of


def read_decisions(report: Report, keys: CampaignKeys, languages: Sequence[str]) -> Decisions:
    """Everything but the calendar that says what is posted, and in which words."""
    return Decisions(
        short=read_short(report, keys, languages),
        skips=tuple(_skips(report, keys, languages)),
        links=_links(report, keys),
        messages=read_messages(report, keys, languages),
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
