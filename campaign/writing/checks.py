"""What no post may contain: what the statement says in confidence, and invisible controls."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

# Text direction overrides and isolates, tags, other controls, lone surrogates, noncharacters: they
# change what a reader sees without being seen.
_INVISIBLE = re.compile(
    "[\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\x00-\x08\x0b-\x1f"
    "\x7f-\x9f\U000e0000-\U000e007f]"
)
_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)(?:[\s./()+_–—-]|(?:\(0\)))+(?=\d)")


def faults(text: str, suppressed: Sequence[str]) -> list[str]:
    """Sentences that say what is wrong with a post's text; empty when nothing is."""
    found = controls(text)
    plain = _plain(text)
    digits = _BETWEEN_DIGITS.sub("", plain)
    secret = _found(plain, digits, tuple(suppressed))
    if secret is not None:
        found.append(f'The text holds "{secret}", which the statement gives as a contact only.')
    return found


def controls(text: str) -> list[str]:
    """Sentences on invisible characters; a text with them cannot be counted either."""
    return [
        f"The text holds an invisible control character, U+{ord(character):04X}."
        for character in sorted(set(_INVISIBLE.findall(text)))
    ]


def _found(plain: str, digits: str, suppressed: tuple[str, ...]) -> str | None:
    """The first of the secrets that a text holds. One search says for nearly all that none is."""
    any_words, any_number = _any_of(suppressed)
    if not any_words.search(plain) and not any_number.search(digits):
        return None
    return next(secret for secret in suppressed if _holds(plain, digits, secret))


@cache
def _any_of(suppressed: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    needles = [_needles(secret) for secret in suppressed]
    never = r"(?!)"
    words = "|".join(re.escape(word) for word, _ in needles if word)
    numbers = "|".join(number for _, number in needles if number)
    return re.compile(words or never), re.compile(numbers or never)


def _holds(plain: str, digits: str, secret: str) -> bool:
    words, number = _needles(secret)
    return (words != "" and words in plain) or (number != "" and number in digits)


@cache
def _needles(secret: str) -> tuple[str, str]:
    """What to look for: the words and, for a telephone number, its digits without prefix."""
    words = _plain(secret)
    number = re.sub(r"\D", "", words)
    is_number = len(number) >= 7 and not re.search(r"[^\W\d_]", words)
    return words, number[-9:] if is_number else ""


def _plain(text: str) -> str:
    """The text as it would be read aloud: one kind of digit, letter, hyphen and space."""
    text = _ZERO_WIDTH.sub("", unicodedata.normalize("NFKC", text)).casefold()
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    return " ".join(_NOT_ASCII.sub(_ascii_digit, text).split())


def _ascii_digit(found: re.Match[str]) -> str:
    return str(unicodedata.digit(found[0])) if found[0].isdigit() else found[0]
