"""One campaign from its first plan to its audit, played through the real commands, on a clock that
the test sets: what stands on the screens of a press office on those days.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from campaign.clock import SystemClock
from campaign.domain.delivery import Delivery, Settled
from campaign.domain.outcome import Outcome, Receipt, Result
from campaign.publisher.round import Round
from campaign.publisher.timing import Timing
from campaign.store.engine import Store, open_store
from campaign.store.presence import lock_file
from tests.factories import SetClock, database, once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Person, Screen

WORKER = "newsroom:4711:1"
UNKNOWN = Outcome(result=Result.UNKNOWN, detail="No answer came within 45 s.")
REFUSED = Outcome(result=Result.FAILED, detail="the text was posted before")
BLOCKED = Outcome(
    result=Result.NOT_SENT, detail="401", blocked="X does not accept the key any more."
)
STATEMENT = """\
# Education cannot wait

The Network for Schools calls on States to:

- open every school by September;
- pay every teacher in full, train those who teach without a diploma, and give each of them a
  contract, health insurance and a safe home, while protecting those who teach in camps, in
  villages cut off by floods and in towns under siege;
- keep soldiers out of schools.

“No child should have to choose between bread and books,” said Rosa Lindgren, chair of the Network
for Schools.
"""
FRENCH = """\
# L’éducation n’attend pas

Le Réseau pour les écoles exhorte les États à :

- ouvrir toutes les écoles en septembre ;
- payer tous les enseignants, et former ceux qui enseignent sans diplôme ;
- tenir les soldats loin des écoles.

« Aucun enfant ne devrait choisir entre le pain et les livres », a déclaré Rosa Lindgren,
présidente du Réseau pour les écoles.
"""
CAMPAIGN = """\
id: schools-2026
campaign: Schools 2026
date: 2026-06-12
timezone: Europe/Zurich
statement: {en: statement.en.md, fr: statement.fr.md}
link: https://example.org/schools
accounts:
  un-x: {platform: x, handle: UNSchools}
  un-mastodon:
    {platform: mastodon, handle: schools@social.example, language: [en, fr], stagger: 10m}
  desk: {platform: webhook, handle: news-desk}
calendar:
  - D-2 10:00 headline
  - D 08:00 recommendations every 2h
  - D 17:00 quote 1
people: {comms: [a.diallo, m.ito], legal: [r.haddad]}
approval: {by: [comms, legal], before: 1 working day}
"""


class Story:
    """The person's folder, the clock on the wall, and a worker who sends what the test says."""

    def __init__(self, person: Person, clock: SetClock, shelf: Path) -> None:
        self.person = person
        self.clock = clock
        self.shelf = shelf
        self.sent = 0

    def at(self, day: int, hour: int, minute: int = 0, second: int = 0) -> None:
        """Set the clock to a moment of June 2026, in Zurich."""
        self.clock.instant = datetime(2026, 6, day, hour - 2, minute, second, tzinfo=UTC)

    def writes(self, campaign: str) -> None:
        self.person.writes("campaign.yaml", campaign)

    def types(self, typed: str, *answers: str) -> Screen:
        return self.person.types(*typed.split(), answers=answers or None)

    def shows(self, typed: str, columns: int = 0) -> list[str]:
        """The screen of a command that goes well: in a pipe, or on so wide a terminal."""
        with self.person.patch.context() as patch:
            if columns:
                patch.setenv("COLUMNS", str(columns))
            seen = self.types(typed)
        assert (seen.code, seen.err) == (0, ""), seen.text
        assert "\x1b" not in seen.out
        return seen.out.splitlines()

    def told(self, typed: str) -> Any:
        """What a script is told."""
        return json.loads(self.types(f"{typed} --json").out)

    def schedules(self) -> None:
        assert self.types("schedule --yes --as m.ito").code == 0

    def goes_ahead(self) -> None:
        """Scheduled, and approved on 3 June: done once in a process for each campaign."""
        folder = self.person.folder
        campaign = (folder / "campaign.yaml").read_text("utf-8")
        once(self.shelf / f"story-{hash(campaign):x}", folder, self._goes_ahead)
        self.at(3, 10)

    def _goes_ahead(self) -> None:
        self.schedules()
        self.at(3, 10)
        self.approves()

    def approves(self) -> None:
        for name in ("a.diallo", "r.haddad"):
            assert self.types(f"approve --as {name}", "y").code == 0

    def sends(self, *silent: str, **outcomes: Outcome) -> None:
        """A worker sends what is due, and the parts that follow: each appears in two seconds, if
        `outcomes` say nothing else of its account. The `silent` accounts have not answered yet.
        """
        with self._store() as store:
            returned: list[Settled] = []
            while True:
                armed = self._round(store, *returned).armed
                answered = [one for one in armed if one.delivery.account.name not in silent]
                if not answered:
                    return
                self.clock.pass_time(timedelta(seconds=2))
                returned = [
                    Settled(delivery=one.delivery, outcome=self._outcome(one.delivery, outcomes))
                    for one in answered
                ]

    def goes_through(self, day: int, *hours: int, **outcomes: Outcome) -> None:
        """What is due at these hours, and in the other language ten minutes later."""
        for hour in hours:
            for minute in (0, 10):
                self.at(day, hour, minute)
                self.sends(**outcomes)

    @contextmanager
    def running(self) -> Iterator[None]:
        """While a worker is there."""
        with lock_file(database(self.person.folder)):
            yield

    def _round(self, store: Store, *returned: Settled) -> Round:
        playing = Round(store, WORKER, Timing())
        playing.play(returned, free=64, may_arm=True)
        return playing

    def _outcome(self, row: Delivery, outcomes: dict[str, Outcome]) -> Outcome:
        name = row.account.name
        if special := outcomes.get(name.replace("-", "_")):
            return special
        self.sent += 1
        place = {"un-x": "x.com/UNSchools/status", "un-mastodon": "social.example/@schools"}.get(
            name
        )
        url = f"https://{place}/{1000 + self.sent}" if place else None
        receipt = Receipt(remote_id=str(1000 + self.sent), published_at=self.clock.now(), url=url)
        return Outcome(result=Result.PUBLISHED, receipt=receipt)

    @contextmanager
    def _store(self) -> Iterator[Store]:
        opened = open_store(database(self.person.folder), self.clock)
        yield opened
        opened.close()


def begin(person: Person, shelf: Path) -> Story:
    """On Monday 1 June 2026, 09:00, with nothing scheduled."""
    clock = SetClock(datetime(2026, 6, 1, 7, 0, tzinfo=UTC))
    person.patch.setattr(SystemClock, "now", lambda _self: clock.now())
    person.writes("statement.en.md", STATEMENT)
    person.writes("statement.fr.md", FRENCH)
    story = Story(person, clock, shelf)
    story.writes(CAMPAIGN)
    return story


def swapped(text: str, swap: dict[str, str]) -> str:
    """The text with something else in its place: what is not there cannot be swapped."""
    for old, new in swap.items():
        assert old in text
        text = text.replace(old, new)
    return text


def prose(seen: str) -> str:
    """All that a command says, without its line breaks and carets."""
    lines = [line for line in seen.splitlines() if not re.match(r"\s*\d*\s*│( |$)", line)]
    return " ".join(" ".join(lines).split())


def screen(text: str) -> list[str]:
    """A screen as it stands in a test: without the first line break, and without its indent."""
    return dedent(text).strip("\n").splitlines()
