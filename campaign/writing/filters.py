"""The filters a template may use. None makes a text much longer than what it is given."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

MAX_OUTPUT = 64 * 1024

_NAMES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty
"""
_WORDS = _NAMES.split()


def words(number: int) -> str:
    """7 → seven. Above twenty figures read better."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)


def sentence(text: object) -> str:
    """The first letter capital, the rest untouched: states → States, GCM stays GCM."""
    string = str(text)
    return string[:1].upper() + string[1:]


def join(pieces: Sequence[object], between: str = "") -> str:
    """A list as one text, within what a template may write."""
    if isinstance(pieces, str):
        raise TypeError("join takes a list, not a text")
    texts = [str(piece) for piece in pieces]
    if sum(map(len, texts)) + len(between) * len(texts) > MAX_OUTPUT:
        raise TypeError(f"join would write more than {MAX_OUTPUT:,} characters")
    return between.join(texts)


def upper(text: object) -> str:
    return str(text).upper()


def lower(text: object) -> str:
    return str(text).lower()


def length(value: Sequence[object]) -> int:
    return len(value)


FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType({
    "join": join,
    "length": length,
    "lower": lower,
    "sentence": sentence,
    "upper": upper,
    "words": words,
})  # fmt: skip
