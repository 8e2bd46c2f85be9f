"""A block's sentences, each with its place; an abbreviation's full stop ends none."""

import re
from collections.abc import Iterator

from campaign.reading.blocks import Block
from campaign.reading.words import Words

END = re.compile(r"""[.!?…؟]["”’»)\]]*(?=\s)|[。！？]["”’」』）]*""")
NEXT = re.compile(r"""\s*["“«‘(\[„「『¿¡]?\s*([^\W_])""")
LAST_WORD = re.compile(r"[\w.]{1,12}$")
STOPPED = re.compile(r"""[.!?…:;。！？：；؟؛]["”’»)\]」』）]*$""")


def split_sentences(block: Block, words: Words) -> Iterator[Block]:
    start = 0
    for found in END.finditer(block.text):
        if not _begins(block.text, found.end()):
            continue
        if found[0] == "." and _is_abbreviation(block.text, found.start(), words):
            continue
        yield block.part(start, found.end())
        start = found.end()
    if block.text[start:].strip():
        yield block.part(start)


def _begins(text: str, position: int) -> bool:
    """Whether a sentence can begin here: with a letter that is not a small one, or a digit."""
    following = NEXT.match(text, position)
    return following is not None and not following[1].islower()


def first_sentence(block: Block, words: Words) -> Block:
    return next(split_sentences(block, words))


def last_sentence(block: Block, words: Words) -> Block:
    *_, last = split_sentences(block, words)
    return last


def _is_abbreviation(text: str, stop: int, words: Words) -> bool:
    """Whether this is the stop of "No." or "U.S.", or of a name's initial."""
    found = LAST_WORD.search(text, max(0, stop - 12), stop)
    if found is None:
        return False
    word = found[0].lower()
    return word in words.abbreviations or (len(word) == 1 and word.isalpha() and word != "i")


def ends_sentence(text: str) -> bool:
    return bool(STOPPED.search(text.rstrip()))
