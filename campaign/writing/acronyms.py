"""Acronyms the statement defines, spelled out where a message uses them first."""

import re
from collections.abc import Mapping, Sequence


def spell_out(
    pieces: Sequence[str], acronyms: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The pieces of one message, in reading order, and the (source, message) pairs that changed.

    Used once, an acronym gives way to its full name; used again, the name introduces it:
    "Global Compact for Migration (GCM)". A message that has the name already keeps its words.
    """
    done = tuple(pieces)
    pairs = []
    for acronym, name in acronyms.items():
        if not any(acronym in piece for piece in done):
            continue
        pattern = re.compile(rf"(?<![\w#@/.-]){re.escape(acronym)}(?![\w/-]|\.\w)")
        uses = sum(len(pattern.findall(piece)) for piece in done)
        if not uses or any(name.lower() in piece.lower() for piece in done):
            continue
        full = name if uses == 1 else f"{name} ({acronym})"
        where = next(index for index, piece in enumerate(done) if pattern.search(piece))
        spelled = pattern.sub(lambda _, full=full: full, done[where], count=1)  # type: ignore[misc]
        done = (*done[:where], spelled, *done[where + 1 :])
        pairs.append((acronym, full))
    return done, tuple(pairs)
