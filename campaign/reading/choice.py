"""Which lists are the recommendations: one that surely calls, those that were picked, or none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from campaign.errors import ContentError, Problem
from campaign.reading.blocks import Block, Shape
from campaign.reading.flowing import find_flowing
from campaign.reading.lead_in import Voice, parse_call, plain
from campaign.reading.listing import CALLING, Listing, find_bulleted
from campaign.reading.recommendations import item_end
from campaign.reading.words import Words

NEGATIVE = (
    "This sentence leads into a list of what is to be stopped or not done; an item "
    "alone would say the opposite."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A list that a person may pick by its number."""

    number: int
    listing: Listing
    items: tuple[str, ...]

    def __str__(self) -> str:
        lead = self.listing.lead
        line = (lead or self.listing.items[0]).place.line
        words = f"“{_short(lead.tidy)}” " if lead else ""
        count = f"{len(self.items)} items" if len(self.items) > 1 else "1 item"
        return f"{self.number} = line {line}, {words}({count}, the first “{_short(self.items[0])}”)"


class UndecidedError(ContentError):
    """Nobody may guess which of the `candidates` are the recommendations."""

    def __init__(self, problems: Sequence[Problem], candidates: Sequence[Candidate]) -> None:
        super().__init__(problems)
        self.candidates = tuple(candidates)


def find_listings(blocks: Sequence[Block], words: Words) -> list[Listing]:
    """Every list, in the order of the text; where two claim a block, the bulleted one has it."""
    bulleted = find_bulleted(blocks, words)
    taken = {index for listing in bulleted for index in range(listing.start, listing.end)}
    flowing = [
        listing
        for listing in find_flowing(blocks, words)
        if not taken & set(range(listing.start, listing.end))
    ]
    listings = sorted([*bulleted, *flowing], key=lambda listing: listing.start)
    for index in range(1, len(listings)):
        if _is_sibling(listings[index - 1], listings[index]):
            listings[index] = replace(listings[index], voice=listings[index - 1].voice)
    return listings


def _is_sibling(former: Listing, listing: Listing) -> bool:
    """Below "To governments:" a list, below "To donors:" another, led in as the first is."""
    lead = plain(listing.lead.flow) if listing.lead else ""
    is_line = len(lead) < 80 and (
        lead.endswith(":") or (listing.lead is not None and listing.lead.shape is Shape.HEADING)
    )
    is_next = listing.start - former.end == 1
    return is_next and is_line and listing.voice is Voice.UNKNOWN and former.voice in CALLING


def find_candidates(listings: Sequence[Listing], words: Words) -> list[Candidate]:
    """What may be recommendations: lists that call, and those of which the lead-in is not known."""
    found = [listing for listing in listings if _may_call(listing, words)]
    return [
        Candidate(
            number=number,
            listing=listing,
            items=tuple(item.part(0, item_end(item, words)).tidy for item in listing.items),
        )
        for number, listing in enumerate(found, start=1)
    ]


def _may_call(listing: Listing, words: Words) -> bool:
    if listing.voice in CALLING:
        return True
    lead = plain(listing.lead.flow) if listing.lead else ""
    is_unknown = listing.voice is Voice.UNKNOWN and lead.endswith(":")
    return is_unknown and not words.contact.search(lead)


def choose(
    candidates: Sequence[Candidate],
    pick: Sequence[int],
    file: str,
    words: Words,
    *,
    speaks: Callable[[str], bool],
) -> list[Listing]:
    """The lists to take; none where none calls. `speaks` knows the organisation by name.

    Raises UndecidedError where a person has to choose.
    """
    if pick:
        return _picked(candidates, pick, file)
    sure = [one for one in candidates if one.listing.is_sure and one.listing.voice in CALLING]
    problem = _why_undecided(candidates, sure)
    if problem:
        raise UndecidedError([problem], candidates)
    for one in sure:
        call = parse_call(one.listing.lead.flow, words) if one.listing.lead else None
        if call and call.subject and not speaks(call.subject):
            what = f'Here "{call.subject}" calls, not the organisation whose statement this is.'
            mend = f"Lead the list in with the organisation's own call. {_offer(candidates)}"
            raise UndecidedError([_head(one).place.problem(what, mend)], candidates)
    return [one.listing for one in sure]


def _picked(candidates: Sequence[Candidate], pick: Sequence[int], file: str) -> list[Listing]:
    known = {one.number: one.listing for one in candidates}
    wrong = [number for number in pick if number not in known and number != 0]
    if wrong:
        count = f"{len(known)} lists" if len(known) != 1 else "one list"
        what = f"pick names {wrong[0]}, but the statement has {count} to pick from."
        mend = _offer(candidates) if known else "Take pick out of the campaign file."
        raise UndecidedError([Problem(where=file, what=what, mend=mend)], candidates)
    return [known[number] for number in dict.fromkeys(pick) if number]


def _why_undecided(candidates: Sequence[Candidate], sure: Sequence[Candidate]) -> Problem | None:
    negative = [one for one in candidates if one.listing.voice is Voice.NEGATIVE]
    if negative:
        mend = f"Say what is to be done, or take the list out. {_offer(candidates)}"
        return _head(negative[0]).place.problem(NEGATIVE, mend)
    if len(sure) > 1:
        lines = _listed([str(_head(one).place.line) for one in sure])
        what = f"{len(sure)} lists call for something (lines {lines}); a campaign takes one."
        return _head(sure[1]).place.problem(what, _offer(candidates))
    if not sure and candidates:
        what = "No list is surely the recommendations: none is led in by a call that I know."
        return _head(candidates[0]).place.problem(what, _offer(candidates))
    return None


def _offer(candidates: Sequence[Candidate]) -> str:
    numbers = ", ".join(str(one.number) for one in candidates)
    shown = "; ".join(str(one) for one in candidates)
    return (
        f"Choose in the campaign file, with  pick: [{numbers}]  or some of these numbers, or"
        f"  pick: [0]  for none: {shown}."
    )


def check_items(listing: Listing, listings: Sequence[Listing], words: Words) -> Iterator[Problem]:
    """Why an item is not one recommendation, or the list not whole."""
    for item in listing.items:
        is_bulleted = item.bullet or item.depth
        if is_bulleted and (item.depth > listing.items[0].depth or item.shape is not Shape.ITEM):
            what = "This stands inside an item: a list of its own, or a second paragraph."
            mend = "Make each recommendation one item of one paragraph."
            yield item.place.problem(what, mend)
        elif item_end(item, words) == 0:
            what = "This item of the list has no words."
            yield item.place.problem(what, "Write the recommendation, or take the bullet out.")
    last = listing.items[-1]
    follows = [other for other in listings if 0 < other.end - listing.end <= len(other.items) + 1]
    if words.item_joiner.search(last.flow) and (
        not last.flow.endswith((".", ";", "。", "；", "؛"))
        or (last.flow.endswith((";", "；", "؛")) and follows)
    ):
        what = "The list breaks off: its last item announces another one."
        yield last.place.problem(what, "Add the missing item, or end this one with a full stop.")


def _head(candidate: Candidate) -> Block:
    return candidate.listing.lead or candidate.listing.items[0]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()} …"


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
