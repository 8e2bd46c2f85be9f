"""Characters on a terminal or a page: how wide, which way, and which of them hide."""

import re
import unicodedata
from collections.abc import Iterator

# Controls, bidi overrides and isolates, zero-width spaces, tags: they can make a text look other
# than it is. Joiners and plain direction marks are spelling in some scripts and stay.
HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
# Han, kana and full-width forms break anywhere; other words at spaces that may break only.
_WIDE, _HARD = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef", "\u00a0\u2007\u202f"
_TOKEN = re.compile(f"[^\\S{_HARD}]+|[{_WIDE}]|(?:[^\\s{_WIDE}]|[{_HARD}])+")


def name_hidden(character: str) -> str:
    """`[U+202E]`, to stand for a character that cannot be seen."""
    return f"[U+{ord(character):04X}]"


def reveal(text: str) -> str:
    """The text with its hidden characters named, safe to print."""
    return HIDDEN.sub(lambda match: name_hidden(match[0]), text)


def is_right_to_left(text: str) -> bool:
    """As dir=auto decides: by the first character that has a direction of its own."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((d for d in directions if d in {"L", "R", "AL"}), "L") != "L"


def columns(text: str) -> int:
    """How many terminal columns a text takes."""
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns. Only a word wider than that is cut."""
    lines, line = [], ""
    for token in _tokens(text, width):
        if line and columns(line + token.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += token if line else token.lstrip()
    return [*lines, line.rstrip()]


def _tokens(text: str, width: int) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        token = match[0]
        yield from (token,) if columns(token) <= width else token
