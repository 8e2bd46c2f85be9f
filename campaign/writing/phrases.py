"""Our own words around the statement's, by language, and the United Nations' house style."""

import re
from collections.abc import Sequence
from types import MappingProxyType

from campaign.domain.statement import LeadIn, Statement
from campaign.writing import frames

OUR_STATEMENT = MappingProxyType({
    "en": "Our statement",
    "fr": "Notre déclaration",
    "es": "Nuestra declaración",
    "ru": "Наше заявление",
    "zh": "我们的声明",
})  # fmt: skip

_OUR_DATED = MappingProxyType({
    "en": "Our {} statement",
    "fr": "Notre déclaration de {}",
    "es": "Nuestra declaración de {}",
    "ru": "Наше заявление {} года",
    "ar": "بياننا لعام {}",
    "zh": "我们{}年的声明",
})  # fmt: skip

_QUOTATION_MARKS = MappingProxyType({
    "ar": ("«", "»"),
    "es": ("«", "»"),
    "fr": ("«\u00a0", "\u00a0»"),
    "ru": ("«", "»"),
})  # fmt: skip
_COLONS = MappingProxyType({"fr": "\u00a0:", "zh": "："})
_COMMAS = MappingProxyType({"ar": "، ", "zh": "，"})
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})
_FULL_STOPS = MappingProxyType({"zh": "。", "ja": "。", "ur": "۔", "hi": "।"})
_ENDINGS = ".!?…。！？؟۔।"

# The style manual's capitals, for our own sentences; the statement's keep theirs.
_HOUSE_STYLE = (
    (re.compile(r"\bmember states\b"), "Member States"),
    (re.compile(r"\bstates parties\b"), "States parties"),
    (re.compile(r"\bstates\b"), "States"),
)


def quotation_marks(language: str) -> tuple[str, str]:
    return _QUOTATION_MARKS.get(language, ("“", "”"))


def colon(language: str) -> str:
    """With the space that French wants before it."""
    return _COLONS.get(language, ":")


def comma(language: str) -> str:
    """With the space behind it."""
    return _COMMAS.get(language, ", ")


def reads_right_to_left(language: str) -> bool:
    return language in _RIGHT_TO_LEFT


def full_stop(text: str, language: str) -> str:
    """What is missing at the end of a sentence: a full stop, or nothing."""
    return "" if text.rstrip('”»"’)').endswith(tuple(_ENDINGS)) else _FULL_STOPS.get(language, ".")


def addressees(lead_in: LeadIn | None, language: str) -> str:
    """Who is called upon, as it stands behind "call to": "States", "aux États"."""
    names = lead_in.addressees if lead_in else ()
    if not names:
        return ""
    if language == "ru":
        return frames.russian_call(lead_in.verb or "" if lead_in else "", names[0])
    if language != "en":
        return frames.addressed(", ".join(names), language)
    *first, last = names
    return in_house_style(f"{', '.join(first)} and {last}" if first else last)


def in_house_style(text: str) -> str:
    for pattern, styled in _HOUSE_STYLE:
        text = pattern.sub(styled, text)
    return text


def inside(name: str) -> str:
    """A name within a sentence: "The United States" as "the United States"."""
    return name[:1].lower() + name[1:] if name.startswith("The ") else name


def caller(lead_in: LeadIn | None) -> str:
    """Who calls, with its article as printed: "the UN Network on Migration"; else "we" or ""."""
    if lead_in is None:
        return ""
    if lead_in.organisation:
        pattern = rf"(?:\bthe )?{re.escape(lead_in.organisation)}"
        match = re.search(pattern, lead_in.text, re.IGNORECASE)
        name = match.group() if match else lead_in.organisation
        return inside(name)
    speaks = re.search(rf"\bwe {re.escape(lead_in.verb or '')}", lead_in.text, re.IGNORECASE)
    return "we" if speaks else ""


def source_name(statement: Statement) -> str:
    """How the source signs: its shortest name that stands alone, "UN Network on Migration"."""
    names = [
        name
        for name in (*statement.organisation_aliases, statement.organisation)
        if name and " " in name and not name.lower().startswith("the ")
    ]
    return min(names, key=len) if names else statement.organisation or ""


def our_statement(language: str, year: int | None, *, brief: bool = False) -> str:
    """What the link leads to. `year` is given where it is not the day's."""
    if year is None:
        return OUR_STATEMENT.get(language, "")
    if brief and language == "en":
        return f"From {year}"
    return _OUR_DATED.get(language, "{}").format(year)


def occasion(day: str, year: int, language: str) -> str:
    """`International Migrants Day 2026`; "" without a day."""
    return (f"{year}年{day}" if language == "zh" else f"{day} {year}") if day else ""


def past(verb: str) -> str:
    """English: "urges" as urged, "calls on" as called on."""
    first, space, rest = verb.partition(" ")
    stem = first.removesuffix("s")
    return f"{stem}{'d' if stem.endswith('e') else 'ed'}{space}{rest}" if verb else ""


def hashtag_line(hashtags: Sequence[str]) -> str:
    return " ".join(f"#{tag}" for tag in hashtags)
