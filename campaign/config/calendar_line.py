"""The grammar of a calendar line: `WHEN WHAT` and modifiers in any order.

Faults carry their place within the line. WHEN: `calendar_when`; modifiers: `calendar_modifiers`.
"""

import re
from collections.abc import Collection, Sequence
from datetime import time

from campaign.config.calendar_modifiers import Modifiers, read_modifiers
from campaign.config.calendar_tokens import Fault, Line, Token
from campaign.config.calendar_when import read_time, read_when
from campaign.config.problems import did_you_mean, listed, quoted
from campaign.domain.campaign import Slot
from campaign.domain.statement import Kind, Place

DEFAULT = (
    "D-7 10:00 headline",
    "D-3 10:00 fact",
    "D-1 10:00 quote 1",
    "D 08:00 recommendations every 2h",
    "D 17:00 quote 2",
    "D+1wd 10:00 roundup",
)
TO = re.compile(r"to|and|until|[‐‑‒–—−-]|[1-9]\d?")  # what stands between two numbers, or is one
MESSAGES = ("headline", "fact", "quote", "recommendation", "recommendations", "roundup")


def read_line(
    text: str,
    place: Place,
    names: Collection[str],
    own: Sequence[str] = (),
    languages: Sequence[str] = (),
) -> tuple[Slot, list[Fault]]:
    """The slot a line means, and its faults; with faults the slot is of no use.

    `names` are the accounts and platforms that `on` and `except` may name; `own` are the names
    under `messages:`, `languages` those of the statement.
    """
    line = Line.of(text, own, languages)
    when = read_when(line)
    at = read_time(line, (*MESSAGES, *own))
    kind, numbers, name = _what(line)
    modifiers = read_modifiers(line, names)
    _check(line, modifiers, numbers, at)
    if modifiers.thread:
        kind, numbers = _together(line, modifiers, kind, numbers)
    slot = Slot(
        kind=kind,
        at=at,
        place=place,
        text=text,
        offset=when.offset,
        working_days=when.working_days,
        day=when.day,
        numbers=numbers,
        every=modifiers.every,
        on=modifiers.on,
        excluding=modifiers.excluding,
        again=modifiers.again,
        name=name,
        languages=modifiers.languages,
        local=modifiers.local,
        until=modifiers.until,
    )
    return slot, line.faults


def _check(line: Line, modifiers: Modifiers, numbers: tuple[int, ...] | None, at: time) -> None:
    """What each part may say, and not both together."""
    if line.faults:
        return
    if modifiers.every and numbers is not None and len(numbers) == 1:
        what = '"every" spreads several messages over time; this line has one.'
        line.fault(modifiers.places["every"], what, "Take it out, or write recommendations.")
    if modifiers.until is not None and modifiers.until <= at:
        what = f"The line begins at {at:%H:%M}, so it cannot end at {modifiers.until:%H:%M}."
        line.fault(modifiers.places["until"], what, "Write a later time of the same day.")


def _together(
    line: Line, modifiers: Modifiers, kind: Kind, numbers: tuple[int, ...] | None
) -> tuple[Kind, tuple[int, ...] | None]:
    """All recommendations as one message."""
    if kind is Kind.RECOMMENDATION and numbers is None and not modifiers.every:
        return Kind.THREAD, (1,)
    if not line.faults:
        what = "A thread takes all recommendations at one time."
        mend = "Write it as in  D 08:00 recommendations as thread"
        line.fault(modifiers.places["as"], what, mend)
    return kind, numbers


def _what(line: Line) -> tuple[Kind, tuple[int, ...] | None, str]:
    """The kind, the numbers, and the name of a message of one's own."""
    token = line.next()
    if token.text in line.own:
        return Kind.MESSAGE, (line.own.index(token.text) + 1,), token.text
    return *_excerpts(line, token), ""


def _excerpts(line: Line, token: Token) -> tuple[Kind, tuple[int, ...] | None]:
    number = line.next() if re.match(r"\d", line.peek()) else None
    match token.text:
        case "headline" | "roundup":
            if number:
                line.fault(
                    number, f"There is one {token.text}, so it has no number.", "Take it out."
                )
            return Kind(token.text), (1,)
        case "fact" | "quote" | "recommendation":
            return Kind(token.text), _one(line, token, number)
        case "recommendations":
            return Kind.RECOMMENDATION, _range(line, number)
    if token.text or not line.faults:
        messages = (*MESSAGES, *line.own)
        mend = did_you_mean(token.text, messages, f"Messages are {listed(messages)}.")
        what = (
            f"{quoted(token.text)} is not a message." if token.text else "The line has no message."
        )
        line.fault(token, what, mend)
    return Kind.HEADLINE, None


def _one(line: Line, message: Token, number: Token | None) -> tuple[int, ...]:
    if number is None:
        if message.text != "fact":
            mend = f"Write {message.text} 1"
            mend += ", or recommendations for all." if message.text == "recommendation" else "."
            line.fault(message, f"Which {message.text}?", mend)
        return (1,)
    if re.fullmatch(r"[1-9]\d?", number.text):
        return (int(number.text),)
    mend = "Write its number: 1, 2, 3 …"
    if message.text == "recommendation" and "-" in number.text:
        mend = f"For several write recommendations {number.text}."
    line.fault(number, f"{quoted(number.text)} is not the number of one {message.text}.", mend)
    return (1,)


def _range(line: Line, numbers: Token | None) -> tuple[int, ...] | None:
    if numbers is None:
        return None
    found = re.fullmatch(r"([1-9]\d?)-([1-9]\d?)", numbers.text)
    if found and int(found[1]) <= int(found[2]):
        return tuple(range(int(found[1]), int(found[2]) + 1))
    numbers = line.join(numbers, TO)
    mend = "Write the first and the last: recommendations 1-3."
    if found := re.fullmatch(r"([1-9]\d?) ?(?:to|and|until|[‐‑‒–—−-]) ?([1-9]\d?)", numbers.text):
        first, last = sorted((int(found[1]), int(found[2])))
        mend = f"Did you mean {first}-{last}?"
    elif re.fullmatch(r"[1-9]\d?", numbers.text):
        mend = f"For one write recommendation {numbers.text}."
    line.fault(numbers, f"{quoted(numbers.text)} is not a range.", mend)
    return None
