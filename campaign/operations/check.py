"""`check`: what is wrong with the files, and what is still to be decided. Reads no queue."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from campaign.domain.message import Message
from campaign.errors import Problem
from campaign.operations.decisions import Open
from campaign.operations.draft import Drafted, examine
from campaign.operations.passed import too_late
from campaign.platforms.counting import NETWORKS
from campaign.preview.thread import undivided_count


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """`open` is what a person decides before scheduling; `threads` and `notes` are worth knowing.

    `issued` and `year` are the statement's own year and D's, where they differ.
    """

    file: str
    title: str
    problems: tuple[Problem, ...]
    open: tuple[Open, ...] = ()
    notes: tuple[str, ...] = ()
    threads: tuple[str, ...] = ()
    posts: int = 0
    accounts: int = 0
    issued: int | None = None
    year: int | None = None

    @property
    def aged(self) -> list[Open]:
        return [one for one in self.open if one.aged]


def check(file: Path, now: datetime) -> Checked:
    """What `plan` would refuse, and what `schedule` would wait for."""
    examined = examine(file)
    drafted = examined.drafted
    if drafted is None:
        return Checked(file=file.name, title=examined.title, problems=examined.problems)
    campaign = drafted.campaign
    over = None if examined.problems else too_late(drafted, now)
    return Checked(
        file=file.name,
        title=examined.title,
        problems=examined.problems,
        open=(*([over] if over else []), *drafted.open),
        notes=drafted.notes,
        threads=tuple(_threads(drafted)),
        posts=len(drafted.planned),
        accounts=len({one.post.account.name for one in drafted.planned}),
        issued=campaign.decided.issued.year if campaign.decided.issued else None,
        year=campaign.day.year,
    )


def _threads(drafted: Drafted) -> Iterator[str]:
    """What does not fit one post, and becomes a thread."""
    found: dict[tuple[str, str], dict[str, Message]] = {}
    for one in drafted.planned:
        message = one.message
        if len(message.parts) > 1:
            names = found.setdefault((message.ref, message.language), {})
            names.setdefault(one.post.account.name, message)
    first = drafted.campaign.language
    for (_, language), messages in found.items():
        yield _thread(messages, "" if language == first else f" ({language})")


def _thread(messages: Mapping[str, Message], language: str) -> str:
    counts = [
        f"{undivided_count(one, NETWORKS[one.platform])} of {one.limit} on {name}"
        for name, one in messages.items()
    ]
    message = next(iter(messages.values()))
    sizes = _sizes(message) if len(messages) == 1 else ""
    said = f"{message.title}{language} is {', '.join(counts)}. It becomes a thread{sizes}; no word"
    if message.declared:
        return f"{said} is cut."
    return f'{said} is cut. For one post write short: {{{message.title}: "…"}}.'


def _sizes(message: Message) -> str:
    sizes: Sequence[str] = [str(part.count) for part in message.parts]
    return f", {', '.join(sizes[:-1])} and {sizes[-1]}"
