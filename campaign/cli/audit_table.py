"""What an audit lists: each part that is public, with its proof, and each post that is not."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from campaign.cli.words import blocks, moment, paragraph, second, table, width
from campaign.domain.audit import Publication
from campaign.domain.message import excerpt_title
from campaign.domain.states import WAITING, State
from campaign.operations.audit import Found, ToLookAt
from campaign.operations.status import Status
from campaign.preview.names import count

SHOWN = 20


def sent_lines(
    sent: Sequence[Publication], looks: ToLookAt, polyglots: frozenset[str], folder: str
) -> list[str]:
    """A line for each part; `folder` is where an outbox's own proofs begin."""
    if not sent:
        return []
    rows = [("when sent", "what", "account", "", "approved by", "proof")]
    rows += [
        (
            _when(item),
            excerpt_title(item.excerpt_ref),
            _who(item, polyglots),
            f"{item.part}/{item.parts}" if item.parts > 1 else "",
            ", ".join(item.approved_by),
            (item.url or "").removeprefix(folder).removeprefix("https://"),
        )
        for item in sent
    ]
    head, *found = blocks(rows)
    lines = ["", *head]
    indent = " " * (max(len(row[0]) for row in rows) + 4)
    for item, block in zip(sent, found, strict=True):
        lines += block
        if one := looks.found.get((item.post_key, item.part)):
            lines += _found(one, item.zone, indent)
    return lines


def _when(item: Publication) -> str:
    """Of what a person found, nobody knows more than when it can have appeared at the earliest."""
    if item.published_at is not None:
        return second(item.published_at, item.zone)
    return f"from {second(item.sent_from, item.zone)[:-3]}" if item.sent_from else ""


def _who(item: Publication, polyglots: frozenset[str]) -> str:
    return f"{item.account} {item.language}" if item.account in polyglots else item.account


def _found(found: Found, zone: str, indent: str) -> list[str]:
    """Who found it, when, and what had made it doubtful; below its line, under `what`."""
    when = f"found by {found.person} at {moment(found.at, zone)[-5:]}"
    said = f"{when} ({found.doubt.rstrip('.')})" if found.doubt else when
    return [indent + line for line in paragraph(said, width() - len(indent))]


def unsent(items: Iterable[Publication], now: datetime) -> list[Publication]:
    """What was due and is not public, or may be: one part of each post."""
    first: dict[str, Publication] = {}
    for item in items:
        if item.state not in {State.PUBLISHED, State.CANCELLED} and item.due_at <= now:
            first.setdefault(item.post_key, item)
    return list(first.values())


def unsent_lines(
    missing: Sequence[Publication], now: Status, polyglots: frozenset[str], there: str
) -> list[str]:
    if not missing:
        return []
    rows = [("was due", "what", "account", "", "what became of it")]
    rows += [
        (
            second(item.due_at, item.zone)[:-3],
            excerpt_title(item.excerpt_ref),
            _who(item, polyglots),
            f"{item.part}/{item.parts}" if item.parts > 1 else "",
            _why(item, now),
        )
        for item in missing[:SHOWN]
    ]
    more = len(missing) - SHOWN
    rest = [f"  … {count(more, 'more post')}:  campaign status --all{there}"] if more > 0 else []
    return ["", *table(rows), *rest]


def _why(item: Publication, now: Status) -> str:
    reason = (item.reason or "").rstrip(".")
    match item.state:
        case State.FAILED:
            return f"failed: {reason}"
        case State.UNKNOWN:
            return f"UNKNOWN, it may be public: {reason}"
        case State.SKIPPED:
            return f"skipped: {reason or 'its time had passed'}"
        case State.DRAFT:
            return f"waits for a person: {reason or 'it was not approved in time'}"
        case State.ARMED:
            return "being sent"
    return "its account is blocked" if item.account in now.blocked else "late, still in the queue"


def is_late(item: Publication) -> bool:
    """Due, and still to be sent."""
    return item.state in WAITING
