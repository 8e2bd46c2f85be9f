"""The figures and dates of a text, in one spelling, so that two texts can be compared."""

import re
import unicodedata
from collections.abc import Iterator

_MAGNITUDES = (
    "million", "millions", "millones", "millón", "billion", "billions", "thousand", "trillion",
    "milliard", "milliards", "mil", "mille", "миллион", "миллиона", "миллионов", "миллиард",
    "миллиарда", "миллиардов", "тысяч", "тысячи", "тысяча", "مليون", "مليار", "ألف", "万", "亿",
)  # fmt: skip
_PERCENT = ("%", "٪", "per cent", "percent", "pour cent", "por ciento", "процентов")
_UNIT = "|".join(re.escape(unit) for unit in (*_PERCENT, *_MAGNITUDES))
_GROUP = "[\u0020\u00a0\u202f\u2009’'.,٬]"
_NUMBER = re.compile(
    rf"(?<!\d)(?P<whole>\d{{1,3}}(?:{_GROUP}\d{{3}})+(?!\d)|\d+)(?P<rest>[.,٫]\d+)?"
    rf"(?:[\s\u00a0-]*(?P<unit>{_UNIT})(?!\w))?",
    re.IGNORECASE,
)
# One group behind the decimal mark is a decimal: 2.125 million is not 2,125 million. Spanish groups
# with either.
_POINTS = {"fr": ",", "es": ",", "ru": ","}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_TIME = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
_COUNTED_OUT = re.compile(r"https?://\S+|[#@]\w+", re.IGNORECASE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTHS})"
    rf"|(?P<first>{_MONTHS}) (?P<second>\d{{1,2}})(?!\d)"
)


def figures(text: str, language: str = "en") -> dict[str, str]:
    """Each figure in one spelling, and as it is printed. Links, tags and clock times are none."""
    text = _TIME.sub(" ", _COUNTED_OUT.sub(" ", _digits(text)))
    return {_spelling(found, language): found[0].strip() for found in _NUMBER.finditer(text)}


def dates(text: str) -> dict[str, str]:
    """Each day of a month that is named in English, in one spelling, and as it is printed."""
    return dict(_dates(_digits(text)))


def _dates(text: str) -> Iterator[tuple[str, str]]:
    for found in _DATE.finditer(text):
        day, month = found["day"] or found["second"], found["month"] or found["first"]
        yield f"{int(day)} {month}", found[0]


def _digits(text: str) -> str:
    """Digits of every script as 0 to 9; footnote marks (¹) are not figures of the text."""
    return _NOT_ASCII.sub(_ascii_digit, text)


def _ascii_digit(found: re.Match[str]) -> str:
    char = found[0]
    return str(unicodedata.decimal(char)) if char.isdecimal() else "" if char.isdigit() else char


def _spelling(found: re.Match[str], language: str) -> str:
    whole = found["whole"]
    point = _POINTS.get(language, ".")
    is_decimal = re.fullmatch(rf"\d+{re.escape(point)}\d{{3}}", whole) and language != "es"
    whole = whole.replace(point, ".") if is_decimal else re.sub(_GROUP, "", whole)
    rest = (found["rest"] or "").replace(",", ".").replace("٫", ".")
    unit = (found["unit"] or "").lower()
    return f"{whole}{rest}{'%' if unit in _PERCENT else unit}"
