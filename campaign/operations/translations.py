"""A statement in several languages: the same excerpts under the same numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from campaign.config.problems import listed
from campaign.domain.campaign import Campaign
from campaign.domain.message import excerpt_ref, excerpt_title
from campaign.domain.plan import Plan, Sign
from campaign.domain.statement import Excerpt, Kind, Statement
from campaign.errors import ContentError, Problem
from campaign.preview.names import language_name

E = TypeVar("E", bound=Excerpt)


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
        problems.append(_unmatched(campaign, kind, len(needed), len(theirs), statement))
    return ()


def _unmatched(
    campaign: Campaign, kind: Kind, needed: int, there: int, statement: Statement
) -> Problem:
    first, language = campaign.statement, statement.language
    noun = f"{kind}{'' if there == 1 else 's'}"
    skip = f"skip: {{{language}: [{kind} {needed}]}}"
    mend = f"Add it, or write  {skip}  to leave one out in {language} only."
    if there > needed:
        mend = f"Take one out, or name {statement.file} first under statement: if it is the fuller."
    return Problem(
        where=statement.file,
        what=f"{there} {noun} here, {needed} in {first}. They must match one to one.",
        mend=mend,
    )


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
