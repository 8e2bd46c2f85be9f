"""What the campaign file decides, held against the statement: mistakes, and what is still open."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from campaign.domain.campaign import Campaign
from campaign.domain.decisions import Entry
from campaign.domain.message import excerpt_ref, excerpt_title
from campaign.domain.plan import Planned
from campaign.domain.statement import Excerpt, Kind, Link, Place, Statement
from campaign.errors import CampaignError, Problem
from campaign.preview.names import count


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Something that a person has to decide before scheduling: what, and what to write.

    `aged` is the key it has under `aged:`; `choices` are what may stand there.
    """

    what: str
    mend: str
    aged: str = ""
    choices: str = ""

    def __str__(self) -> str:
        return f"{self.what} {self.mend}"


def misplaced(campaign: Campaign, statements: Sequence[Statement]) -> list[Problem]:
    """Decisions about excerpts and links that the statement does not have."""
    first = statements[0]
    refs = {ref for ref, _ in excerpts_of(first)} | {excerpt_ref(Kind.ROUNDUP, 1)}
    refs |= {f"role {quote.speaker}" for each in statements for quote in each.quotes}
    refs |= {f"fact-{fact.key}" for fact in campaign.decided.facts}
    problems = [
        place.problem(
            f"{first.file} has no {excerpt_title(ref)}.",
            _nearest(excerpt_title(ref), [excerpt_title(one) for one in refs]),
        )
        for ref, place in _named(campaign)
        if ref not in refs
    ]
    problems += _unknown_links(campaign.decided.links.items(), statements)
    return problems + [one for each in statements for one in _misquoted(campaign, each)]


def _named(campaign: Campaign) -> Iterator[tuple[str, Place]]:
    decided = campaign.decided
    yield from ((skip.ref, skip.place) for skip in decided.skips)
    for ref, texts in decided.short.items():
        yield from ((ref, entry.place) for entry in list(texts.values())[:1])
    yield from ((ref, entry.place) for ref, entry in decided.aged.items())
    yield from ((ref, told.place) for ref, told in decided.replaced.items())


def _misquoted(campaign: Campaign, statement: Statement) -> Iterator[Problem]:
    """A short text of a quote stands between quotation marks: it must be a piece of it."""
    for quote in statement.quotes:
        ref = excerpt_ref(Kind.QUOTE, quote.number)
        entry = campaign.decided.short.get(ref, {}).get(statement.language)
        if entry is not None and plain(entry.text).rstrip(",.") not in plain(quote.text):
            yield entry.place.problem(
                f"These are not {quote.speaker}'s words, and would stand in quotation marks.",
                f"Copy one piece of {excerpt_title(ref)} word for word.",
            )


def excerpts_of(statement: Statement) -> Iterator[tuple[str, Excerpt]]:
    """Everything the statement can be quoted with, by ref."""
    yield excerpt_ref(Kind.HEADLINE, 1), statement.headline
    for kind, excerpts in (
        (Kind.FACT, statement.facts),
        (Kind.QUOTE, statement.quotes),
        (Kind.RECOMMENDATION, statement.recommendations),
    ):
        yield from ((excerpt_ref(kind, excerpt.number), excerpt) for excerpt in excerpts)


def _unknown_links(
    links: Iterable[tuple[str, Entry]], statements: Sequence[Statement]
) -> Iterator[Problem]:
    known = [plain(link.text) for each in statements for link in each.missing_links]
    for words, entry in links:
        if words not in known:
            yield entry.place.problem(
                f'No link of {statements[0].file} that goes nowhere reads "{words}".',
                _nearest(words, known),
            )


def _nearest(word: str, valid: Sequence[str]) -> str:
    found = difflib.get_close_matches(word, valid, n=1)
    return f"Did you mean {found[0]}?" if found else "Take the line out."


def plain(text: str) -> str:
    """The words with one space between them."""
    return " ".join(text.split())


def open_links(
    campaign: Campaign, statement: Statement, planned: Sequence[Planned]
) -> tuple[Open, ...]:
    """Links that go nowhere, in words that are posted, without a decision."""
    missing = [link for link in _undecided(campaign, statement) if _is_posted(link, planned)]
    if not missing:
        return ()
    them = "it" if len(missing) == 1 else "them"
    example = f'links: {{"{plain(missing[0].text)}": https://example.org}}'
    mend = f"Add {them} under links:, or write omit, as in  {example}"
    return (Open(what=_nowhere(statement, missing), mend=mend),)


def link_notes(
    campaign: Campaign, statement: Statement, planned: Sequence[Planned]
) -> Iterator[str]:
    """Links that go nowhere, and that no post has."""
    unposted = [link for link in _undecided(campaign, statement) if not _is_posted(link, planned)]
    if unposted:
        yield f"{_nowhere(statement, unposted)} No post has these words."


def unused(campaign: Campaign) -> Iterator[str]:
    """Messages of one's own that no calendar line names."""
    named = {slot.name for slot in campaign.calendar}
    named |= {told.message.name for told in campaign.decided.replaced.values()}
    for message in campaign.decided.messages:
        if message.name not in named:
            yield f"{message.name} stands under messages:, but not on the calendar."


def _undecided(campaign: Campaign, statement: Statement) -> list[Link]:
    decided = campaign.decided.links
    return [link for link in statement.missing_links if plain(link.text) not in decided]


def _nowhere(statement: Statement, links: Sequence[Link]) -> str:
    listed = ", ".join(f'"{plain(link.text)}" ({link.where})' for link in links)
    go = count(len(links), "link goes", "links go")
    return f'{statement.file}: {go} nowhere ("#"): {listed}.'


def _is_posted(link: Link, planned: Sequence[Planned]) -> bool:
    return any(_has(link, one) for one in planned)


def _has(link: Link, planned: Planned) -> bool:
    """Whether a post is made of the words that were the link."""
    message = planned.message
    if message.declared:
        return False
    if link.where == message.title:
        return True
    words = re.escape(plain(link.text))
    return any(re.search(rf"(?<!\w){words}(?!\w)", plain(part.text)) for part in message.parts)


def refuse_open(open_decisions: Sequence[Open]) -> None:
    """Raises CampaignError while something is to be decided."""
    if open_decisions:
        listed = "\n".join(f"? {one}" for one in open_decisions)
        are = count(len(open_decisions), "decision is", "decisions are")
        raise CampaignError(f"{are} open, so nothing was scheduled.\n{listed}")
