"""The chosen lists as recommendations: their words without bullet and end mark, and who acts."""

from collections.abc import Sequence
from dataclasses import replace

from campaign.domain.statement import Form, LeadIn, Recommendation, Stance
from campaign.reading.blocks import Block
from campaign.reading.calls import words_of_call
from campaign.reading.flowing import title_length
from campaign.reading.lead_in import Voice, parse_call, plain
from campaign.reading.listing import Listing
from campaign.reading.words import Words

STANCES = {Voice.COMMITMENT: Stance.COMMITMENT, Voice.NEGATIVE: Stance.STOP}


def read_recommendations(listings: Sequence[Listing], words: Words) -> tuple[Recommendation, ...]:
    found: list[Recommendation] = []
    for listing in listings:
        for index, item in enumerate(listing.items):
            actor = listing.actors[index] if listing.actors else None
            found.append(_recommendation(item, listing, actor, len(found) + 1, words))
    return tuple(found)


def _recommendation(
    item: Block, listing: Listing, actor: str | None, number: int, words: Words
) -> Recommendation:
    item = item.part(0, item_end(item, words))
    opener = words.item_opener.match(item.text) if not item.depth else None
    if opener:
        item = item.part(opener.end())
    title = item.text[: title_length(item)].strip(" .:–—")
    return Recommendation(
        text=item.tidy,
        place=item.place,
        number=number,
        form=_form(item.flow, listing.lead.flow if listing.lead else "", words),
        links=tuple(replace(link, where=f"recommendation {number}") for _, link in item.links),
        stance=_stance(listing, words),
        title=title or None,
        ordinal=_ordinal(item.tidy, words),
        addressee=actor or None,
    )


def _ordinal(text: str, words: Words) -> str:
    found = words.ordinal.match(text)
    return found[0] if found else ""


def _stance(listing: Listing, words: Words) -> Stance:
    stance = STANCES.get(listing.voice, Stance.CALL)
    lead = plain(listing.lead.flow) if listing.lead else ""
    call = parse_call(lead, words)
    advises = call and words.recommends.search(call.verb or lead)
    return Stance.ADVICE if advises and stance is Stance.CALL else stance


def read_lead_in(listing: Listing, words: Words, organisation: str | None) -> LeadIn | None:
    if listing.lead is None:
        return None
    call = parse_call(listing.lead.flow, words)
    return LeadIn(
        text=listing.lead.flow,
        place=listing.lead.place,
        organisation=call.caller if call else None,
        verb=(call.verb or None) if call else None,
        addressees=call.addressees if call else (),
        ask=call.ask if call else None,
        calls=words_of_call(listing.lead.flow, words, organisation),
    )


def item_end(item: Block, words: Words) -> int:
    """Where the item ends without "; and" or its full stop; an abbreviation keeps its own."""
    text = item.flow.rstrip()
    if text.lower().rstrip(".").rpartition(" ")[2] in words.abbreviations:
        return len(text)
    found = words.item_joiner.search(text)
    return found.start() if found else len(text)


def _form(text: str, lead: str, words: Words) -> Form:
    if not parse_call(lead, words) and words.item_call.match(plain(text)):
        return Form.FINITE
    first = next(iter(text.split()), "").strip(",;:")
    if words.gerund.fullmatch(first) and first.lower() not in words.not_gerunds:
        return Form.GERUND
    if words.imperative_after.search(lead) and first.lower() not in words.determiners:
        return Form.IMPERATIVE
    return Form.OTHER
