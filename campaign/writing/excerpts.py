"""Which excerpts a campaign can post: the statement's, without what is left out or replaced."""

from collections.abc import Sequence
from dataclasses import replace

from campaign.domain.campaign import Campaign
from campaign.domain.decisions import Entry
from campaign.domain.message import excerpt_ref
from campaign.domain.statement import Excerpt, Form, Kind, Recommendation, Statement
from campaign.writing.declared_thread import BETWEEN


def excerpts_of(
    campaign: Campaign, statement: Statement, calls: Sequence[str]
) -> dict[Kind, dict[int, Excerpt]]:
    """By kind and number. `calls` are the recommendations that are posted, in their words."""
    place = statement.lead_in.place if statement.lead_in else statement.headline.place
    together = BETWEEN.join(f"{n}. {call}" for n, call in enumerate(calls, start=1))
    found: dict[Kind, Sequence[Excerpt]] = {
        Kind.HEADLINE: [statement.headline],
        Kind.FACT: _facts(campaign, statement),
        Kind.QUOTE: statement.quotes,
        Kind.RECOMMENDATION: statement.recommendations,
        Kind.ROUNDUP: [Excerpt(text="", place=place)],
        Kind.THREAD: [Excerpt(text=together, place=place)] if calls else [],
        Kind.MESSAGE: campaign.decided.declared(statement.language),
    }
    return {
        kind: {
            one.number: _replaced(campaign, kind, one, statement.language)
            for one in excerpts
            if not campaign.decided.is_silent(excerpt_ref(kind, one.number), statement.language)
        }
        for kind, excerpts in found.items()
    }


def _replaced(campaign: Campaign, kind: Kind, excerpt: Excerpt, language: str) -> Excerpt:
    """The message of one's own in the excerpt's place, under its number."""
    told = campaign.decided.replaced.get(excerpt_ref(kind, excerpt.number))
    if kind is Kind.MESSAGE or told is None:
        return excerpt
    return told.message.excerpt(excerpt.number, language) or excerpt


def _facts(campaign: Campaign, statement: Statement) -> list[Excerpt]:
    """The statement's, those under `facts:` in their place or behind them."""
    facts: dict[int, Excerpt] = {fact.number: fact for fact in statement.facts}
    for own in campaign.decided.facts:
        if excerpt := own.excerpt(statement.language):
            facts[excerpt.number] = excerpt
    return [facts[number] for number in sorted(facts)]


def shortened(excerpt: Excerpt, entry: Entry) -> Excerpt:
    """The excerpt with a text of one's own, at that text's place."""
    if isinstance(excerpt, Recommendation):
        return replace(excerpt, text=entry.text, place=entry.place, form=Form.OTHER)
    return replace(excerpt, text=entry.text, place=entry.place)
