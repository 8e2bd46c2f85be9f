"""The text around a statement that is the same in all: letterhead, "About us", who to contact."""

from collections.abc import Collection, Iterator, Sequence

from campaign.reading.blocks import Block, Shape
from campaign.reading.sentences import ends_sentence
from campaign.reading.words import Words


def find_boilerplate(
    blocks: Sequence[Block],
    start: int,
    contacts: Collection[int],
    names: Sequence[str],
    words: Words,
) -> tuple[int, ...]:
    """The indexes from `start` on of blocks that are boilerplate; contacts themselves are not."""
    return tuple(_boilerplate(blocks, start, contacts, names, words))


def _boilerplate(
    blocks: Sequence[Block],
    start: int,
    contacts: Collection[int],
    names: Sequence[str],
    words: Words,
) -> Iterator[int]:
    is_about = False
    for index in range(start, len(blocks)):
        block = blocks[index]
        is_about = is_about or bool(words.about.search(block.text))
        is_contact_heading = bool(words.contact.search(block.text)) and block.text.endswith(":")
        if index in contacts:
            if is_contact_heading:
                yield index
        elif is_about or _presents(block, names, words) or _is_letterhead(block):
            yield index


def _presents(block: Block, names: Sequence[str], words: Words) -> bool:
    """The organisation introduces itself: "The Network was established to …"."""
    text = block.flow.lower().removeprefix(words.article)
    bare = [name.lower().removeprefix(words.article) for name in names]
    return any(text.startswith(name) for name in bare) and bool(words.founded.search(block.flow))


def _is_letterhead(block: Block) -> bool:
    lines = block.text.split("\n")
    is_short = all(len(line.split()) <= 6 for line in lines)
    return (
        block.shape is Shape.PARAGRAPH
        and len(lines) > 1
        and is_short
        and not ends_sentence(block.text)
    )
