"""A published statement and its excerpts: what the reader found, word for word, with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from campaign.errors import Problem


class Kind(StrEnum):
    """What a post is made of: an excerpt, the statement as a whole, or a message of one's own.

    `THREAD` is all recommendations together.
    """

    HEADLINE = "headline"
    FACT = "fact"
    QUOTE = "quote"
    RECOMMENDATION = "recommendation"
    ROUNDUP = "roundup"
    THREAD = "recommendations-thread"
    MESSAGE = "message"


class Form(StrEnum):
    """How a recommendation begins in the source; FINITE: with a verb of which the caller is the
    subject ("calls on States …").
    """

    GERUND = "gerund"
    IMPERATIVE = "imperative"
    FINITE = "finite"
    OTHER = "other"


class Stance(StrEnum):
    """What a recommendation's lead-in makes of it. `STOP` may never be said without its lead-in."""

    CALL = "call"
    ADVICE = "advice"
    COMMITMENT = "commitment"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a text begins in its file; `line` and `column` count from 1."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def problem(self, what: str, mend: str = "", width: int = 1) -> Problem:
        return Problem(
            where=self.file,
            line=self.line,
            column=self.column,
            width=width,
            what=what,
            mend=mend,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that were a link in the source. A `target` of None leads nowhere.

    `where` is its place in words ("footnote 1", "recommendation 7").
    """

    text: str
    target: str | None
    place: Place
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A verbatim piece of the statement. `number` counts from 1 within its kind."""

    text: str
    place: Place
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline(Excerpt):
    """The statement's title; `opening` is its first sentence, without the dateline."""

    opening: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A note at the foot of a page, and the marker that leads to it."""

    marker: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Excerpt):
    """A sentence with a figure. Qualifier, period and caveat travel with the figure.

    `value` is the figure with its qualifier as printed ("nearly 14,000"); `number_value` the bare
    number. `source` and `caveat` come from its footnote.
    """

    value: str
    number_value: int | float
    qualifier: str | None = None
    footnote: Footnote | None = None
    source: str | None = None
    caveat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Excerpt):
    """Somebody's words, without quotation marks and without the comma before the closing one."""

    speaker: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Excerpt):
    """One thing the statement asks for, without bullet and end mark.

    `title` is its run-in title, part of the text, and `ordinal` what counts it there ("First, ");
    `addressee` who is to act, where the list says so item by item.
    """

    form: Form = Form.OTHER
    links: tuple[Link, ...] = ()
    stance: Stance = Stance.CALL
    title: str | None = None
    ordinal: str = ""
    addressee: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadIn:
    """The sentence before the list: who asks whom, in which words.

    `verb` is the call as printed ("urges"); `ask` what stands between the addressees and
    "including by", where the list says how ("to step up international cooperation …"). `calls` is
    the sentence from the caller on, without its colon, and the same without what is pushed in
    between caller and verb. English parts several addressees; the other
    languages keep them as one phrase, as printed ("aux États et à leurs partenaires").
    """

    text: str
    place: Place
    organisation: str | None = None
    verb: str | None = None
    addressees: tuple[str, ...] = ()
    ask: str | None = None
    calls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Something that must never be posted. `type`: organisation, person, email or phone."""

    type: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement in one language, read.

    `missing_links` lead nowhere; `expiring` are phrases that are true only at one time
    ("next May"); `acronyms` maps each to the full name the statement gives it; `suppressed` are
    the strings, lower case, that no message may contain; `text` is all it says but its contacts;
    `prose_calls` are asks outside lists: offered to a person, never posted unasked.
    """

    file: str
    language: str
    sha256: str
    headline: Headline
    lead_in: LeadIn | None = None
    recommendations: tuple[Recommendation, ...] = ()
    facts: tuple[Fact, ...] = ()
    quotes: tuple[Quote, ...] = ()
    closing: str | None = None
    dateline: str | None = None
    observance: str | None = None
    organisation: str | None = None
    organisation_aliases: tuple[str, ...] = ()
    acronyms: Mapping[str, str] = field(default_factory=dict)
    footnotes: tuple[Footnote, ...] = ()
    missing_links: tuple[Link, ...] = ()
    contacts: tuple[Contact, ...] = ()
    suppressed: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()
    expiring: tuple[str, ...] = ()
    text: str = ""
    prose_calls: tuple[str, ...] = ()
