"""Which excerpts of one language have no partner in another, told by their lengths."""

from collections.abc import Sequence
from itertools import combinations
from math import comb, log

MOST = 2_000  # ways to leave some out that are still looked at
CLEAR = 0.45  # how much better than the second-best way, for each one that is left out


def without_partner(longer: Sequence[str], shorter: Sequence[str]) -> tuple[list[int], bool]:
    """The places in `longer` that are most likely without a partner, and whether that is clear.

    Nothing where there are too many ways to tell.
    """
    missing = len(longer) - len(shorter)
    if not shorter or missing < 1 or comb(len(longer), missing) > MOST:
        return [], False
    costs = sorted(
        (_cost([text for n, text in enumerate(longer) if n not in left], shorter), left)
        for left in combinations(range(len(longer)), missing)
    )
    best, left = costs[0]
    return list(left), costs[1][0] - best > CLEAR * missing


def _cost(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """How ill the lengths of the pairs go together, in the ratio of the two languages."""
    ratio = sum(map(len, theirs)) / sum(map(len, ours))
    pairs = zip(ours, theirs, strict=True)
    return sum(abs(log(len(other) / (len(one) * ratio))) for one, other in pairs)
