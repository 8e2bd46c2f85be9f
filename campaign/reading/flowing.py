"""Lists without bullets: run in after a colon, counted (i) (ii), "First, …", single paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from campaign.reading.blocks import Block, Shape
from campaign.reading.lead_in import Voice, classify, plain
from campaign.reading.listing import CALLING, Listing, judged, lead_before
from campaign.reading.sentences import last_sentence, split_sentences
from campaign.reading.words import Words

MARK = re.compile(
    r"(?:(?<=[\s:：；;,，])|^)[（(]([a-h]|[ivx]{1,4}|\d{1,2}|[一二三四五六七八九十])[)）]\s?"
)
FIRSTS = {"a", "i", "1", "一"}
SECONDS = {"b", "ii", "2", "二"}
QUOTED = re.compile(r"\s*[\"“«„「『](.+)[\"”»“」』][.。]?\s*", re.DOTALL)
TITLED = re.compile(r"[^\W\d_a-z][^.:;!?\n]{2,80}[.:!?]\s")
SEMICOLON = re.compile(r"[;；؛]")


def find_flowing(blocks: Sequence[Block], words: Words) -> list[Listing]:
    listings: list[Listing] = []
    index = 0
    while index < len(blocks):
        found = _at(blocks, index, words) if not blocks[index].depth else None
        if found:
            listings.append(found)
        index = found.end if found else index + 1
    return listings


def _at(blocks: Sequence[Block], index: int, words: Words) -> Listing | None:
    if blocks[index].shape is Shape.PARAGRAPH:
        for find in (_counted, _ordered, _run_in):
            found = find(blocks, index, words)
            if found:
                return found
    return _below_lead(blocks, index, words) if index else None


def _counted(blocks: Sequence[Block], index: int, words: Words) -> Listing | None:
    """Paragraphs with (i) … (ii) …, one after the other, below one lead-in or with their own."""
    found = _counted_items(blocks[index], words)
    if found is None:
        return None
    own, items = found
    voice = classify(f"{own.flow.rstrip(' :：')}:", words)
    if own.text and voice in CALLING:
        return Listing(items=tuple(items), lead=own, voice=voice, start=index, end=index + 1)
    lead, voice = lead_before(blocks, index, words)
    if lead is None or not plain(lead.flow).endswith(":") or voice not in CALLING:
        return None
    actors, end = [words.actor_end.sub("", own.tidy)] * len(items), index + 1
    while end < len(blocks) and (found := _counted_items(blocks[end], words)):
        items += found[1]
        actors += [words.actor_end.sub("", found[0].tidy)] * len(found[1])
        end += 1
    return Listing(
        items=tuple(items), lead=lead, voice=voice, start=index, end=end, actors=tuple(actors)
    )


def _counted_items(block: Block, words: Words) -> tuple[Block, list[Block]] | None:
    """The words before (i), and the items, up to the end of the last one's sentence."""
    if block.shape is not Shape.PARAGRAPH or block.depth:
        return None
    marks = list(MARK.finditer(block.text))
    if len(marks) < 2 or marks[0][1] not in FIRSTS or marks[1][1] not in SECONDS:
        return None
    head = block.part(0, marks[0].start())
    if head.text:
        head = last_sentence(head, words)
    ends = [mark.start() for mark in marks[1:]] + [len(block.text)]
    parts = [block.part(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    if not all(part.text for part in parts):
        return None
    parts[-1] = next(split_sentences(parts[-1], words))
    return head, parts


def _ordered(blocks: Sequence[Block], index: int, words: Words) -> Listing | None:
    """A paragraph each for "First, …" and "Second, …", below a lead-in or calls themselves."""
    end = index
    while end < len(blocks) and _is_ordinal(blocks[end], words):
        end += 1
    if end - index < 2:
        return None
    items = tuple(blocks[index:end])
    lead, voice = lead_before(blocks, index, words)
    if voice in CALLING and lead and plain(lead.flow).endswith(":"):
        return Listing(items=items, lead=lead, voice=voice, start=index, end=end)
    voices = {_voice_of_item(item, words) for item in items}
    if len(voices) == 1 and voices <= CALLING:
        return Listing(items=items, lead=lead, voice=voices.pop(), start=index, end=end)
    return None


def _is_ordinal(block: Block, words: Words) -> bool:
    is_paragraph = block.shape is Shape.PARAGRAPH and not block.depth
    return is_paragraph and bool(words.ordinal.match(plain(block.flow)))


def _voice_of_item(item: Block, words: Words) -> Voice:
    first = next(split_sentences(item, words))
    return classify(words.ordinal.sub("", f"{plain(first.flow).rstrip('.')}:", count=1), words)


def _run_in(blocks: Sequence[Block], index: int, words: Words) -> Listing | None:
    """As in "We call on States: to …; to …; and to ….", within one sentence."""
    for sentence in _whole_sentences(blocks[index], words):
        colon = re.search(r"[:：](?=\s|[^\d/\s])", sentence.text)
        rest = sentence.text[colon.end() :] if colon else ""
        if not colon or not SEMICOLON.search(rest):
            continue
        lead = sentence.part(0, colon.end())
        voice = classify(lead.flow, words)
        is_quoted = lead.text.count("“") > lead.text.count("”")
        items = tuple(_split(sentence.part(colon.end())))
        if voice in CALLING and len(items) > 1 and not is_quoted:
            found = Listing(items=items, lead=lead, voice=voice, start=index, end=index + 1)
            return judged(found, words)
    return None


def _whole_sentences(block: Block, words: Words) -> Iterator[Block]:
    """Sentences; one that a new sentence within an item breaks goes on while it has ";"."""
    return split_sentences(block, words)


def _split(block: Block) -> Iterator[Block]:
    start = 0
    for found in SEMICOLON.finditer(block.text):
        part = block.part(start, found.start())
        if part.text:
            yield part
        start = found.end()
    last = block.part(start)
    if last.text:
        yield last


def _below_lead(blocks: Sequence[Block], index: int, words: Words) -> Listing | None:
    """What follows a lead-in without bullets: one paragraph in quotes or bold, a series, titles."""
    before = blocks[index - 1]
    if before.depth or before.shape is not Shape.PARAGRAPH:
        return None
    lead = last_sentence(before, words)
    voice = classify(lead.flow, words)
    text = plain(lead.flow)
    if voice not in CALLING or not (text.endswith(":") or words.open_end.search(text)):
        return None
    below = _before_the_end(blocks[index:], words)
    headings = _headings(below)
    items = headings or _series(below) or _single(blocks[index])
    if not items:
        return None
    end = next(at for at, block in enumerate(blocks) if block is items[-1]) + 1
    items = [_unquoted(item) for item in items]
    is_sure = not headings or all(_is_imperative(item, words) for item in items)
    return Listing(
        items=tuple(items), lead=lead, voice=voice, start=index, end=end, is_sure=is_sure
    )


def _before_the_end(blocks: Sequence[Block], words: Words) -> list[Block]:
    """The blocks above "About us", the contact and the signatures."""
    ends = (words.about, words.contact, words.people, words.label)
    for index, block in enumerate(blocks):
        if any(end.match(plain(block.flow)) for end in ends):
            return list(blocks[:index])
    return list(blocks)


def _headings(blocks: Sequence[Block]) -> list[Block]:
    """Two headings or more, directly below the lead-in, each with its paragraphs."""
    if not blocks or blocks[0].shape is not Shape.HEADING:
        return []
    found = [block for block in blocks if block.shape is Shape.HEADING]
    return found if len(found) > 1 and not any(block.depth for block in blocks) else []


def _is_imperative(heading: Block, words: Words) -> bool:
    """As far as the language's table can tell: no article, no gerund, no lone noun."""
    first, *rest = heading.tidy.split()
    is_verb = first.lower() not in words.determiners and not words.gerund.match(first)
    return bool(words.determiners) and is_verb and len(rest) > 1 and not first.endswith("s")


def _series(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs that end with ";" up to one that does not; or each with a title of its own."""
    found: list[Block] = []
    for block in blocks:
        if block.shape is not Shape.PARAGRAPH or block.depth:
            break
        found.append(block)
        if not re.search(r"[;；؛]\s*\w{0,6}$", block.text):
            break
    if len(found) > 1:
        return found
    titled: list[Block] = []
    for block in blocks:
        if block.shape is not Shape.PARAGRAPH or block.depth or not title_length(block):
            break
        titled.append(block)
    return titled if len(titled) > 1 else []


def title_length(block: Block) -> int:
    """Where a bold, italic or capital run-in title ends; 0 without one."""
    found = TITLED.match(block.text)
    if 0 < block.emphasis < len(block.text.rstrip()) - 1:
        title = block.text[: block.emphasis].strip()
        follows = block.text[block.emphasis :].lstrip()[:1]
        return block.emphasis if title[-1:] in ".:!?" or follows in {":", ".", "–", "—"} else 0
    return found.end() if found and found[0].isupper() else 0


def _single(block: Block) -> list[Block]:
    is_bold = bool(block.text) and block.emphasis >= len(block.text.rstrip(' ."”»“'))
    is_paragraph = block.shape is Shape.PARAGRAPH and not block.depth
    return [block] if is_paragraph and (is_bold or QUOTED.fullmatch(block.text)) else []


def _unquoted(block: Block) -> Block:
    found = QUOTED.fullmatch(block.text)
    return replace(block.part(found.start(1), found.end(1)), emphasis=0) if found else block
