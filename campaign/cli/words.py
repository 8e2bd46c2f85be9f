"""How numbers, times and names are written on screens."""

import re
import shutil
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from textwrap import wrap

from campaign.domain.civil_time import city, to_local
from campaign.domain.message import excerpt_title
from campaign.domain.post import Post
from campaign.preview.names import count

WIDEST = 100
NARROWEST = 24  # a last column narrower than this goes below its row
MOMENT = "%a %d %b %H:%M"
# What stays on one line: a command at the end, which is pasted as a whole; a moment; an aside.
WHOLE = re.compile(
    r"(?<=[: ] )campaign [a-z].*$|[A-Z][a-z]{2} \d\d [A-Z][a-z]{2} \d\d:\d\d|\([^()]{,30}\)"
)
HARD = "\u00a0"


def width() -> int:
    """How wide a screen may be: the terminal, 100 columns at most; 100 for a pipe."""
    return min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)


def moment(instant: datetime, zone: str) -> str:
    """`Fri 18 Dec 12:00` in `zone`."""
    return f"{to_local(instant, zone):{MOMENT}}"


def moment_there(instant: datetime, zone: str) -> str:
    """`Fri 18 Dec 12:00 Zurich`, where readers may think of another clock."""
    return f"{moment(instant, zone)} {city(zone)}"


def adrift(posts: Sequence[Post]) -> list[str]:
    """What to say of posts whose zone has other rules now than when they were planned."""
    if not posts:
        return []
    first = posts[0]
    come = count(len(posts), "post comes", "posts come")
    then, now = f"{first.local_time:{MOMENT}}", moment(first.due_at, first.zone)
    return [
        f"  !  {come} at another hour than planned: the clock of {first.zone} has new rules.",
        f"     {first.key} was planned for {then} and comes at {now}.",
        "     To keep the planned hour:  campaign plan  and  campaign schedule",
    ]


def second(instant: datetime, zone: str) -> str:
    """`18 Dec 12:00:04` in `zone`."""
    return f"{to_local(instant, zone):%d %b %H:%M:%S}"


def span(length: timedelta) -> str:
    """`3 days`, `2 h`, `1 min 42 s`: two units at most."""
    seconds = int(length.total_seconds())
    if seconds >= 2 * 86400:
        return count(seconds // 86400, "day")
    units = [(86400, "day"), (3600, "h"), (60, "min"), (1, "s")]
    pieces: list[str] = []
    for size, name in units:
        if seconds >= size and len(pieces) < 2:
            pieces.append(f"{seconds // size} {name}")
            seconds %= size
    return " ".join(pieces) or "0 s"


def names(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def spread(left: str, right: str) -> str:
    """Two texts on one line, the second at the right edge; below the first without room."""
    room = width() - len(left)
    return left + (right.rjust(room) if room >= len(right) + 3 else f"\n{right.rjust(width())}")


def voice(post: Post, polyglots: Collection[str]) -> str:
    """The account that speaks, with its language where it speaks several: `un-mastodon fr`."""
    name = post.account.name
    return f"{name} {post.language}" if name in polyglots else name


def title(post: Post, polyglots: Collection[str]) -> str:
    """`recommendation 3 · un-mastodon fr`."""
    return f"{excerpt_title(post.excerpt_ref)} · {voice(post, polyglots)}"


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows under each other, each column as wide as it needs; empty columns are left out. What is
    too long for the screen is the last cell: it is folded, in its column or under the one before.
    """
    return [line for lines in blocks(rows) for line in lines]


def blocks(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """A table's rows, each in as many lines as it needs."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(len, column)) for column in columns[:-2]]
    # Only a row that says more behind it needs the column before the last as wide as the others.
    widths += [max((len(row[-2]) for row in rows if row[-1]), default=0)]
    return [_row(row, widths) for row in rows]


def _row(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    columns = zip(row, (*widths, 0), strict=True)
    cells = [cell.ljust(wide) for cell, wide in columns if wide or cell]
    while len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    head, last = "  ".join(["", *cells[:-1], ""]), cells[-1].rstrip()
    if len(head + last) <= width():
        return [head + last]
    indent = len(head)
    if width() - indent < NARROWEST:
        indent = len("  ".join(["", *cells[:-2], ""]))
        return [head.rstrip(), *(" " * indent + one for one in paragraph(last, width() - indent))]
    first, *rest = paragraph(last, width() - indent)
    return [head + first, *(" " * indent + line for line in rest)]


def paragraph(text: str, wide: int) -> list[str]:
    """A text in lines of `wide` columns: no word is cut, nor a command at its end."""
    whole = WHOLE.sub(lambda found: found[0].replace(" ", HARD), text)
    lines = wrap(whole, wide, break_long_words=False, break_on_hyphens=False)
    return [line.replace(HARD, " ") for line in lines] or [""]


def folded(pieces: Sequence[str], between: str, indent: str = "  ") -> list[str]:
    """Pieces joined into as few lines as the screen allows, none of them cut."""
    lines = [indent + pieces[0]] if pieces else []
    for piece in pieces[1:]:
        longer = f"{lines[-1]}{between}{piece}"
        if len(longer) <= width():
            lines[-1] = longer
        else:
            lines.append(indent + piece)
    return lines
