"""What went out, where and when: one page, a day a section, times down a rail."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from campaign.domain.audit import Publication
from campaign.domain.civil_time import to_local
from campaign.domain.measure import Network
from campaign.domain.message import excerpt_title
from campaign.domain.states import State, post_state
from campaign.preview.names import count
from campaign.preview.page import render, title_of

# Each state's sign and words: never its colour alone.
STATES: Mapping[State, tuple[str, str]] = {
    State.PUBLISHED: ("✓", "published"),
    State.ARMED: ("→", "sending"),
    State.QUEUED: ("…", "to come"),
    State.DRAFT: ("?", "waiting for a person"),
    State.UNKNOWN: ("!", "in doubt, it may be public"),
    State.FAILED: ("✗", "failed"),
    State.SKIPPED: ("»", "skipped"),
    State.CANCELLED: ("-", "removed"),
}
SECOND = timedelta(seconds=1)
ON_TIME = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A post on the rail, at the time its first part went out or is due."""

    first: Publication
    network: str
    state: State
    parts: tuple[Publication, ...]

    @property
    def at(self) -> datetime:
        return self.first.published_at or self.first.due_at

    @property
    def title(self) -> str:
        return excerpt_title(self.first.excerpt_ref)


def timeline_page(
    *,
    title: str,
    campaign_id: str,
    zone: str,
    publications: Sequence[Publication],
    networks: Mapping[str, Network],
    made_at: datetime,
    note: str = "",
) -> str:
    """One standalone HTML page. `note` stands above everything ("A rehearsal …")."""
    entries = _entries(publications, networks)
    return render(
        "timeline.html.j2",
        title=title,
        campaign_id=campaign_id,
        zone=zone,
        days=[list(group) for _, group in groupby(entries, lambda e: to_local(e.at, zone).date())],
        posts=len(entries),
        parts=len(publications),
        accounts=len({publication.account for publication in publications}),
        counts=_counts(entries),
        slowest=slowest(publications),
        states=STATES,
        timeliness=timeliness,
        made_at=made_at,
        note=note,
    )


def _entries(publications: Iterable[Publication], networks: Mapping[str, Network]) -> list[Entry]:
    posts: dict[str, list[Publication]] = {}
    for publication in publications:
        posts.setdefault(publication.post_key, []).append(publication)
    return sorted((_entry(parts, networks) for parts in posts.values()), key=lambda e: e.at)


def _entry(parts: list[Publication], networks: Mapping[str, Network]) -> Entry:
    parts.sort(key=lambda publication: publication.part)
    return Entry(
        first=parts[0],
        network=title_of(parts[0].platform, networks),
        state=post_state([part.state for part in parts]),
        parts=tuple(parts),
    )


def _counts(entries: Sequence[Entry]) -> list[tuple[State, int]]:
    """Posts by state. What a day should end with is always said, even when it is none."""
    counts = Counter(entry.state for entry in entries)
    always = {State.PUBLISHED, State.FAILED, State.UNKNOWN}
    return [(state, counts[state]) for state in STATES if counts[state] or state in always]


def slowest(publications: Iterable[Publication]) -> str | None:
    """`Slowest: 1 min 42 s after its time (recommendation 5, un-linkedin)`, of the first parts."""
    delays = [
        (publication.published_at - publication.due_at, publication)
        for publication in publications
        if publication.published_at and publication.part == 1
    ]
    if not delays:
        return None
    delay, publication = max(delays, key=lambda pair: pair[0])
    if delay < SECOND:
        return "Each post within a second of its time"
    what = f"{excerpt_title(publication.excerpt_ref)}, {publication.account}"
    return f"Slowest: {duration(delay)} after its time ({what})"


def timeliness(due_at: datetime, published_at: datetime) -> str:
    """`on time` within a minute, else `1 min 42 s late`."""
    delay = published_at - due_at
    if abs(delay) < ON_TIME:
        return "on time"
    return f"{duration(abs(delay))} {'late' if delay > timedelta() else 'early'}"


def duration(span: timedelta) -> str:
    """`4 s`, `1 min 42 s`, `2 h 5 min`, `3 days 4 h`: the two largest units."""
    seconds = int(span.total_seconds())
    minutes, hours = seconds // 60, seconds // 3600
    if hours >= 24:
        return f"{count(hours // 24, 'day')} {hours % 24} h"
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min {seconds % 60} s" if minutes else f"{seconds} s"
