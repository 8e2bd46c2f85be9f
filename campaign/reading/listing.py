"""Lists with the sentence before them: bulleted ones here, those in running text in `flowing`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from campaign.reading.blocks import Block, Shape
from campaign.reading.lead_in import Voice, classify, parse_call, plain
from campaign.reading.readers.typed import marker_kind
from campaign.reading.sentences import last_sentence
from campaign.reading.words import Words

CALLING = {Voice.CALL, Voice.COMMITMENT, Voice.NEGATIVE}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list with the sentence before it.

    `start` and `end` are the indexes of its first block and of the block after its last. Without
    `is_sure` nobody may take it for the recommendations unasked. `actors` say, item by item, who
    is to act, where the list does.
    """

    items: tuple[Block, ...]
    lead: Block | None
    voice: Voice
    start: int
    end: int
    is_sure: bool = True
    actors: tuple[str, ...] = ()


def lead_before(blocks: Sequence[Block], start: int, words: Words) -> tuple[Block | None, Voice]:
    """The sentence that leads in a list, looked for above a heading or a short line too."""
    if not start:
        return None, Voice.UNKNOWN
    lead = last_sentence(blocks[start - 1], words)
    voice = classify(lead.flow, words)
    is_line = blocks[start - 1].shape is Shape.HEADING or len(lead.text) < 80
    if voice is Voice.UNKNOWN and is_line and start > 1 and not blocks[start - 2].depth:
        above = last_sentence(blocks[start - 2], words)
        other = classify(above.flow, words)
        is_near = plain(above.flow).endswith(":") or words.label.fullmatch(plain(above.flow))
        if other in CALLING and is_near:
            return above, other
    return lead, voice


def find_bulleted(blocks: Sequence[Block], words: Words) -> list[Listing]:
    listings: list[Listing] = []
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and blocks[end].depth:
            end += 1
        if end > start:
            listings += _in_run(blocks, start, end, words)
        start = end + 1
    return _continued(listings)


def _in_run(blocks: Sequence[Block], start: int, end: int, words: Words) -> Iterator[Listing]:
    """The run itself, and each list below an item of it that makes a call of its own."""
    own: list[int] = []
    index = start
    while index < end:
        below = _below(blocks, index, end, words)
        if below > index + 1:
            yield _judged(blocks, list(range(index + 1, below)), words)
        else:
            own.append(index)
        index = below
    if own:
        yield _judged(blocks, own, words)


def _below(blocks: Sequence[Block], index: int, end: int, words: Words) -> int:
    """The index after the items that an item's own call leads in; else the next one."""
    lead = blocks[index]
    text = plain(lead.flow)
    if not text.endswith(":") or classify(text, words) not in CALLING:
        return index + 1
    after = index + 1
    while after < end and _is_deeper(blocks[after], lead):
        after += 1
    return after


def _is_deeper(item: Block, lead: Block) -> bool:
    kinds = [marker_kind(block.bullet + " x") for block in (item, lead)]
    return item.depth > lead.depth or (item.depth == lead.depth and kinds[0] != kinds[1])


def _judged(blocks: Sequence[Block], indexes: Sequence[int], words: Words) -> Listing:
    start, end = indexes[0], indexes[-1] + 1
    items = tuple(blocks[index] for index in indexes)
    lead, voice = lead_before(blocks, start, words)
    listing = Listing(items=items, lead=lead, voice=voice, start=start, end=end)
    return judged(listing, words)


def judged(listing: Listing, words: Words) -> Listing:
    """What the items say about the lead-in: verbs of their own, names only, plain reasons."""
    if listing.voice not in CALLING:
        own = _with_own_verbs(listing, words)
        if own:
            return own
    if listing.voice is Voice.CALL and listing.lead:
        lead = plain(listing.lead.flow)
        is_open = words.open_end.search(lead.rstrip(":"))
        if not is_open and _are_names(listing.items, words):
            return replace(listing, voice=Voice.PEOPLE)
        return replace(listing, is_sure=_leads_surely(listing, lead, words))
    return listing


def _with_own_verbs(listing: Listing, words: Words) -> Listing | None:
    """Of "The Network: - condemns …; - calls on …" only the items that call."""
    texts = [plain(item.flow) for item in listing.items]
    calls = tuple(
        item for item, text in zip(listing.items, texts, strict=True) if words.item_call.match(text)
    )
    rest = [text for text in texts if not words.item_call.match(text)]
    if not calls or len(listing.items) < 2:
        return None
    is_sure = all(words.item_position.match(text) for text in rest)
    return replace(listing, items=calls, voice=Voice.CALL, is_sure=is_sure)


def _are_names(items: Sequence[Block], words: Words) -> bool:
    """Signatories below "we call for …:"; each word of theirs begins with a capital."""
    if not words.is_cased or len(items) < 2:
        return False
    return sum(_is_name(item.tidy, words) for item in items) > len(items) / 2


def _is_name(text: str, words: Words) -> bool:
    parts = re.findall(r"[^\W\d_][\w’'.-]*", text)
    known = words.connectors | words.particles
    return (
        1 < len(parts) <= 12
        and not text.isupper()
        and all(part[0].isupper() or part in known for part in parts)
    )


def _leads_surely(listing: Listing, lead: str, words: Words) -> bool:
    """A colon, a label or "the following"; and no ask that is complete before plain reasons."""
    is_open = (
        lead.endswith(":")
        or words.label.fullmatch(lead)
        or words.announces.search(lead)
        or words.open_end.search(lead)
    )
    if not is_open:
        return False
    call = parse_call(lead, words)
    found = words.call.search(lead)
    if not call or not found or words.means.search(lead) or words.announces.search(lead):
        return True
    is_complete = len(re.findall(r"\w+", lead[found.end() :])) >= 5
    if not is_complete or words.open_end.search(lead.rstrip(":").rstrip()):
        return True
    asking = sum(bool(words.asks.match(item.tidy)) for item in listing.items)
    return words.asks.pattern == r"(?!)" or asking * 2 >= len(listing.items)


def _continued(listings: Sequence[Listing]) -> list[Listing]:
    """Numbers that go on after a paragraph or two are one list."""
    whole: list[Listing] = []
    for listing in listings:
        former = whole[-1] if whole else None
        if former and _goes_on(former, listing):
            whole[-1] = replace(former, items=former.items + listing.items, end=listing.end)
        else:
            whole.append(listing)
    return whole


def _goes_on(former: Listing, listing: Listing) -> bool:
    before, after = _number(former.items[-1].bullet), _number(listing.items[0].bullet)
    is_near = 0 <= listing.start - former.end <= 3
    return is_near and before is not None and after == before + 1 and listing.voice not in CALLING


def _number(bullet: str) -> int | None:
    digits = re.search(r"\d+", bullet)
    if digits:
        return int(digits[0])
    letter = re.fullmatch(r"\(?([a-z])[.)]", bullet)
    return LETTERS.index(letter[1]) + 1 if letter else None
