"""Problems as people read them: the nearest valid word, quoted values, the caret under the line."""

import difflib
import textwrap
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from campaign.errors import Problem

WIDTH = 100  # of a screen, where nobody says another
ALIASES = {  # what people call networks
    "twitter": "x",
    "fb": "facebook",
    "insta": "instagram",
    "bsky": "bluesky",
    "masto": "mastodon",
}
GUTTER = 16  # of a source line: its number, the bar, and some air


def nearest(word: str, valid: Iterable[str], count: int = 1) -> list[str]:
    """The valid words most like `word`, best first; none when nothing comes near."""
    if len(word) > 80:
        return []
    by_lower = {candidate.lower(): candidate for candidate in valid}
    found = difflib.get_close_matches(word.lower(), by_lower, n=count, cutoff=0.6)
    return [by_lower[lower] for lower in found]


def did_you_mean(word: str, valid: Collection[str], otherwise: str = "") -> str:
    """The nearest word as a question, or else `otherwise`."""
    known_as = ALIASES.get(word.lower())
    found = [known_as] if known_as in valid else nearest(word, valid)
    return f"Did you mean {found[0]}?" if found else otherwise


def listed(words: Collection[str], last: str = "and") -> str:
    """`a, b and c`."""
    *first, final = words or ("",)
    return f"{', '.join(first)} {last} {final}" if first else final


def printable(text: str) -> str:
    """The text with a dot for each character that is invisible or moves the cursor."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else "·" for char in text)


def quoted(value: object) -> str:
    """A value from the file, safe and short enough to stand in a sentence."""
    text = printable(str(value))
    return f'"{text if len(text) <= 60 else text[:59] + "…"}"'


def render(problems: Sequence[Problem], *, title: str = "", width: int = WIDTH) -> str:
    """All problems, numbered, each with its line and a caret. Counts come first."""
    files = list(dict.fromkeys(problem.where for problem in problems))
    blocks = [heading(", ".join(files[:3]), title, len(problems), width=width)]
    blocks += numbered(problems, width)
    return "\n\n".join(blocks)


def heading(files: str, title: str, count: int, to_decide: int = 0, *, width: int = WIDTH) -> str:
    """Which files, and how much is wrong with them."""
    head = " · ".join(part for part in (files, title) if part)
    counts = f"{count or 'no'} problem" + ("" if count == 1 else "s")
    counts += f", {to_decide} to decide" if to_decide else ""
    return f"{head:<{max(width - 1 - len(counts), 0)}} {counts}"


def numbered(problems: Sequence[Problem], width: int = WIDTH) -> list[str]:
    return [_block(number, problem, width) for number, problem in enumerate(problems, start=1)]


def _block(number: int, problem: Problem, width: int) -> str:
    place = f"{problem.where}:{problem.line}" if problem.line else problem.where
    place += f":{problem.column}" if problem.line and problem.column else ""
    head = f"{number:>2}  {place}  {problem.what}"
    mend = problem.mend
    if mend and "\n" not in mend and len(head) + len(mend) < width:
        head, mend = f"{head} {mend}", ""
    lines = [head if len(head) <= width else _wrapped(head, width)]
    if problem.line and problem.column and problem.excerpt is not None:
        lines += _caret(
            problem.line, problem.column, problem.excerpt, problem.width, width - GUTTER
        )
    lines += [_wrapped("    " + line, width) for line in mend.splitlines()]
    return "\n".join(lines)


def _wrapped(text: str, width: int) -> str:
    return textwrap.fill(
        text,
        width,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )


def _caret(line: int, column: int, excerpt: str, width: int, room: int) -> list[str]:
    """The source line, cut to the part around the caret when it is long, and the caret."""
    start = column - 1
    first = max(0, start - room // 2) if len(excerpt) > room else 0
    shown = excerpt[first : first + room]
    if first:
        shown = "…" + shown[1:]
    if first + room < len(excerpt):
        shown = shown[:-1] + "…"
    before = _columns(shown[: start - first])
    marks = max(1, min(_columns(shown[start - first :][:width]), room - before))
    return [f"{line:>8} │ {printable(shown)}", f"{'':>8} │ {' ' * before}{'^' * marks}"]


def _columns(text: str) -> int:
    """How many terminal columns a text takes: wide East Asian letters two, combining ones none."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) != 0 for char in text)
