"""What people decide in the campaign file beyond the calendar: own words, links, what is left out.

Each stands with its place, so that a mistake found later points at it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from campaign.domain.statement import Excerpt, Fact, Place

OMIT = "omit"
DATED = "dated"
SKIP = "skip"
SPACING = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A text of the campaign file, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(Excerpt):
    """A message of one's own: words that are not the statement's. `name` is the calendar's."""

    name: str
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMessage:
    """A message under `messages:`, its texts by language."""

    name: str
    texts: Mapping[str, Entry]
    link: str | None = None

    def excerpt(self, number: int, language: str) -> Declared | None:
        entry = self.texts.get(language)
        if entry is None:
            return None
        return Declared(
            text=entry.text, place=entry.place, number=number, name=self.name, link=self.link
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredFact(Fact):
    """A fact of one's own, with its source, in place of the statement's of that number."""

    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFact:
    """A figure under `facts:`. `key` is the number of the fact it replaces or adds, or a name: then
    it only says where a figure comes from.
    """

    key: str
    texts: Mapping[str, Entry]
    source: str
    link: str | None = None
    as_of: date | None = None

    @property
    def caveat(self) -> str:
        """Whose figure it is, and of when: "Missing Migrants Project, 30 November 2026"."""
        if self.as_of is None:
            return self.source
        return f"{self.source}, {self.as_of.day} {self.as_of:%B} {self.as_of.year}"

    def excerpt(self, language: str) -> DeclaredFact | None:
        entry = self.texts.get(language)
        if entry is None or not self.key.isdecimal():
            return None
        return DeclaredFact(
            text=entry.text,
            place=entry.place,
            number=int(self.key),
            value="",
            number_value=0,
            source=self.caveat,
            link=self.link,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An account that may be mentioned: `@key` in one's own words. Without a handle on a network,
    the name is printed there.
    """

    key: str
    name: str
    handles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """An excerpt that is left out, in one language or in all."""

    ref: str
    place: Place
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """The message of one's own that goes out in an excerpt's place, under the excerpt's key."""

    message: OwnMessage
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """`short` maps an excerpt's ref and a language to the text that stands for a thread. `links`
    maps the words of a link that leads nowhere to an address, or to OMIT. `issued` is the
    statement's own date; `aged` says of an excerpt of another year that it is DATED or left out,
    and of "role NAME" the words for an office once held. `replaced` is by ref.
    """

    short: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    skips: tuple[Skip, ...] = ()
    links: Mapping[str, Entry] = field(default_factory=dict)
    messages: tuple[OwnMessage, ...] = ()
    facts: tuple[OwnFact, ...] = ()
    mentions: tuple[Mention, ...] = ()
    spacing: timedelta = SPACING
    issued: date | None = None
    aged: Mapping[str, Entry] = field(default_factory=dict)
    replaced: Mapping[str, Replacement] = field(default_factory=dict)

    def is_silent(self, ref: str, language: str) -> bool:
        """Whether nothing goes out for it in a language. Where its replacement has no text, the
        words that were to be replaced do not go out instead.
        """
        told = self.replaced.get(ref)
        unsaid = told is not None and language not in told.message.texts
        return unsaid or self.is_skipped(ref, language)

    def is_skipped(self, ref: str, language: str | None = None) -> bool:
        """Whether it is left out in a language; without one, whether in all."""
        return any(
            skip.ref == ref and (skip.language is None or skip.language == language)
            for skip in self.skips
        )

    def has_text(self, name: str, language: str) -> bool:
        """Whether a message of one's own has a text in a language."""
        return any(one.name == name and language in one.texts for one in self.messages)

    def declared(self, language: str) -> tuple[Declared, ...]:
        """The messages of one's own that have a text in this language."""
        numbered = enumerate(self.messages, start=1)
        found = (message.excerpt(number, language) for number, message in numbered)
        return tuple(excerpt for excerpt in found if excerpt is not None)

    def in_words(self) -> dict[str, str]:
        """What the audit keeps of them: the file's key, and what stands under it."""
        told = {
            "short": [line for ref, texts in self.short.items() for line in _told(ref, texts)],
            "skip": [f"{skip.language or ''} {skip.ref}".strip() for skip in self.skips],
            "links": [f"{words} = {entry.text}" for words, entry in self.links.items()],
            "facts": [line for one in self.facts for line in _told(one.key, one.texts)],
            "mentions": [mention.key for mention in self.mentions],
            "spacing": [str(self.spacing)] if self.spacing != SPACING else [],
            "issued": [self.issued.isoformat()] if self.issued else [],
            "aged": [f"{ref} = {entry.text}" for ref, entry in self.aged.items()],
            "replace": [f"{ref} = {one.message.name}" for ref, one in self.replaced.items()],
            "messages": [line for one in self.messages for line in _told(one.name, one.texts)],
        }
        return {key: "; ".join(values) for key, values in told.items() if values}


def figures_of(decided: Decisions, language: str) -> list[str]:
    """What `facts:` says, in a language."""
    return [
        f"{fact.texts[language].text} {fact.caveat}"
        for fact in decided.facts
        if language in fact.texts
    ]


def _told(name: str, texts: Mapping[str, Entry]) -> list[str]:
    return [f"{name} ({language}): {entry.text}" for language, entry in texts.items()]
