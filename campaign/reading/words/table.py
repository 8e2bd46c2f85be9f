"""The shape of a language's table: which cues it gives, and what it is without them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from re import Pattern

NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Words:
    """A language's cues. `call` has the group `verb`; `modal` and `label` have `addressees`.

    Cues see a sentence with plain spaces and a plain ":" at its end. `own` are sentences that
    call without such a verb; `papers` are texts that call in their makers' voice;
    `open_end` ends a lead-in that has no colon; `item_call` and `item_position` begin an
    item that has a verb of its own; `ordinal` begins a paragraph of a counted series. `asks` begins
    an item that asks, where the lead-in's own ask is complete; `asking` is an ask in prose.
    `called` reads on behind a call's verb: whom it calls upon (`to`), and, where the verb stands
    first, who calls (`by`). `recommends` tells advice from a call. `body` is how the name of an
    organisation shows where no capitals do; `we` is a verb that says who calls.
    """

    call: Pattern[str]
    own: Pattern[str] = NEVER
    papers: Pattern[str] = NEVER
    to: Pattern[str] = NEVER
    modal: Pattern[str] = NEVER
    called: Pattern[str] = NEVER
    recommends: Pattern[str] = NEVER
    body: Pattern[str] = NEVER
    we: Pattern[str] = NEVER
    label: Pattern[str]
    means: Pattern[str] = NEVER
    open_end: Pattern[str] = NEVER
    announces: Pattern[str] = NEVER
    negative: Pattern[str]
    reason: Pattern[str]
    people: Pattern[str]
    examples: Pattern[str] = NEVER
    commitment: Pattern[str]
    position: Pattern[str]
    recital: Pattern[str]
    item_call: Pattern[str]
    item_position: Pattern[str]
    ordinal: Pattern[str]
    asks: Pattern[str] = NEVER
    asking: Pattern[str] = NEVER
    actor_end: Pattern[str] = NEVER
    voices: Pattern[str] = NEVER
    collective: frozenset[str] = frozenset()
    connectors: frozenset[str] = frozenset()
    article: str = ""
    conjunction: Pattern[str]
    addressee: Pattern[str]
    item_joiner: Pattern[str]
    item_opener: Pattern[str] = NEVER
    gerund: Pattern[str] = NEVER
    not_gerunds: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    imperative_after: Pattern[str] = NEVER
    abbreviations: frozenset[str] = frozenset()
    said: str
    pronouns: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    qualifiers: tuple[str, ...] = ()
    magnitudes: Mapping[str, int] = field(default_factory=dict)
    percent: tuple[str, ...] = ("%",)
    thousands: str = ","
    thousands_too: str = ""
    decimal: str = "."
    uncounted: frozenset[str] = frozenset()
    numbered: Pattern[str] = NEVER
    contact: Pattern[str]
    founded: Pattern[str] = NEVER
    about: Pattern[str]
    mailboxes: frozenset[str] = frozenset()
    expiring: tuple[Pattern[str], ...] = ()
    not_headlines: Pattern[str]
    month: str
    is_named: bool = False
    is_spaced: bool = True
    is_cased: bool = True


def cue(pattern: str) -> Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())
