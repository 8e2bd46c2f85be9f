"""The words by which a language shows what it does: one table per language, data only."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

from campaign.reading.words.table import Words

__all__ = ["WORDS", "Words"]

_TABLES = {
    "ar": "ARABIC",
    "en": "ENGLISH",
    "es": "SPANISH",
    "fr": "FRENCH",
    "ru": "RUSSIAN",
    "zh": "CHINESE",
}


@cache
def _table(language: str) -> Words:
    name = _TABLES[language]
    words: Words = getattr(import_module(f"{__name__}.{language}"), name)
    return words


class _Languages(Mapping[str, Words]):
    """By language. A table has hundreds of patterns, so it is made when it is asked for."""

    def __getitem__(self, language: str) -> Words:
        return _table(language)

    def __iter__(self) -> Iterator[str]:
        return iter(_TABLES)

    def __len__(self) -> int:
        return len(_TABLES)


WORDS: Mapping[str, Words] = _Languages()
