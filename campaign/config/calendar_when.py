"""WHEN in a calendar line: `D`, `D-7`, `D+1wd` or a date, and a time."""

import re
from collections.abc import Collection
from datetime import time

from campaign.config.calendar_tokens import Line, Token
from campaign.config.guesses import did_you_mean_one_of, meant_time
from campaign.config.problems import quoted
from campaign.config.times import DATE, read_date
from campaign.domain.campaign import When

DAY = re.compile(r"D(?:(?P<sign>[+-])(?P<count>\d{1,3})(?P<working>wd)?)?")
TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
DASH = re.compile("[+‐‑‒–—−-]")
HALF = re.compile(r"am|pm|a\.m\.|p\.m\.|h|uhr", re.IGNORECASE)  # behind a time
LONGEST = 366


def read_when(line: Line) -> When:
    """The day; a fault and D where there is none."""
    token = line.next()
    if found := DAY.fullmatch(token.text):
        count = int(found["count"] or 0)
        if count > LONGEST:
            line.fault(token, f"{token.text} is more than a year away.", "Is a digit too many?")
        offset = -count if found["sign"] == "-" else count
        return When(offset=offset, working_days=bool(found["working"]))
    if DATE.fullmatch(token.text):
        day = read_date(token.text)
        if day is None:
            line.fault(token, f"{token.text} is not in the calendar.", "Dates are YEAR-MONTH-DAY.")
        return When(day=day)
    guess = re.sub("[‐‑‒–—−]", "-", token.text).upper().replace("WD", "wd")
    mend = (
        f"Did you mean {guess}?" if DAY.fullmatch(guess) else "Write D, D-7, D+1wd or 2021-12-18."
    )
    line.fault(token, f"{quoted(token.text)} is not a day.", mend)
    if TIME.fullmatch(token.text):
        line.tokens.insert(0, token)
    return When()


def read_time(line: Line, messages: Collection[str] = ()) -> time:
    """A time of day. `messages` are words that must not stand in its place."""
    if line.peek() in messages:
        line.fault(line.tokens[0], "There is no time before this.", "Write one, as in  D 08:00.")
        return time(0)
    token = line.next()
    is_half = HALF.fullmatch(line.peek()) and line.peek() not in messages
    if (found := TIME.fullmatch(token.text)) and not is_half:
        return time(int(found[1]), int(found[2]))
    if DASH.fullmatch(token.text) and re.fullmatch(r"\d+(wd)?", line.peek()):
        token = Token(token.offset, f"{'+' if token.text == '+' else '-'}{line.next().text}")
    if re.fullmatch(r"[+-]\d+(wd)?", token.text):
        what, mend = f"A space stands before {token.text}.", f"Write D{token.text} in one."
        line.fault(token, what, mend)
        return read_time(line, messages)
    if not token.text:
        line.fault(
            token, "The line has no time and no message.", "Write it as in  D-7 10:00 headline"
        )
        return time(0)
    token = line.join(token, HALF)
    meant = meant_time(token.text)
    mend = did_you_mean_one_of([meant] if meant else [], "Write hours and minutes, 00:00 to 23:59.")
    line.fault(token, f"{quoted(token.text)} is not a time.", mend)
    return time(0)
