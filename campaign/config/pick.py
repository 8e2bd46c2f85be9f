"""Which of the statement's lists are its recommendations, where the reader will not choose."""

import re

from campaign.config.model import CampaignKeys
from campaign.config.problems import quoted
from campaign.config.report import Report


def read_pick(report: Report, keys: CampaignKeys) -> tuple[int, ...]:
    """Numbers of the statement's lists; 0 stands for none of them, alone."""
    found: list[int] = []
    for index, written in enumerate(keys.pick or ()):
        path = ("pick", index)
        if written is None:
            continue
        if not re.fullmatch(r"[0-9]{1,3}", written):
            what = f"{quoted(written)} is not the number of a list in the statement."
            report.value(
                path, what, "Write  pick: [2]  for the second list, or  pick: [0]  for none."
            )
        elif int(written) in found:
            report.value(path, f"{written} is in pick twice.", "Keep one of them.")
        else:
            found.append(int(written))
    if 0 in found and len(found) > 1:
        report.key(
            ("pick",), "pick says 0, for none, and other lists too.", "Keep one or the other."
        )
    if keys.pick == []:
        report.value(("pick",), "pick is empty.", "Write  pick: [1], or leave pick out.")
    return tuple(found)
