"""From calendar lines to instants."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from campaign.domain.campaign import Account, Campaign, Late, LatePolicy, Slot
from campaign.domain.civil_time import GapError
from campaign.domain.occurrence import Occurrence, occurrences, slot_accounts, slot_day
from campaign.domain.statement import Kind, Place

PLACE = Place(file="campaign.yaml", line=20)
SLOT = Slot(kind=Kind.RECOMMENDATION, at=time(8), place=PLACE, text="", every=timedelta(hours=2))
HEADLINE = Slot(kind=Kind.HEADLINE, at=time(10), place=PLACE, text="", numbers=(1,))


def account(name: str, platform: str) -> Account:
    return Account(name=name, platform=platform, handle=name, language="en")


ACCOUNTS = (account("x", "x"), account("un-m", "mastodon"), account("iom-m", "mastodon"))
CAMPAIGN = Campaign(
    id="imd-2021",
    title="International Migrants Day 2021",
    day=date(2021, 12, 18),
    zone="Europe/Zurich",
    file="campaign.yaml",
    statement="statement.en.md",
    language="en",
    accounts=ACCOUNTS[:1],
    calendar=(SLOT,),
)


def expand(slot: Slot, **changes: object) -> list[Occurrence]:
    campaign = replace(CAMPAIGN, calendar=(slot,), **changes)  # type: ignore[arg-type]
    return list(occurrences(campaign, {Kind.RECOMMENDATION: range(1, 8)}))


def test_every_spreads_all_excerpts_over_the_day() -> None:
    found = expand(SLOT)
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6, 7]
    assert [one.local_time.hour for one in found] == [8, 10, 12, 14, 16, 18, 20]
    assert found[0].due_at == datetime(2021, 12, 18, 7, tzinfo=UTC)
    assert found[6].due_at == datetime(2021, 12, 18, 19, tzinfo=UTC)


def test_every_crosses_midnight_and_days() -> None:
    found = expand(replace(SLOT, offset=-7, every=timedelta(days=1)))
    assert [one.local_time.day for one in found] == [11, 12, 13, 14, 15, 16, 17]


def test_every_keeps_to_the_wall_clock_when_the_clocks_change() -> None:
    found = expand(replace(SLOT, at=time(1), numbers=(1, 2)), day=date(2021, 3, 28))
    assert [one.local_time.hour for one in found] == [1, 3]
    assert found[1].due_at - found[0].due_at == timedelta(hours=1)


def test_every_counts_positions_and_not_numbers() -> None:
    found = expand(replace(SLOT, numbers=(3, 4)))
    assert [(one.number, one.local_time.hour) for one in found] == [(3, 8), (4, 10)]


def test_kind_the_statement_has_not_gives_nothing() -> None:
    assert expand(replace(SLOT, kind=Kind.FACT)) == []


def test_every_account_gets_the_same_time() -> None:
    found = expand(HEADLINE, accounts=ACCOUNTS)
    assert [one.account.name for one in found] == ["x", "un-m", "iom-m"]
    assert len({one.due_at for one in found}) == 1


@pytest.mark.parametrize(
    ("on", "excluding", "expected"),
    [
        ((), (), ["x", "un-m", "iom-m"]),
        (("x",), (), ["x"]),
        (("mastodon",), (), ["un-m", "iom-m"]),
        (("mastodon", "x"), ("un-m",), ["x", "iom-m"]),
        ((), ("mastodon",), ["x"]),
        (("x",), ("x",), []),
    ],
)
def test_on_and_except(
    on: tuple[str, ...], excluding: tuple[str, ...], expected: list[str]
) -> None:
    slot = replace(HEADLINE, on=on, excluding=excluding)
    assert [one.name for one in slot_accounts(slot, ACCOUNTS)] == expected


def test_days() -> None:
    day = CAMPAIGN.day
    assert slot_day(replace(HEADLINE, offset=-7), day) == date(2021, 12, 11)
    assert slot_day(replace(HEADLINE, offset=1), day) == date(2021, 12, 19)
    assert slot_day(replace(HEADLINE, offset=1, working_days=True), day) == date(2021, 12, 20)
    assert slot_day(replace(HEADLINE, day=date(2021, 11, 30)), day) == date(2021, 11, 30)


def test_window_is_the_late_policys() -> None:
    slot = replace(HEADLINE, offset=-7)
    (one,) = expand(slot, late=LatePolicy(after=timedelta(minutes=90), then=Late.SKIP))
    assert one.not_after - one.due_at == timedelta(minutes=90)
    assert one.lateness is Late.SKIP


def test_send_waits_for_24_hours() -> None:
    slot = replace(HEADLINE, offset=-7)
    (one,) = expand(slot, late=LatePolicy(after=timedelta(minutes=90), then=Late.SEND))
    assert one.not_after - one.due_at == timedelta(hours=24)


@pytest.mark.parametrize("policy", [Late.ASK, Late.SKIP, Late.SEND])
def test_a_line_of_the_day_ends_at_midnight(policy: Late) -> None:
    (one,) = expand(
        replace(HEADLINE, at=time(23, 30)), late=LatePolicy(after=timedelta(hours=2), then=policy)
    )
    assert one.not_after == datetime(2021, 12, 18, 23, tzinfo=UTC)


def test_other_lines_may_pass_midnight() -> None:
    (one,) = expand(replace(HEADLINE, at=time(23, 30), offset=-1))
    assert one.not_after == datetime(2021, 12, 17, 23, 30, tzinfo=UTC)


def test_a_gap_is_refused() -> None:
    with pytest.raises(GapError):
        expand(replace(HEADLINE, at=time(2, 30)), day=date(2021, 3, 28))


def test_again_has_its_suffix() -> None:
    assert [one.suffix for one in expand(HEADLINE)] == [""]
    assert [one.suffix for one in expand(replace(HEADLINE, again=True))] == ["~again"]


def test_account_and_roles() -> None:
    campaign = replace(CAMPAIGN, accounts=ACCOUNTS)
    assert campaign.account("un-m").identity == "mastodon:un-m"
