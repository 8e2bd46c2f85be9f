"""Campaigns, posts and publications to show: real sentences, made-up accounts."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from campaign.domain.audit import Publication
from campaign.domain.campaign import Account, Campaign, Slot
from campaign.domain.measure import Measure, Network
from campaign.domain.message import Message, Part
from campaign.domain.occurrence import Occurrence, window_end
from campaign.domain.plan import Planned
from campaign.domain.post import make_post
from campaign.domain.statement import Kind, Place
from campaign.domain.states import State

NOON = datetime(2026, 12, 18, 11, 0, tzinfo=UTC)


def network(name: str, title: str, limit: int, unit: str = "characters") -> Network:
    return Network(name=name, title=title, measure=Measure(limit=limit, unit=unit, count=len))


NETWORKS = {
    each.name: each
    for each in (
        network("x", "X", 280, "weighted characters"),
        network("mastodon", "Mastodon", 500),
        network("bluesky", "Bluesky", 300),
        network("linkedin", "LinkedIn", 3000),
        network("telegram", "Telegram", 4096),
        network("outbox", "Outbox", 500),
    )
}

UN_X = Account(name="un-x", platform="x", handle="UNMigration", language="en")
UN_X_AR = Account(name="un-x-ar", platform="x", handle="UNMigrationAR", language="ar")
UN_MASTODON = Account(
    name="un-mastodon", platform="mastodon", handle="migration@social.example", language="en"
)
UN_BLUESKY = Account(name="un-bluesky", platform="bluesky", handle="un.example", language="en")
UN_LINKEDIN = Account(
    name="un-linkedin", platform="linkedin", handle="UN Network on Migration", language="en"
)
UN_TELEGRAM = Account(name="un-telegram", platform="telegram", handle="UNMigration", language="en")

CAMPAIGN = Campaign(
    id="imd-2026",
    title="International Migrants Day 2026",
    day=date(2026, 12, 18),
    zone="Europe/Zurich",
    file="campaign.yaml",
    statement="statement.en.md",
    language="en",
    accounts=(UN_X, UN_X_AR, UN_MASTODON, UN_BLUESKY, UN_LINKEDIN, UN_TELEGRAM),
    calendar=(),
)

ACCELERATE = (
    "Accelerate the implementation of the 2030 Agenda for Sustainable Development by addressing "
    "the adverse drivers and structural factors that hinder people from building and maintaining "
    "sustainable livelihoods in their countries of origin, "
)
COMPEL = "and thus compel them to seek a future elsewhere."
ARABIC = (
    "النداء 1 من 7 إلى الدول وجميع أصحاب المصلحة:\n"
    "الاعتراف بالالتزام العام باحترام حقوق الإنسان لجميع المهاجرين وحمايتها وإعمالها، "
    "بغض النظر عن وضعهم من حيث الهجرة.\n"
    "#يوم_المهاجرين\n"
    "https://example.org/ar"
)


def part(
    text: str,
    *,
    body: str | None = None,
    count: int | None = None,
    card: str = "",
    card_title: str = "",
) -> Part:
    return Part(
        body=text if body is None else body,
        text=text,
        count=len(text) if count is None else count,
        card=card or None,
        card_title=card_title,
    )


def planned(
    *parts: Part,
    account: Account = UN_X,
    kind: Kind = Kind.RECOMMENDATION,
    number: int = 1,
    due_at: datetime = NOON,
    converted: tuple[tuple[str, str], ...] = (),
    place: Place | None = None,
) -> Planned:
    rules = NETWORKS[account.platform].measure
    message = Message(
        kind=kind,
        number=number,
        language=account.language,
        platform=account.platform,
        place=place or Place(file=f"statement.{account.language}.md", line=27),
        parts=parts or (part("Recognize the rights of all migrants."),),
        limit=rules.limit,
        unit=rules.unit,
        converted=converted,
    )
    return Planned(
        post=make_post(CAMPAIGN.id, account, message, _occurrence(account, message, due_at)),
        message=message,
    )


def _occurrence(account: Account, message: Message, due_at: datetime) -> Occurrence:
    slot = Slot(
        kind=message.kind, at=time(12), place=Place(file="campaign.yaml", line=1), text="D 12:00"
    )
    return Occurrence(
        slot=slot,
        number=message.number,
        account=account,
        local_time=(due_at + timedelta(hours=1)).replace(tzinfo=None),
        zone=CAMPAIGN.zone,
        due_at=due_at,
        not_after=window_end(due_at, CAMPAIGN.late),
        lateness=CAMPAIGN.late.then,
    )


def thread() -> Planned:
    """SCREENS §1.2: recommendation 3 on X."""
    first = f"Call 3 to States and all stakeholders:\n{ACCELERATE}1/2"
    second = f"{COMPEL}\n#MigrantsDay From 2021: https://example.org/statement 2/2"
    return planned(
        part(first, body=ACCELERATE, count=279),
        part(second, body=COMPEL, count=102),
        number=3,
        converted=(("Accelerating", "Accelerate"),),
    )


def arabic() -> Planned:
    """SCREENS §1.2: recommendation 1 in Arabic, on X."""
    place = Place(file="statement.ar.md", line=41)
    return planned(part(ARABIC, count=198), account=UN_X_AR, place=place)


def publication(**changes: object) -> Publication:
    usual = Publication(
        post_key="imd-2026/recommendation-3/en/un-x",
        excerpt_ref="recommendation-3",
        account="un-x",
        platform="x",
        handle="UNMigration",
        language="en",
        part=1,
        parts=1,
        text="Open avenues for regular migration. #MigrantsDay",
        state=State.PUBLISHED,
        due_at=NOON,
        zone="Europe/Zurich",
        published_at=NOON + timedelta(seconds=4),
        url="https://social.example/@un/1",
        approved_by=("a.diallo", "r.haddad"),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]
