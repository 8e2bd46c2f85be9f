"""Cutting a text at its clauses so that every part fits. Nothing is dropped, nothing is added."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise

MAX_PARTS = 4
MAX_CHOICES = 20_000  # of one rank; only texts of hundreds of clauses have more

Fits = Callable[[int, str], bool]

# Better places first.
_SENTENCE, _SEMICOLON, _CLAUSE, _RELATIVE, _COMMA = range(5)
_CLAUSE_OPENER = re.compile(
    r"(?:while|including|and thus|in order to|without|except|unless|subject to|provided that|"
    r"tout en|y compris|notamment|afin d|sauf|mientras|incluid[oa]|incluyendo|a fin de|sin que|"
    r"в том числе|включая|чтобы|بما في ذلك|من أجل|包括|以便)"
)
_RELATIVE_OPENER = re.compile(
    r"(?:with|which|whose|who|whom|where|that|[a-z]{2,}ing|avec|qui|dont|où|con|que|quien|"
    r"[a-zé]{2,}(?:ant|ando|iendo)|котор\w+|где)\b"
)
_BREAK = re.compile(
    r"\n+|(?P<end>[.!?…]+[”»\"’)]*|[;؛؟]|[,،])(?P<space> +|\n+)|(?P<wide>[。！？；，、])"
)
_ABBREVIATION = re.compile(r"(?:\b(?:No|Nos|Mr|Mrs|Ms|Dr|St|vs|cf|e\.g|i\.e|[A-Z])|\.[A-Za-z])$")
_OPENING, _CLOSING = "([{“«„「『", ")]}”»」』"


@dataclass(frozen=True, slots=True)
class Cut:
    """A place between two characters where a text may be parted."""

    at: int
    rank: int


def split(text: str, count: int, fits: Fits) -> tuple[str, ...] | None:
    """The text in exactly `count` pieces that fit, or None.

    The weakest cut decides, then the sum of ranks, then balance. `fits(index, piece)` is asked for
    pieces as they stand, the space after a cut included.
    """
    cuts = tuple(cut_points(text))
    for weakest in sorted({cut.rank for cut in cuts}):
        usable = tuple(cut for cut in cuts if cut.rank <= weakest)
        choices = islice(_choices(text, usable, count, fits), MAX_CHOICES)
        best = min(choices, key=lambda choice: _cost(choice, len(text)), default=None)
        if best is not None:
            marks = (0, *(cut.at for cut in best), len(text))
            return tuple(text[start:end] for start, end in pairwise(marks))
    return None


def _cost(choice: Sequence[Cut], size: int) -> tuple[int, int]:
    lengths = [end - start for start, end in pairwise((0, *(cut.at for cut in choice), size))]
    return sum(cut.rank for cut in choice), max(lengths) - min(lengths)


def _choices(text: str, cuts: Sequence[Cut], count: int, fits: Fits) -> Iterator[tuple[Cut, ...]]:
    """Every way to choose `count - 1` cuts so that all pieces fit."""
    marks = (0, *(cut.at for cut in cuts), len(text))

    @cache
    def ends(index: int, start: int) -> tuple[int, ...]:
        """Where piece `index` may end when it starts at mark `start`, and the rest still fits."""
        if index == count - 1:
            return (len(marks) - 1,) if fits(index, text[marks[start] :]) else ()
        found = []
        for end in range(start + 1, len(marks) - 1):
            if not fits(index, text[marks[start] : marks[end]]):
                break
            if ends(index + 1, end):
                found.append(end)
        return tuple(found)

    def choose(index: int, start: int) -> Iterator[tuple[Cut, ...]]:
        for end in ends(index, start):
            if index == count - 1:
                yield ()
            else:
                yield from ((cuts[end - 1], *rest) for rest in choose(index + 1, end))

    return choose(0, 0)


def cut_points(text: str) -> Iterator[Cut]:
    """Where the text may be parted: after punctuation and its space, outside brackets, quotes,
    numbers and names. Links, mentions and hashtags hold no such place.
    """
    outside = _outside(text)
    for match in _BREAK.finditer(text):
        at = match.end()
        before, after = text[: match.start()], text[at:]
        if before.strip() and after.strip() and outside[at]:
            rank = _rank(match, before, after)
            if rank is not None:
                yield Cut(at, rank)


def _rank(match: re.Match[str], before: str, after: str) -> int | None:
    mark = match["end"] or match["wide"]
    if mark is None or mark in "。！？؟":
        return _SENTENCE
    if mark[0] in ".!?…":
        return None if after[0].islower() or _ABBREVIATION.search(before) else _SENTENCE
    if mark in ";؛；":
        return _SEMICOLON
    if _in_number(before, after) or _in_name(before, after):
        return None
    if _CLAUSE_OPENER.match(after):
        return _CLAUSE
    return _RELATIVE if _RELATIVE_OPENER.match(after) else _COMMA


def _in_number(before: str, after: str) -> bool:
    return before[-1].isdigit() and after[0].isdigit()


def _in_name(before: str, after: str) -> bool:
    """A comma between two capitals may be part of a name ("for Safe, Orderly and Regular")."""
    return before.rsplit(maxsplit=1)[-1][0].isupper() and after[0].isupper()


def _outside(text: str) -> list[bool]:
    """For each place, whether it stands outside all brackets and quotation marks."""
    depth, straight, places = 0, False, [True]
    for character in text:
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character == '"':
            straight = not straight
        places.append(depth == 0 and not straight)
    return places
