"""What may stand behind the message of a calendar line, in any order: `every 2h`, `on x, un-m` …"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import time, timedelta

from campaign.config.calendar_tokens import Line, Token
from campaign.config.calendar_when import LONGEST, read_time
from campaign.config.guesses import did_you_mean_one_of, meant_duration
from campaign.config.problems import did_you_mean, listed, nearest, quoted
from campaign.config.times import read_duration

UNIT = re.compile(r"min(ute)?s?|h|hrs?|hours?|days?", re.IGNORECASE)
MODIFIERS = ("every", "as", "on", "except", "in", "local", "until", "again")


@dataclass(slots=True)
class Modifiers:
    """What stands behind the message, and where each word stands."""

    every: timedelta = timedelta(0)
    on: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    local: bool = False
    until: time | None = None
    thread: bool = False
    again: bool = False
    places: dict[str, Token] = field(default_factory=dict)


def read_modifiers(line: Line, names: Collection[str]) -> Modifiers:
    modifiers = Modifiers()
    while line.tokens:
        token = line.next()
        if token.text in modifiers.places:
            line.fault(
                token, f"{quoted(token.text)} stands twice in this line.", "Keep one of them."
            )
        elif token.text not in MODIFIERS:
            _unknown(line, token, names)
            continue
        modifiers.places[token.text] = token
        _read(modifiers, line, token, names)
    return modifiers


def _read(modifiers: Modifiers, line: Line, token: Token, names: Collection[str]) -> None:
    match token.text:
        case "every":
            modifiers.every = _every(line)
        case "as":
            modifiers.thread = _thread(line)
        case "on":
            modifiers.on = _names(line, token, names)
        case "except":
            modifiers.excluding = _names(line, token, names)
        case "in":
            modifiers.languages = _names(line, token, line.languages, "a language")
        case "local":
            modifiers.local = True
        case "until":
            modifiers.until = _until(line, token)
        case _:
            modifiers.again = True


def _unknown(line: Line, token: Token, names: Collection[str]) -> None:
    """Say what is wrong, and go on at the next word that is known."""
    found = nearest(token.text, MODIFIERS)
    if token.text == ",":
        what, mend = "This comma joins nothing.", "Take it out."
    elif token.text in names and not found:
        what, mend = (
            f"{quoted(token.text)} is an account.",
            f"Write on {token.text}; a comma joins several.",
        )
    else:
        what = f"{quoted(token.text)} means nothing here."
        mend = (
            f"Did you mean {found[0]}?" if found else f"After the message come {listed(MODIFIERS)}."
        )
    line.fault(token, what, mend)
    while line.tokens and line.peek() not in MODIFIERS:
        line.next()


def _every(line: Line) -> timedelta:
    token = line.next()
    duration = read_duration(token.text)
    if duration is not None and timedelta(0) < duration <= timedelta(days=LONGEST):
        return duration
    token = line.join(token, UNIT)
    what = f"{quoted(token.text)} is not a distance in time." if token.text else "How often?"
    meant = [found] if (found := meant_duration(token.text, "h")) else []
    meant = [one for one in meant if read_duration(one)]
    line.fault(token, what, did_you_mean_one_of(meant, "Write every 90m, every 2h or every 1d."))
    return timedelta(0)


def _thread(line: Line) -> bool:
    token = line.next()
    if token.text == "thread":
        return True
    what = f"{quoted(token.text)} is nothing to post as." if token.text else "As what?"
    line.fault(token, what, "Write as thread.")
    return False


def _until(line: Line, modifier: Token) -> time | None:
    if not line.tokens or line.peek() in MODIFIERS:
        line.fault(modifier, '"until" says no time.', "Write it as in  until 15:30")
        return None
    return read_time(line)


def _names(
    line: Line, modifier: Token, names: Collection[str], of: str = "an account"
) -> tuple[str, ...]:
    found: list[str] = []
    while True:
        token = line.next()
        if not token.text or (token.text in MODIFIERS and token.text not in names):
            line.fault(
                modifier,
                f"{quoted(modifier.text)} names no {of.rsplit(maxsplit=1)[-1]}.",
                f"Write {modifier.text} and {listed(sorted(names), 'or')}.",
            )
            line.tokens[:0] = [token] if token.text else []
            break
        if token.text not in names:
            mend = did_you_mean(token.text, names, f"There are {listed(sorted(names))}.")
            line.fault(token, f"{quoted(token.text)} is not {of} here.", mend)
        found.append(token.text)
        if line.peek() != ",":
            break
        line.next()
    return tuple(found)
