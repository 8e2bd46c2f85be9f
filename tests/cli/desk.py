"""A press office on either database: its clock is set by hand, and a worker's rounds run between."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from campaign.store.engine import open_store
from tests.books import every_row, rows
from tests.factories import once
from tests.publisher.stand import Stand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from campaign.domain.outcome import Outcome
    from campaign.store.place import Place
    from tests.cli.conftest import Person, Screen
    from tests.factories import SetClock

DAY = datetime(2021, 12, 15, tzinfo=UTC)  # a Wednesday
MONDAY = datetime(2021, 12, 13, 8, 0, tzinfo=UTC)
CAMPAIGN = """\
id: test-1
campaign: A test
date: {day}
timezone: UTC
statement: statement.en.md
accounts:
  outbox: {{handle: press-office}}
calendar:
{calendar}
{more}
links: {{Missing Migrants Project: omit, concrete and actionable pledges: omit}}
"""
FRENCH = """\
id: test-2
campaign: En français
date: 2021-12-15
timezone: UTC
statement: statement.fr.md
accounts:
  toots: {platform: mastodon, handle: presse@social.example}
calendar:
  - D 12:00 headline
"""
USUAL = ("D 10:00 headline", "D 11:00 quote 1")
HEADLINE, QUOTE = "test-1/headline/en/outbox", "test-1/quote-1/en/outbox"
TITRE = "test-2/headline/fr/toots"
EVERYTHING = [HEADLINE, QUOTE, TITRE]
LATE = "late: {after: 3h, then: ask}"
# How a part of the queue is typed; how it is told and recorded; the posts of both campaigns in it.
SCOPES = {
    "--all": ("everything", ["all"], EVERYTHING),
    "--campaign test-2": ("campaign test-2", ["campaign:test-2"], [TITRE]),
    "--account outbox": ("account outbox", ["account:outbox"], [HEADLINE, QUOTE]),
    "--platform mastodon": ("platform mastodon", ["platform:mastodon"], [TITRE]),
    "--language fr": ("language fr", ["language:fr"], [TITRE]),
    "quote-1/en/outbox": ("post quote-1/en/outbox", [f"post:{QUOTE}"], [QUOTE]),
    "'quote 1'": ("post quote 1", [f"post:{QUOTE}"], [QUOTE]),
    "headline": ("post headline", [f"post:{HEADLINE}", f"post:{TITRE}"], [HEADLINE, TITRE]),
}
SAY_WHAT = (
    "Say what: --all, --campaign, --account, --platform, --language, or one POST."
    " For example:  campaign {verb} {example}\n"
)
NO_SCOPE = {
    "": SAY_WHAT,
    "--all --account outbox": SAY_WHAT,
    "--account outbx": 'No account here is called "outbx". Did you mean outbox? There are: outbox,'
    " toots.\n",
    "--bogus": "No such option '--bogus'.\n\nNext: campaign {verb} --help\n",
    "headline quote-1": "Got unexpected extra argument (quote-1)\n\nNext: campaign {verb} --help\n",
}


def campaign_on(day: date, more: str = "", calendar: Sequence[str] = USUAL) -> str:
    lines = "\n".join(f"  - {line}" for line in calendar)
    return CAMPAIGN.format(day=day, more=more, calendar=lines)


@dataclass(frozen=True)
class Desk:
    """`shows` and `types` are a person's; `plays` is a worker's round at the clock's time."""

    person: Person
    place: Place
    clock: SetClock
    shelf: Path

    def types(self, *words: str, answers: Sequence[str] | None = None) -> Screen:
        return self.person.types(*words, answers=answers)

    def works(self, *words: str, answers: Sequence[str] | None = None) -> Screen:
        """What is only the way to something else must succeed."""
        screen = self.types(*words, answers=answers)
        assert screen.code == 0, screen.text
        return screen

    def changes_nothing(self, *words: str, answers: Sequence[str] | None = None) -> Screen:
        """What leaves the database as it was, down to its bytes."""
        before = self.dump()
        screen = self.types(*words, answers=answers)
        assert self.dump() == before, screen.text
        return screen

    def told(self, *words: str) -> Any:
        """What a script is told."""
        return json.loads(self.works(*words, "--json").out)

    def writes(self, more: str = "", calendar: Sequence[str] = USUAL) -> None:
        self.person.writes("campaign.yaml", campaign_on(DAY.date(), more, calendar))

    def schedules(self, more: str = "", calendar: Sequence[str] = USUAL) -> Screen:
        self.writes(more, calendar)
        return self.works("schedule", "--yes", "--as", "zed")

    def schedules_french(self) -> None:
        """A second campaign in the same queue: another language, account and platform."""
        self.person.writes("french.yaml", FRENCH)
        self.person.writes("statement.fr.md", "# Une journée pour les migrants\n\nUn texte.\n")
        self.works("schedule", "french.yaml", "--yes", "--as", "zed")

    def schedules_both(self) -> Desk:
        """Two posts in English and one in French, all in time at noon."""

        def schedule() -> None:
            self.schedules(LATE)
            self.schedules_french()

        return self._once("both", schedule)

    def begins(self, more: str = "", calendar: Sequence[str] = USUAL) -> Desk:
        """A test's first `schedules`."""
        name = f"{hash((more, tuple(calendar))):x}"
        return self._once(name, lambda: self.schedules(more, calendar))

    def _once(self, name: str, schedule: Callable[[], object]) -> Desk:
        if isinstance(self.place, Path):
            once(self.shelf / name, self.person.folder, schedule)
        else:
            schedule()
        return self

    def approves(self, person: str, *words: str) -> str:
        return self.works("approve", *words, "--as", person, answers=["y"]).out

    def both_approve(self, *words: str) -> None:
        """Those whom the rule of `conftest` wants."""
        for person in ("ann", "cy"):
            self.approves(person, *words)

    def is_at(self, hour: int, minute: int = 0) -> None:
        """Set the clock to a time of D."""
        self.clock.skip_to(DAY.replace(hour=hour, minute=minute))

    @contextmanager
    def worker(self) -> Iterator[Stand]:
        store = open_store(self.place, self.clock)
        try:
            yield Stand(store, self.clock)
        finally:
            store.close()

    def sends(self, outcome: Outcome) -> list[str]:
        """A round at the clock's time that ends so for each post. Returns the posts."""
        with self.worker() as stand:
            return stand.sends(outcome)

    def sends_all(self, outcome: Outcome) -> list[str]:
        """Rounds until nothing is due any more, minutes apart."""
        with self.worker() as stand:
            return stand.sends_all(outcome)

    def arms(self) -> list[str]:
        """Play a round: what is armed by it, and stays so."""
        with self.worker() as stand:
            return [each.delivery.post_key for each in stand.play().armed]

    def states(self) -> dict[str, str]:
        """Each post's state; all parts of these have the same."""
        query = (
            "SELECT post.key, state FROM delivery JOIN post ON post.id = post_id ORDER BY due_at"
        )
        return dict(rows(self.place, query))

    def records(self, action: str) -> list[tuple[str, str, dict[str, Any]]]:
        """Object, actor and facts of each audit record of an action, without what is null."""
        query = "SELECT object, actor, facts FROM audit WHERE action = ? ORDER BY seq"
        found = []
        for subject, actor, told in rows(self.place, query, action):
            facts = json.loads(told) if isinstance(told, str) else told
            found.append((subject, actor, {k: v for k, v in facts.items() if v is not None}))
        return found

    def dump(self) -> object:
        """All that the database holds: an SQLite file's bytes, a server's rows."""
        return self.place.read_bytes() if isinstance(self.place, Path) else every_row(self.place)
