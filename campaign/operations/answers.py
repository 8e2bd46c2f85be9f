"""What a person answers to `init`, read at once: understood, or refused with what to write."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from campaign.config.accounts import is_handle
from campaign.config.day import find_observance, near_observances, not_held, split_day
from campaign.config.problems import listed, quoted
from campaign.config.statement_file import LANGUAGE
from campaign.config.times import read_date
from campaign.config.zone import dated_from, is_zone, nearest_zone
from campaign.domain.statement import Statement
from campaign.domain.web_address import fault_of
from campaign.errors import UsageError
from campaign.platforms.counting import NETWORKS
from campaign.reading.observances import load_observances


class NotUnderstoodError(UsageError):
    """An answer that cannot be used; `guess` is what was probably meant."""

    def __init__(self, sentence: str, guess: str | None = None) -> None:
        super().__init__(sentence)
        self.guess = guess


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The day as the campaign file's line, with an id and a title made from it."""

    line: str
    id: str
    title: str


def read_day(text: str) -> Day:
    """An observance by name or id with its year, or a date. Raises NotUnderstoodError."""
    text = " ".join(text.split())
    if day := read_date(text):
        title = f"Campaign of {day.day} {day:%B %Y}"
        return Day(line=f"date: {text}", id=f"campaign-{text}", title=title)
    observances = load_observances()
    name, year = split_day(text)
    observance = find_observance(name, observances)
    if observance is None:
        close = near_observances(name, observances)
        meant = f" Did you mean {listed(close, 'or')}?" if close else ""
        raise NotUnderstoodError(
            f"{quoted(text)} is not a day we know.{meant} Any other day is written as a date:"
            " 2026-12-18."
        )
    if year is None or not 2000 <= int(year) < 2100:
        wrong = "The year is missing" if year is None else f"{year} is not in this century"
        raise NotUnderstoodError(f"{wrong}. Write it behind the name: {observance.id} 2026")
    if observance.date_in(int(year)) is None:
        raise NotUnderstoodError(" ".join(not_held(observance, int(year))))
    initials = "".join(word[0] for word in observance.id.split("-"))
    return Day(
        line=f"day: {observance.id} {year}",
        id=f"{initials}-{year}",
        title=f"{observance.name('en')} {year}",
    )


def guess_day(statement: Statement, today: date) -> str | None:
    """The observance the statement names, the next time it comes."""
    observance = load_observances().get(statement.observance or "")
    if observance is None:
        return None
    this_year = observance.date_in(today.year)
    if this_year is not None and this_year >= today:
        return f"{observance.id} {today.year}"
    return f"{observance.id} {observance.years_around(today.year)[-1]}"


def read_zone(text: str) -> str:
    """The name of a city's zone. Raises NotUnderstoodError, with the city that was meant."""
    text = text.strip()
    if is_zone(text):
        return text
    meant = nearest_zone(text)
    mend = f"Did you mean {meant}?" if meant else "Name a city, as in Europe/Zurich."
    raise NotUnderstoodError(f"{quoted(text)} is not a time zone name. {mend}", meant)


def guess_zone(statement: Statement) -> str | None:
    found = dated_from(f"{statement.dateline} – ") if statement.dateline else None
    return found[1] if found else None


def read_link(text: str) -> str | None:
    """A web address, or none for an empty answer. Raises NotUnderstoodError."""
    text = text.strip()
    fault = fault_of(text) if text else None
    if fault:
        raise NotUnderstoodError(
            f"{quoted(text)} {fault}. Write all of it: https://example.org/statement"
        )
    return text or None


def read_accounts(pairs: Sequence[str]) -> dict[str, str]:
    """`platform=handle` pairs, one a platform. Raises NotUnderstoodError."""
    accounts: dict[str, str] = {}
    for pair in pairs:
        platform, _, handle = pair.partition("=")
        handle = handle.strip().removeprefix("@")
        if platform not in NETWORKS:
            raise NotUnderstoodError(
                f"{quoted(platform)} is not a network we know. Write network=name, as in"
                f" outbox=press-office. Networks: {', '.join(NETWORKS)}."
            )
        if not is_handle(handle):
            raise NotUnderstoodError(
                f"{quoted(pair)} does not say the account's name. Write {platform}=your-name"
            )
        if platform in accounts:
            raise NotUnderstoodError(
                f"Here, one account a network: {platform} is named twice. More can be added in"
                " campaign.yaml afterwards."
            )
        accounts[platform] = handle
    if not accounts:
        raise NotUnderstoodError("A campaign needs at least one account: outbox=press-office")
    return accounts


def read_language(text: str) -> str:
    """Raises NotUnderstoodError for what is no language code."""
    if not LANGUAGE.fullmatch(text):
        raise NotUnderstoodError(
            f"{quoted(text)} is not a language code. Write two letters: en, fr, es, ar, ru, zh."
        )
    return text


def guess_language(name: str) -> str:
    """`fr` for statement.fr.md; English where the name does not say."""
    found = re.fullmatch(rf".*\.({LANGUAGE.pattern})\.\w+", name)
    return found[1] if found else "en"
