"""The words by which a language shows what it does: one table per language, data only."""

from collections.abc import Mapping

from campaign.reading.words.ar import ARABIC
from campaign.reading.words.en import ENGLISH
from campaign.reading.words.es import SPANISH
from campaign.reading.words.fr import FRENCH
from campaign.reading.words.ru import RUSSIAN
from campaign.reading.words.table import Words
from campaign.reading.words.zh import CHINESE

__all__ = ["ENGLISH", "WORDS", "Words"]

WORDS: Mapping[str, Words] = {
    "ar": ARABIC,
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "ru": RUSSIAN,
    "zh": CHINESE,
}
