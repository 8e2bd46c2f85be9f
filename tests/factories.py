"""Campaigns, messages and queues for tests, made through the product's own doors."""

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from campaign.domain.campaign import (
    Account,
    ApprovalRule,
    Campaign,
    Late,
    LatePolicy,
    Slot,
)
from campaign.domain.message import Message, Part
from campaign.domain.occurrence import occurrences
from campaign.domain.plan import Planned
from campaign.domain.post import make_post
from campaign.domain.statement import Headline, Kind, Place, Statement
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.operations.schedule import schedule
from campaign.store.engine import Store

DAY = date(2021, 12, 18)
DUE = datetime(2021, 12, 18, 8, 0, tzinfo=UTC)
PLACE = Place(file="statement.en.md", line=1)


def account(name: str = "press", platform: str = "outbox") -> Account:
    return Account(name=name, platform=platform, handle=f"{name}-office", language="en")


def message(number: int = 1, texts: Sequence[str] = ("One.",), platform: str = "outbox") -> Message:
    parts = tuple(
        Part(body=f"{number} {text}", text=f"{number} {text}", count=len(text)) for text in texts
    )
    return Message(
        kind=Kind.RECOMMENDATION,
        number=number,
        language="en",
        platform=platform,
        place=PLACE,
        parts=parts,
        limit=40_000,
        unit="characters",
    )


def drafted(
    texts: Sequence[Sequence[str]] = (("One.",),),
    *,
    accounts: Sequence[Account] = (),
    campaign_id: str = "test-2021",
    rule: ApprovalRule | None = None,
    late: LatePolicy | None = None,
    every: timedelta = timedelta(0),
    at: time = time(8),
    again: bool = False,
) -> Drafted:
    """A campaign of one calendar line: `texts` holds the parts of each recommendation's post."""
    slot = Slot(
        kind=Kind.RECOMMENDATION, at=at, place=PLACE, text="", every=every,
        numbers=tuple(range(1, len(texts) + 1)), again=again,
    )  # fmt: skip
    campaign = Campaign(
        id=campaign_id,
        title="Test",
        day=DAY,
        zone="UTC",
        file="campaign.yaml",
        statement="statement.en.md",
        language="en",
        accounts=tuple(accounts) or (account(),),
        calendar=(slot,),
        approval=rule or ApprovalRule(),
        late=late or LatePolicy(after=timedelta(hours=1), then=Late.ASK),
    )
    statement = Statement(
        file="statement.en.md", language="en", sha256="", headline=Headline(text="T", place=PLACE)
    )
    planned = []
    for occurrence in occurrences(campaign, {}):
        words = message(occurrence.number, texts[occurrence.number - 1])
        post = make_post(campaign.id, occurrence.account, words, occurrence)
        planned.append(Planned(post=post, message=words))
    return Drafted(campaign=campaign, statement=statement, planned=tuple(planned))


def fill(store: Store, wanted: Drafted, person: str = "tester") -> None:
    """Schedule, as `campaign schedule --yes` does."""
    checksum = plan(wanted, store, store.clock.now()).checksum
    schedule(store, wanted, checksum, person, simulated=True)


class SetClock:
    """A clock that a test moves by hand."""

    def __init__(self, now: datetime) -> None:
        self.instant = now
        self.seconds = 0.0

    def now(self) -> datetime:
        return self.instant

    def elapsed(self) -> float:
        return self.seconds

    def skip_to(self, when: datetime) -> None:
        self.instant = max(self.instant, when)

    def pass_time(self, length: timedelta) -> None:
        self.instant += length
        self.seconds += length.total_seconds()


def clock_at(now: datetime = DUE) -> SetClock:
    return SetClock(now)


def once(kept: Path, folder: Path, lay_out: Callable[[], object]) -> None:
    """What many tests begin with is laid out by the first of them; the others get a copy of it."""
    if kept.is_dir():
        shutil.copytree(kept, folder, dirs_exist_ok=True)
    else:
        lay_out()
        shutil.copytree(folder, kept)


def database(folder: Path) -> Path:
    return folder / "campaign.db"
