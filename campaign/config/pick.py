"""Which of the statement's lists are its recommendations, where the reader will not choose."""

import re
from collections.abc import Iterable

from campaign.config.model import CampaignKeys, Texts
from campaign.config.problems import quoted
from campaign.config.report import Report
from campaign.config.tree import Path


def read_picks(
    report: Report, keys: CampaignKeys, languages: Iterable[str]
) -> dict[str, tuple[int, ...]]:
    """For each language the numbers of its statement's lists; one list stands for all of them."""
    if isinstance(keys.pick, dict):
        return {one: _pick(report, ("pick", one), written) for one, written in keys.pick.items()}
    return dict.fromkeys(languages, _pick(report, ("pick",), keys.pick))


def _pick(report: Report, path: Path, written: Texts | None) -> tuple[int, ...]:
    """0 stands for none of the lists, alone."""
    found: list[int] = []
    for index, number in enumerate(written or ()):
        here = (*path, index)
        if number is None:
            continue
        if not re.fullmatch(r"[0-9]{1,3}", number):
            what = f"{quoted(number)} is not the number of a list in the statement."
            report.value(
                here, what, "Write  pick: [2]  for the second list, or  pick: [0]  for none."
            )
        elif int(number) in found:
            report.value(here, f"{number} is in pick twice.", "Keep one of them.")
        else:
            found.append(int(number))
    if 0 in found and len(found) > 1:
        report.key(path, "pick says 0, for none, and other lists too.", "Keep one or the other.")
    if written == []:
        report.value(path, "pick is empty.", "Write  pick: [1], or leave pick out.")
    return tuple(found)
