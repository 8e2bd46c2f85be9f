"""A statement of another year: what was true then, and what to decide before saying it again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from campaign.config.problems import listed
from campaign.domain.campaign import Campaign
from campaign.domain.message import excerpt_ref, excerpt_title
from campaign.domain.plan import Planned
from campaign.domain.statement import Excerpt, Fact, Kind, Quote, Recommendation, Statement
from campaign.operations.decisions import Open, excerpts_of

YEAR = timedelta(days=366)


def open_ages(
    campaign: Campaign, statement: Statement, planned: Sequence[Planned]
) -> Iterator[Open]:
    """One for each posted figure, quote, phrase and role of another year without a decision."""
    issued, aged = campaign.decided.issued, campaign.decided.aged
    if issued is None or not campaign.is_aged:
        return
    refs = posted(planned)
    excerpts = {ref: one for ref, one in excerpts_of(statement) if ref in refs}
    if str(Kind.THREAD) in refs:
        excerpts |= _together(campaign, statement)
    for ref, excerpt in excerpts.items():
        reason = _reason(excerpt, statement, issued.year)
        if reason and ref not in aged:
            title = excerpt_title(ref)
            mend = f"Write under aged:  {title}: dated  or  {title}: skip"
            mend += " ; or give a figure of today under facts:" if isinstance(excerpt, Fact) else ""
            yield Open(
                what=f"{title} {reason}, and you publish in {campaign.day.year}.",
                mend=mend,
                aged=title,
                choices="dated | skip",
            )
    if campaign.day - issued > YEAR:
        yield from _roles(excerpts.values(), campaign, issued.year)


def _together(campaign: Campaign, statement: Statement) -> dict[str, Excerpt]:
    """The recommendations that a thread of all is made of."""
    skipped, calls = campaign.decided.is_skipped, statement.recommendations
    refs = {excerpt_ref(Kind.RECOMMENDATION, call.number): call for call in calls}
    return {ref: call for ref, call in refs.items() if not skipped(ref, statement.language)}


def _reason(excerpt: Excerpt, statement: Statement, year: int) -> str:
    match excerpt:
        case Fact():
            return f'says "{excerpt.value}", a figure of {year}'
        case Quote():
            return f"is what {excerpt.speaker} said in {year}"
    phrase = next((one for one in statement.expiring if one in excerpt.text), None)
    return f'says "{phrase}", which was true in {year}' if phrase else ""


def _roles(excerpts: Iterable[Excerpt], campaign: Campaign, year: int) -> Iterator[Open]:
    seen: set[str] = set()
    for quote in excerpts:
        if not isinstance(quote, Quote) or not quote.role or quote.speaker in seen:
            continue
        seen.add(quote.speaker)
        key = f"role {quote.speaker}"
        if key not in campaign.decided.aged:
            yield Open(
                what=f"{quote.speaker} was {quote.role} in {year}.",
                mend=f'Write under aged:  {key}: "then …"  with the office.',
                aged=key,
                choices="then …",
            )


def aged_notes(
    campaign: Campaign, statement: Statement, planned: Sequence[Planned]
) -> Iterator[str]:
    """What is left out by itself; and a date that is missing."""
    refs = posted(planned)
    if campaign.decided.issued is None:
        texts = [one.text for ref, one in excerpts_of(statement) if ref in refs]
        phrase = next((one for one in statement.expiring if any(one in t for t in texts)), None)
        if phrase:
            yield (
                f'"{phrase}" is true only at one time. Write the date of {statement.file} itself,'
                f" as in  issued: {campaign.day}"
            )
    elif campaign.is_aged:
        opening = statement.headline.opening or ""
        phrase = next((one for one in statement.expiring if one in opening), None)
        if phrase and "headline" in refs:
            yield f'The opening sentence says "{phrase}", so no post has it.'
        yield from _unsaid(statement, planned)
        if statement.closing and "roundup" in refs:
            yield "The statement's closing sentence is of another year, so no post has it."


def _unsaid(statement: Statement, planned: Sequence[Planned]) -> Iterator[str]:
    """Phrases of the statement that are over, and stand in no post."""
    refs = posted(planned)
    parts = [part.text for one in planned for part in one.message.parts]
    all_of_them = refs & {str(Kind.THREAD), str(Kind.ROUNDUP)}
    sources = [  # before an acronym in them was spelled out
        one.text
        for ref, one in excerpts_of(statement)
        if ref in refs or (all_of_them and isinstance(one, Recommendation))
    ]
    said = " ".join(" ".join([*parts, *sources]).split())
    paragraphs = statement.text.split("\n")
    found = {
        phrase: number
        for number, paragraph in enumerate(paragraphs, 1)
        for phrase in statement.expiring
        if phrase in paragraph and phrase not in said
    }
    if found:
        listed_ones = listed([f'"{phrase}" (paragraph {n})' for phrase, n in found.items()])
        have, them = ("has", "it") if len(found) == 1 else ("have", "them")
        yield f"{listed_ones} {have} passed; no post says {them}."


def posted(planned: Sequence[Planned]) -> set[str]:
    """The excerpts that are posted in the statement's own words."""
    return {one.message.ref for one in planned if not one.message.declared}
