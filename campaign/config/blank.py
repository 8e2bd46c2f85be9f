"""The short, commented campaign file that `campaign init` writes."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from campaign.config.calendar_line import DEFAULT

PLAIN = re.compile(r"[^\W\d_](?:[\w /.@’–-]*[\w.])?|https?://[\w./~-]+")
NULL = "null"
EMPTY = '""'


def blank_campaign(  # noqa: PLR0913  (one argument a line of the file)
    *,
    id: str,  # noqa: A002 — the file's own word
    title: str,
    day_line: str,
    timezone: str,
    statement_name: str,
    link: str | None,
    accounts: Mapping[str, str],
    calendar: Sequence[str] = DEFAULT,
) -> str:
    """The YAML text. `day_line` is a whole line, `day: …` or `date: …`.

    `accounts` maps a platform to the handle on it.
    """
    link_line = f"link: {scalar(link)}" if link else "# link: https://example.org/statement"
    account_lines = [
        f"  {platform}: {{handle: {scalar(handle)}}}" for platform, handle in accounts.items()
    ]
    lines = [
        f"id: {scalar(id)}    # the campaign's name in the queue; never change it after scheduling",
        f"campaign: {scalar(title) if scalar(title) != EMPTY else scalar(id)}",
        f"{day_line}    # this day is D in the calendar",
        f"timezone: {timezone}    # all times below are this clock's",
        f"statement: {scalar(statement_name)}",
        f"{link_line}    # where people can read all of it",
        "accounts:    # the networks to post on, and the name you post under",
        *account_lines,
        "calendar:    # when what goes out; D-7 is a week before, D+1wd the next working day",
        *(f"  - {line}" for line in calendar),
        "form: verbatim    # imperative turns Recognizing into Recognize",
        "# hashtags: [MigrantsDay]    # words without the sign",
        "# people: {comms: [a.name], legal: [b.name]}    # who may approve",
        "# approval: {by: [comms, legal]}    # one person of each must approve every post",
    ]
    return "\n".join(lines) + "\n"


def scalar(text: str) -> str:
    """A text as YAML: plain where that is safe, else in double quotes with escapes."""
    text = "".join(char for char in text if unicodedata.category(char) != "Cs")
    text = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)
    text = " ".join(text.split())
    if PLAIN.fullmatch(text) and text.lower() != NULL:
        return text
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable():
        return char
    return f"\\U{ord(char):08x}"
