"""A message: an excerpt in the words of one platform and language. A value, never stored."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.domain.statement import Kind, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One visible piece of a message: `body` verbatim, `text` = body and furniture as published.

    `count` is the network's own count of `text`. `card` is a link shown as a card, under
    `card_title`, instead of in the text. The bodies of all parts, joined, are the message's words.
    """

    body: str
    text: str
    count: int
    card: str | None = None
    card_title: str = ""

    def frozen(self, language: str) -> dict[str, object]:
        """The bytes-to-be of the delivery: all that an adapter needs, and all that is approved."""
        frozen: dict[str, object] = {"language": language, "text": self.text}
        if self.card:
            frozen["card"] = self.card
        if self.card and self.card_title:
            frozen["card_title"] = self.card_title
        return frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`converted` lists what the words changed against the source, as (source, message) pairs.

    `name` is that of a message of one's own. `declared`: the words are the campaign file's, not the
    statement's. `framed`: a template wrote all of it, with pieces of the statement inside. `notes`
    say what else happened to the words ("lead shortened").
    """

    kind: Kind
    number: int
    language: str
    platform: str
    place: Place
    parts: tuple[Part, ...]
    limit: int
    unit: str
    converted: tuple[tuple[str, str], ...] = ()
    name: str = ""
    declared: bool = False
    framed: bool = False
    notes: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        return excerpt_ref(self.kind, self.number, self.name)

    @property
    def title(self) -> str:
        return excerpt_title(self.ref)

    @property
    def words(self) -> str:
        return "".join(part.body for part in self.parts)


WHOLE = frozenset((Kind.HEADLINE, Kind.ROUNDUP, Kind.THREAD))  # there is one of each


def excerpt_ref(kind: Kind, number: int, name: str = "") -> str:
    """`recommendation-3`, `headline`, a message's own name: the excerpt's name in keys."""
    if kind is Kind.MESSAGE:
        return name
    return str(kind) if kind in WHOLE else f"{kind}-{number}"


def excerpt_title(ref: str) -> str:
    """`recommendation 3`, `headline`: the excerpt's name on screens and in the campaign file."""
    return re.sub(r"-(?=\d+$)", " ", ref)


_spelling = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def canonical(value: object) -> bytes:
    """JSON in one spelling (RFC 8785 for strings, integers, booleans, null, lists and maps)."""
    return _spelling.encode(value).encode()


def text_hash(bodies: Sequence[str]) -> str:
    """Of the words alone, however they are cut, spaced or dressed: the same text, the same hash."""
    return hashlib.sha256(" ".join("".join(bodies).split()).encode()).hexdigest()


def content_hash(account: Mapping[str, str], bodies: Sequence[Mapping[str, object]]) -> str:
    """Of everything a person approves: which identity says what, in all parts. No time: a move
    keeps it.
    """
    return hashlib.sha256(canonical({"account": account, "parts": bodies})).hexdigest()
