"""A statement in several languages: the same excerpts under the same numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from textwrap import shorten
from typing import TypeVar

from campaign.config.problems import listed
from campaign.domain.campaign import Campaign
from campaign.domain.message import excerpt_ref, excerpt_title
from campaign.domain.plan import Plan, Sign
from campaign.domain.statement import Excerpt, Kind, Statement
from campaign.errors import ContentError, Problem
from campaign.operations.partners import without_partner
from campaign.preview.names import count, language_name

E = TypeVar("E", bound=Excerpt)
BEGINNING = 40  # characters of an excerpt that tell which one is meant


def aligned(campaign: Campaign, statements: Sequence[Statement]) -> list[Statement]:
    """The statements with the first one's numbers. Raises ContentError where counts differ and the
    campaign posts these excerpts in that language.
    """
    first, *others = statements
    problems: list[Problem] = []
    found = [_numbered(campaign, first, other, problems) for other in others]
    if problems:
        raise ContentError(problems)
    return [first, *found]


def _numbered(
    campaign: Campaign, first: Statement, other: Statement, problems: list[Problem]
) -> Statement:
    fact, quote, call = Kind.FACT, Kind.QUOTE, Kind.RECOMMENDATION
    calls = first.recommendations, other.recommendations
    return replace(
        other,
        facts=_aligned(campaign, fact, (first.facts, other.facts), other, problems),
        quotes=_aligned(campaign, quote, (first.quotes, other.quotes), other, problems),
        recommendations=_aligned(campaign, call, calls, other, problems),
    )


def _aligned(
    campaign: Campaign,
    kind: Kind,
    both: tuple[Sequence[Excerpt], Sequence[E]],
    statement: Statement,
    problems: list[Problem],
) -> tuple[E, ...]:
    """Theirs under the numbers of ours; a problem where they do not match and are posted."""
    ours, theirs = both
    language = statement.language
    numbers = [one.number for one in ours]
    told = {int(fact.key) for fact in campaign.decided.facts if fact.excerpt(language)}
    needed = [
        number
        for number in numbers
        if not campaign.decided.is_skipped(excerpt_ref(kind, number), language)
        and not (kind is Kind.FACT and number in told)
    ]
    if len(theirs) == len(numbers):
        return tuple(theirs)
    if len(theirs) == len(needed):
        return tuple(replace(one, number=n) for one, n in zip(theirs, needed, strict=True))
    if any(slot.kind is kind for slot in campaign.calendar):
        wanted = [one for one in ours if one.number in needed]
        problems.append(_unmatched(campaign, kind, wanted, theirs, statement))
    return ()


def _unmatched(
    campaign: Campaign,
    kind: Kind,
    ours: Sequence[Excerpt],
    theirs: Sequence[Excerpt],
    statement: Statement,
) -> Problem:
    first, language = campaign.statement, statement.language
    here, there = language_name(language), language_name(campaign.language)
    counts = f"{count(len(theirs), kind)} here, {len(ours)} in {first}."
    if len(theirs) > len(ours):
        which, _ = _alone(there, here, theirs, ours)
        mend = "Take it out, or name" if len(theirs) - len(ours) == 1 else "Take them out, or name"
        mend += f" {statement.file} first under statement: if it is the fuller."
    else:
        which, numbers = _alone(here, there, ours, theirs)
        one = len(ours) - len(theirs) == 1
        named = ", ".join(f"{kind} {number}" for number in numbers) or f"{kind} N"
        mend = f"Add {'it' if one else 'them'}, or write  skip: {{{language}: [{named}]}}"
        mend += f"  to leave {'it' if one else 'them'} out in {here} only."
    return Problem(
        where=statement.file,
        what=f"{counts} They must match one to one.",
        mend=f"{which} {mend}",
    )


def _alone(
    other: str, own: str, longer: Sequence[Excerpt], shorter: Sequence[Excerpt]
) -> tuple[str, list[int]]:
    """Which have no partner in the `other` language; numbers only where that is clear, as a wrong
    one would give all that follow another's place.
    """
    if not shorter:
        return f"None of them was found in {other}.", []
    places, is_clear = without_partner([e.text for e in longer], [e.text for e in shorter])
    if not is_clear:
        has = "has" if len(longer) - len(shorter) == 1 else "have"
        return f"Which {has} no partner in {other} does not show by itself: compare them.", []
    numbers = [longer[place].number for place in places]
    named = listed([f"{longer[n].number}, {_beginning(longer[n].text)}" for n in places])
    return f"No partner in {other} for {own} {named}.", numbers


def _beginning(text: str) -> str:
    """`“Opening avenues for regular migration…”`"""
    start = shorten(text, BEGINNING, placeholder="…") if " " in text else text[:BEGINNING]
    return f"“{start}”"


def missing(campaign: Campaign) -> Iterator[str]:
    """What accounts and messages would say in a language, and cannot."""
    for account in campaign.accounts:
        without = [one for one in account.speaks if one not in campaign.languages]
        if without:
            names = listed(spoken(without))
            yield f"{account.name} speaks {names}, but statement: has no file in {names}."
    used = {language for account in campaign.accounts for language in account.speaks}
    named = {slot.name for slot in campaign.calendar}
    for message in campaign.decided.messages:
        absent = [one for one in campaign.languages if one in used and one not in message.texts]
        if message.name in named and absent:
            yield f"{message.name} has no text in {listed(spoken(absent))}, so it is left out."
    for ref, told in campaign.decided.replaced.items():
        absent = [one for one in campaign.languages if one not in told.message.texts]
        if absent := [one for one in absent if one in used]:
            yield (
                f"{told.message.name} replaces {excerpt_title(ref)} and has no text in"
                f" {listed(spoken(absent))}: nothing goes out there in its place."
            )


def outdated(plan: Plan) -> Iterator[str]:
    """Excerpts that were edited in one language while another kept its words."""
    edited: dict[str, set[str]] = {}
    kept: dict[str, set[str]] = {}
    for change in plan.changes:
        post = change.after.post if change.after else change.stored.post
        if change.sign is Sign.CHANGE and change.stored.post.text_hash != post.text_hash:
            edited.setdefault(post.excerpt_ref, set()).add(post.language)
        elif change.sign in {Sign.SAME, Sign.MOVE, Sign.CHANGE}:
            kept.setdefault(post.excerpt_ref, set()).add(post.language)
    for ref, languages in edited.items():
        if others := sorted(kept.get(ref, set()) - languages):
            verb = "was" if len(others) == 1 else "were"
            edits, rest = listed(spoken(sorted(languages))), listed(spoken(others))
            yield (
                f"{excerpt_title(ref)} was edited in {edits}; {rest} {verb} not. Do they still say"
                " the same?"
            )


def spoken(languages: Iterable[str]) -> list[str]:
    return [language_name(language) for language in languages]
