"""Attributed speech: the words between quotation marks, over several paragraphs if need be."""

import re
from collections.abc import Iterator, Sequence

from campaign.domain.statement import Quote
from campaign.reading.blocks import Block, joined
from campaign.reading.sentences import first_sentence, last_sentence
from campaign.reading.speakers import Speaker, speaker_after, speaker_before
from campaign.reading.words import Words

SPOKEN = re.compile(
    r"“([^“”]+)”|«([^«»]+)»|\"([^\"“”]+)\"|„([^„“”]+)[“”]|「([^「」]+)」|『([^『』]+)』"
)
PAIRS = {"“": "”", "«": "»", "「": "」", "『": "』"}


def find_quotes(paragraphs: Sequence[Block], words: Words) -> tuple[Quote, ...]:
    """Quotes with a speaker; "he added" is the one before. The rest are not anybody's yet."""
    quotes: list[Quote] = []
    former: Speaker | None = None
    for paragraph in _whole(paragraphs):
        start = 0
        for begin, end, stop in _spoken(paragraph):
            speaker = _speaker(paragraph, (start, begin - 1, stop), former, words)
            start = stop
            if speaker is None:
                continue
            former = speaker
            said = paragraph.part(begin, end)
            quotes.append(
                Quote(
                    text=said.tidy.removesuffix(",").removesuffix("，"),
                    place=said.place,
                    number=len(quotes) + 1,
                    speaker=speaker.name,
                    role=speaker.role,
                )
            )
    return tuple(quotes)


def _whole(paragraphs: Sequence[Block]) -> Iterator[Block]:
    """A quote that each new paragraph opens again, and only the last one closes, in one piece."""
    parts: list[Block] = []
    for paragraph in paragraphs:
        mark = _unclosed(parts[-1]) if parts else None
        if mark and paragraph.text.startswith(mark):
            parts[-1] = joined([parts[-1], paragraph.part(1)], glue=" ")
            continue
        yield from parts
        parts = [paragraph]
    yield from parts


def _unclosed(paragraph: Block) -> str | None:
    """The mark of a quote that the paragraph opens and does not close."""
    for mark, end in PAIRS.items():
        if paragraph.text.rfind(mark) > paragraph.text.rfind(end):
            return mark
    return None


def _spoken(paragraph: Block) -> Iterator[tuple[int, int, int]]:
    """Where words are said, and where their closing mark ends.

    Straight marks do not tell open from closed: an odd one makes all of them doubtful.
    """
    if paragraph.text.count('"') % 2:
        return
    for found in SPOKEN.finditer(paragraph.text):
        group = found.lastindex or 1
        yield found.start(group), found.end(group), found.end()
    mark = _unclosed(paragraph)
    if mark and paragraph.text.count(mark) == paragraph.text.count(PAIRS[mark]) + 1:
        end = len(paragraph.text)
        yield paragraph.text.rfind(mark) + 1, end, end


def _speaker(
    paragraph: Block, span: tuple[int, int, int], former: Speaker | None, words: Words
) -> Speaker | None:
    """Who says it: named behind the quote, or else before it. `span` is text before, and end."""
    start, begin, stop = span
    rest = paragraph.part(stop)
    if rest.text:
        sentence = first_sentence(rest, words).flow
        if SPOKEN.search(sentence):
            return None
        if sentence.endswith((".", "!", "?", "。", "؟", "！")):
            found = speaker_after(sentence.rstrip(".!?。؟！"), former, words)
            if found:
                return found
    before = paragraph.part(start, begin)
    if not before.text:
        return None
    return speaker_before(last_sentence(before, words).flow, former, words)
