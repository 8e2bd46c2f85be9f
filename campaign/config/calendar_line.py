"""The grammar of a calendar line: `WHEN WHAT [every 2h] [on LIST] [except LIST] [again]`.

WHEN is `D`, `D-7`, `D+1wd` or a date, and a time. Faults carry their place within the line.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from campaign.config.calendar_tokens import Fault, Line, Token
from campaign.config.problems import did_you_mean, listed, nearest, quoted
from campaign.config.times import DATE, read_date, read_duration
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
MESSAGES = ("headline", "fact", "quote", "recommendation", "recommendations", "roundup")
MODIFIERS = ("every", "on", "except", "in", "again")
DAY = re.compile(r"D(?:(?P<sign>[+-])(?P<count>\d{1,3})(?P<working>wd)?)?")
TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
LONGEST = 366


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
    tokens = [Token(found.start(), found[0]) for found in re.finditer(r"[^\s,]+|,", text)]
    line = Line(tokens, len(text), own, languages)
    when = _when(line)
    at = _time(line)
    kind, numbers, name = _what(line)
    modifiers = _modifiers(line, names)
    if modifiers.every and numbers is not None and len(numbers) == 1 and not line.faults:
        what = '"every" spreads several messages over time; this line has one.'
        line.fault(modifiers.places["every"], what, "Take it out, or write recommendations.")
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
    )
    return slot, line.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class _When:
    offset: int = 0
    working_days: bool = False
    day: date | None = None


def _when(line: Line) -> _When:
    token = line.next()
    if found := DAY.fullmatch(token.text):
        count = int(found["count"] or 0)
        if count > LONGEST:
            line.fault(token, f"{token.text} is more than a year away.", "Is a digit too many?")
        offset = -count if found["sign"] == "-" else count
        return _When(offset=offset, working_days=bool(found["working"]))
    if DATE.fullmatch(token.text):
        day = read_date(token.text)
        if day is None:
            line.fault(token, f"{token.text} is not in the calendar.", "Dates are YEAR-MONTH-DAY.")
        return _When(day=day)
    guess = re.sub("[‐‑‒–—−]", "-", token.text).upper().replace("WD", "wd")
    mend = (
        f"Did you mean {guess}?" if DAY.fullmatch(guess) else "Write D, D-7, D+1wd or 2021-12-18."
    )
    line.fault(token, f"{quoted(token.text)} is not a day.", mend)
    if TIME.fullmatch(token.text):
        line.tokens.insert(0, token)
    return _When()


def _time(line: Line) -> time:
    if line.peek() in (*MESSAGES, *line.own):
        line.fault(line.tokens[0], "There is no time before this.", "Write one, as in  D 08:00.")
        return time(0)
    token = line.next()
    if found := TIME.fullmatch(token.text):
        return time(int(found[1]), int(found[2]))
    if re.fullmatch(r"[+-]\d+(wd)?", token.text):
        what, mend = f"A space stands before {token.text}.", f"Write D{token.text} in one."
        line.fault(token, what, mend)
        return _time(line)
    if not token.text:
        line.fault(
            token, "The line has no time and no message.", "Write it as in  D-7 10:00 headline"
        )
        return time(0)
    early = TIME.fullmatch(f"0{token.text}")
    mend = f"Did you mean 0{token.text}?" if early else "Write hours and minutes, 00:00 to 23:59."
    line.fault(token, f"{quoted(token.text)} is not a time.", mend)
    return time(0)


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
    mend = "Write the first and the last: recommendations 1-3."
    if re.fullmatch(r"[1-9]\d?", numbers.text):
        mend = f"For one write recommendation {numbers.text}."
    line.fault(numbers, f"{quoted(numbers.text)} is not a range.", mend)
    return None


@dataclass(slots=True)
class _Modifiers:
    every: timedelta = timedelta(0)
    on: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    again: bool = False
    places: dict[str, Token] = field(default_factory=dict)


def _modifiers(line: Line, names: Collection[str]) -> _Modifiers:
    modifiers = _Modifiers()
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
        match token.text:
            case "every":
                modifiers.every = _every(line)
            case "on":
                modifiers.on = _names(line, token, names)
            case "except":
                modifiers.excluding = _names(line, token, names)
            case "in":
                modifiers.languages = _names(line, token, line.languages, "a language")
            case _:
                modifiers.again = True
    return modifiers


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
    what = f"{quoted(token.text)} is not a distance in time." if token.text else "How often?"
    line.fault(token, what, "Write every 90m, every 2h or every 1d.")
    return timedelta(0)


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
