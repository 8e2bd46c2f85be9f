"""Words and furniture: a message in one piece, and the same in parts that fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.domain.measure import Network
from campaign.writing import fitting
from campaign.writing.context import Pairs


@dataclass(frozen=True, slots=True)
class Draft:
    """A message in one piece: furniture, the excerpt's words, furniture.

    `notes` say what is shorter. `framed`: the template has no place for the words and wrote all
    itself.
    """

    head: str
    body: str
    tail: str
    converted: Pairs
    notes: tuple[str, ...] = ()
    framed: bool = False

    @property
    def text(self) -> str:
        return self.head + self.body + self.tail

    def dressed(self, piece: str, index: int, count: int) -> str:
        """Part `index` of `count` as published. Spaces at a cut are not shown."""
        head = self.head if index == 0 else ""
        tail = self.tail if index == count - 1 else ""
        return f"{head}{piece.strip()}{tail} {index + 1}/{count}"


Found = tuple[Draft, tuple[str, ...]]


def as_one(drafts: Iterable[Draft], network: Network) -> Found | None:
    for draft in drafts:
        if network.measure.fits(draft.text):
            return draft, (draft.body,)
    return None


def as_thread(drafts: Sequence[Draft], network: Network) -> Found | None:
    """Fewest parts first, then the fullest furniture."""
    if not network.threads:
        return None
    for count in range(2, fitting.MAX_PARTS + 1):
        for draft in drafts:

            def fits(index: int, piece: str, draft: Draft = draft, count: int = count) -> bool:
                return network.measure.fits(draft.dressed(piece, index, count))

            pieces = fitting.split(draft.body, count, fits)
            if pieces:
                return draft, pieces
    return None
