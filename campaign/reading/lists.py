"""The list of recommendations among all lists; with none, several or a negative one it stops."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from campaign.domain.statement import Form, LeadIn, Recommendation
from campaign.errors import Problem
from campaign.reading.blocks import Block, Shape
from campaign.reading.lead_in import Voice, classify, parse_call
from campaign.reading.sentences import split_sentences
from campaign.reading.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list with the sentence before it. `end` is the index of the block after its last item."""

    items: tuple[Block, ...]
    lead: Block | None
    voice: Voice
    end: int


def find_listings(blocks: Sequence[Block], words: Words) -> list[Listing]:
    listings: list[Listing] = []
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and blocks[end].depth:
            end += 1
        if end > start:
            lead = _lead(blocks[start - 1], words) if start else None
            voice = classify(lead.flow, words) if lead else Voice.UNKNOWN
            items = tuple(blocks[start:end])
            listings.append(Listing(items=items, lead=lead, voice=voice, end=end))
        start = end + 1
    return listings


def _lead(block: Block, words: Words) -> Block:
    *_, last = split_sentences(block, words)
    return last


def check_listings(
    listings: Sequence[Listing], file: str, words: Words, *, speaks: Callable[[str], bool]
) -> Iterator[Problem]:
    """Why there is not exactly one list that calls; `speaks` knows the organisation by name."""
    calls = [listing for listing in listings if listing.voice is Voice.CALL]
    for listing in listings:
        if listing.voice is Voice.NEGATIVE:
            what = (
                "This sentence leads into a list of what is to be stopped or not done; an item "
                "alone would say the opposite."
            )
            yield _problem(file, listing, what, "Say what is to be done, or take the list out.")
    negative = any(listing.voice is Voice.NEGATIVE for listing in listings)
    if not calls and not negative:
        yield _none_found(listings, file)
    if len(calls) > 1:
        lines = _listed([str(_line(listing)) for listing in calls])
        what = f"{len(calls)} lists call for something (lines {lines}); a campaign takes one."
        yield _problem(file, calls[1], what, "Keep one as a list, and make the others paragraphs.")
    if len(calls) == 1:
        yield from _check_call(calls[0], listings, file, words, speaks)


def _none_found(listings: Sequence[Listing], file: str) -> Problem:
    what = "No list of recommendations found"
    if listings:
        seen = [f"line {_line(listing)}: {listing.voice}" for listing in listings[:5]]
        what += f": not one of the lists is led in by a call ({'; '.join(seen)})."
    else:
        what += ": the statement has no bulleted or numbered list."
    mend = (
        "Put the recommendations into a bulleted list, below a sentence that says who calls on "
        'whom and ends in a colon ("We call on States to:").'
    )
    return Problem(where=file, what=what, mend=mend)


def _check_call(
    listing: Listing,
    listings: Sequence[Listing],
    file: str,
    words: Words,
    speaks: Callable[[str], bool],
) -> Iterator[Problem]:
    call = parse_call(listing.lead.flow, words) if listing.lead else None
    if call and call.subject and not speaks(call.subject):
        what = f'Here "{call.subject}" calls, not the organisation whose statement this is.'
        yield _problem(file, listing, what, "Lead the list in with the organisation's own call.")
    for item in listing.items:
        if item.depth > 1 or item.shape is not Shape.ITEM:
            what = "This stands inside an item: a list of its own, or a second paragraph."
            mend = "Make each recommendation one item of one paragraph."
            yield _at(file, item, what, mend)
        elif _end(item, words) == 0:
            what = "This item of the list has no words."
            yield _at(file, item, what, "Write the recommendation, or take the bullet out.")
    last = listing.items[-1]
    next_list = [other for other in listings if 0 < other.end - listing.end <= len(other.items) + 1]
    if words.item_joiner.search(last.flow) and (
        not last.flow.endswith((".", ";")) or (last.flow.endswith(";") and next_list)
    ):
        what = "The list breaks off: its last item announces another one."
        yield _at(file, last, what, "Add the missing item, or end this one with a full stop.")


def read_recommendations(listing: Listing, words: Words) -> tuple[Recommendation, ...]:
    return tuple(
        Recommendation(
            text=item.part(0, _end(item, words)).flow,
            place=item.place,
            number=number,
            form=_form(item.flow, listing.lead.flow if listing.lead else "", words),
            links=tuple(replace(link, where=f"recommendation {number}") for _, link in item.links),
        )
        for number, item in enumerate(listing.items, start=1)
    )


def read_lead_in(listing: Listing, words: Words) -> LeadIn | None:
    call = parse_call(listing.lead.flow, words) if listing.lead else None
    if listing.lead is None or call is None:
        return None
    return LeadIn(
        text=listing.lead.flow,
        place=listing.lead.place,
        organisation=call.subject,
        verb=call.verb or None,
        addressees=call.addressees,
        ask=call.ask,
    )


def _end(item: Block, words: Words) -> int:
    """Where the item ends without "; and" or its full stop; an abbreviation keeps its own."""
    text = item.flow.rstrip()
    if text.lower().rstrip(".").rpartition(" ")[2] in words.abbreviations:
        return len(text)
    found = words.item_joiner.search(text)
    return found.start() if found else len(text)


def _form(text: str, lead: str, words: Words) -> Form:
    first = text.split(maxsplit=1)[0].strip(",;:")
    if words.gerund.fullmatch(first) and first.lower() not in words.not_gerunds:
        return Form.GERUND
    if words.imperative_after.search(lead) and first.lower() not in words.determiners:
        return Form.IMPERATIVE
    return Form.OTHER


def _line(listing: Listing) -> int:
    return (listing.lead or listing.items[0]).place.line


def _problem(file: str, listing: Listing, what: str, mend: str) -> Problem:
    return _at(file, listing.lead or listing.items[0], what, mend)


def _at(file: str, block: Block, what: str, mend: str) -> Problem:
    return Problem(
        where=file, what=what, mend=mend, line=block.place.line, column=block.place.column
    )


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
