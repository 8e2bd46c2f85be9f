"""Hashtags that screen readers can read: one capital for each word."""

import re
from collections.abc import Sequence


def camel_case(tag: str, text: str) -> str | None:
    """`migrantsday` as MigrantsDay, where the text has both words; None when all is well."""
    if not tag.isascii() or not tag.islower() or not tag.isalpha():
        return None
    known = {word.lower(): word for word in re.findall(r"[A-Za-z]{2,}", text)}
    words = _parted(tag, sorted(known, key=len, reverse=True))
    return "".join(word.capitalize() for word in words) if words and len(words) > 1 else None


def _parted(tag: str, words: Sequence[str]) -> list[str] | None:
    """The tag as a row of known words; None when it is none."""
    best: list[list[str] | None] = [[], *[None] * len(tag)]
    for end in range(1, len(tag) + 1):
        for word in words:
            before = best[end - len(word)] if len(word) <= end else None
            if before is not None and tag.endswith(word, 0, end):
                row = [*before, word]
                if best[end] is None or len(row) < len(best[end] or ()):
                    best[end] = row
    return best[-1]
