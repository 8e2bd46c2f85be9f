"""A database full of posts, through the product's own door: plan, schedule, approve, queue."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from campaign.domain.campaign import Account, Campaign, Late, Slot
from campaign.domain.message import Message, Part
from campaign.domain.occurrence import Occurrence
from campaign.domain.plan import Planned
from campaign.domain.post import make_post
from campaign.domain.statement import Headline, Kind, Place, Statement
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.operations.schedule import schedule
from campaign.store.engine import Store

PLATFORM = "bench"
PLACE = Place(file="statement.en.md", line=1)
WINDOW = timedelta(hours=1)
WORDS = " ".join(["We call on all states to keep families together."] * 5)  # 239 characters


def fill(store: Store, dues: Sequence[float], *, accounts: int = 50, first: int = 1) -> None:
    """Queue one approved post for each instant in `dues` (Unix time), numbered from `first`."""
    speakers = [_account(number) for number in range(accounts)]
    campaign = _campaign(f"bench-{first}", speakers)
    planned = [
        _planned(campaign.id, number, due, speakers[number % accounts])
        for number, due in enumerate(dues, first)
    ]
    drafted = Drafted(
        campaign=campaign,
        statement=Statement(
            file=PLACE.file, language="en", sha256="", headline=Headline(text="B", place=PLACE)
        ),
        planned=tuple(planned),
    )
    checksum = plan(drafted, store, store.clock.now()).checksum
    schedule(store, drafted, checksum, "bench", simulated=True)


def number_of(post_key: str) -> int:
    """Which post this is, from its key `bench-1/recommendation-17/en/press-3`."""
    return int(post_key.split("/")[1].rpartition("-")[2])


def _campaign(name: str, accounts: Sequence[Account]) -> Campaign:
    return Campaign(
        id=name,
        title="Bench",
        day=datetime.now(UTC).date(),
        zone="UTC",
        file="campaign.yaml",
        statement=PLACE.file,
        language="en",
        accounts=tuple(accounts),
        calendar=(),
    )


def _account(number: int) -> Account:
    name = f"press-{number}"
    return Account(name=name, platform=PLATFORM, handle=f"{name}@example.org", language="en")


def _planned(campaign: str, number: int, due: float, account: Account) -> Planned:
    text = f"{number} {WORDS}"
    message = Message(
        kind=Kind.RECOMMENDATION,
        number=number,
        language="en",
        platform=PLATFORM,
        place=PLACE,
        parts=(Part(body=text, text=text, count=len(text)),),
        limit=500,
        unit="characters",
    )
    at = datetime.fromtimestamp(due, UTC)
    occurrence = Occurrence(
        slot=Slot(kind=Kind.RECOMMENDATION, at=at.time(), place=PLACE, text="", numbers=(number,)),
        number=number,
        account=account,
        local_time=at.replace(tzinfo=None),
        zone="UTC",
        due_at=at,
        not_after=at + WINDOW,
        lateness=Late.ASK,
        language="en",
    )
    return Planned(post=make_post(campaign, account, message, occurrence), message=message)
