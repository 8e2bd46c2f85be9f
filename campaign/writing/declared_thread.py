"""All recommendations as one thread: an opener, then a part for each, and more for a long one.

The limit of parts for one text does not hold here: a person asked for the thread.
"""

from collections.abc import Iterable
from dataclasses import replace

from campaign.domain.measure import Network
from campaign.writing import fitting
from campaign.writing.dressing import Draft, Found

BETWEEN = "\n\n"
COUNTER = " 99/99"  # room for the widest, as the number of parts is not known yet


def as_declared_thread(drafts: Iterable[Draft], network: Network) -> Found | None:
    """The first draft whose every recommendation fits, whole or cut at its clauses."""
    for draft in drafts:
        opener = replace(draft, head=draft.head.rstrip())
        pieces = _pieces(opener, network)
        if pieces and network.measure.fits(opener.dressed("", 0, len(pieces))):
            return opener, pieces
    return None


def _pieces(draft: Draft, network: Network) -> tuple[str, ...]:
    """The opener's empty one, and those of each recommendation; none where one does not fit."""
    calls = draft.body.split(BETWEEN)
    found = [""]
    for call in calls[:-1]:
        found += _cut(f"{call}{BETWEEN}", "", network)
    found += _cut(calls[-1], draft.tail, network)
    enough = "".join(found) == draft.body
    return tuple(found) if enough else ()


def _cut(call: str, tail: str, network: Network) -> tuple[str, ...]:
    for count in range(1, fitting.MAX_PARTS + 1):

        def fits(index: int, piece: str, count: int = count) -> bool:
            end = tail if index == count - 1 else ""
            return network.measure.fits(f"{piece.strip()}{end}{COUNTER}")

        if count == 1 and fits(0, call):
            return (call,)
        if count > 1 and (pieces := fitting.split(call, count, fits)):
            return pieces
    return ()
