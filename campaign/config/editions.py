"""The campaign in each language: the statement's file, its lists, the link, the hashtags."""

import re
from collections.abc import Mapping

from campaign.config.guesses import did_you_mean_one_of, meant_address
from campaign.config.model import CampaignKeys, Texts
from campaign.config.pick import read_picks
from campaign.config.problems import did_you_mean, listed, quoted
from campaign.config.report import Report
from campaign.config.tree import Path
from campaign.domain.campaign import Edition
from campaign.domain.web_address import fault_of


def read_editions(
    report: Report, keys: CampaignKeys, statements: Mapping[str, str]
) -> dict[str, Edition]:
    """One for each of the statement's languages, in the file's order."""
    _known(report, "link", keys.link, statements)
    _known(report, "hashtags", keys.hashtags, statements)
    _known(report, "pick", keys.pick, statements)
    picks = read_picks(report, keys, statements)
    if isinstance(keys.link, dict):
        links = {one: _link(report, ("link", one), link) for one, link in keys.link.items()}
    else:
        link = _link(report, ("link",), keys.link)
        links = dict.fromkeys(statements, link)
    if isinstance(keys.hashtags, dict):
        hashtags = {
            one: _hashtags(report, ("hashtags", one), words) for one, words in keys.hashtags.items()
        }
    else:
        hashtags = dict.fromkeys(statements, _hashtags(report, ("hashtags",), keys.hashtags))
    return {
        language: Edition(
            statement=name,
            link=links.get(language),
            hashtags=hashtags.get(language, ()),
            pick=picks.get(language, ()),
        )
        for language, name in statements.items()
    }


def _known(report: Report, key: str, written: object, statements: Mapping[str, str]) -> None:
    """The languages of a map must be the statement's."""
    for language in written if isinstance(written, dict) and statements else ():
        if language not in statements:
            what = f"{quoted(language)} is not a language of the statement."
            mend = did_you_mean(language, statements, f"It has {listed(statements)}.")
            report.key((key, language), what, mend)


def _link(report: Report, path: Path, written: str | None) -> str | None:
    if written is not None and (fault := fault_of(written)):
        what = f"{quoted(written)} {fault}."
        meant = [found] if (found := meant_address(written)) else []
        mend = "Write all of it: https://example.org/statement"
        report.value(path, what, did_you_mean_one_of(meant, mend))
    return written


def _hashtags(report: Report, path: Path, words: Texts | None) -> tuple[str, ...]:
    found: list[str] = []
    for index, written in enumerate(words or ()):
        here = (*path, index)
        word = (written or "x").removeprefix("#")
        if not word or re.search(r"[\s!-/:-@\[-^`{-~]", word) or word.isdigit():
            guess = re.sub(r"[\W_]", "", word.title() if " " in word else word)
            mend = f"Did you mean {guess}?" if guess and not guess.isdigit() else ""
            report.value(
                here, f"{quoted(written)} is not a hashtag: one word, with a letter.", mend
            )
        elif word.lower() in (other.lower() for other in found):
            report.value(here, f"The hashtag {word} is in the list twice.", "Keep one of them.")
        else:
            found.append(word)
    return tuple(found)
