"""What people decide in the campaign file beyond the calendar: own words, links, what is left out.

Each stands with its place, so that a mistake found later points at it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from campaign.domain.statement import Excerpt, Place

OMIT = "omit"


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
class Skip:
    """An excerpt that is left out, in one language or in all."""

    ref: str
    place: Place
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """`short` maps an excerpt's ref and a language to the text that stands for a thread. `links`
    maps the words of a link that leads nowhere to an address, or to OMIT.
    """

    short: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    skips: tuple[Skip, ...] = ()
    links: Mapping[str, Entry] = field(default_factory=dict)
    messages: tuple[OwnMessage, ...] = ()

    def is_skipped(self, ref: str, language: str | None = None) -> bool:
        """Whether it is left out in a language; without one, whether in all."""
        return any(
            skip.ref == ref and (skip.language is None or skip.language == language)
            for skip in self.skips
        )

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
            "messages": [line for one in self.messages for line in _told(one.name, one.texts)],
        }
        return {key: "; ".join(values) for key, values in told.items() if values}


def _told(name: str, texts: Mapping[str, Entry]) -> list[str]:
    return [f"{name} ({language}): {entry.text}" for language, entry in texts.items()]
