"""From calendar lines to instants."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from campaign.domain.campaign import Account, Campaign, Late, LatePolicy, Slot
from campaign.domain.civil_time import Clocks, Fold, Gap, GapError
from campaign.domain.occurrence import Occurrence, occurrences, slot_accounts, slot_day
from campaign.domain.quiet import Quiet
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


ASIA = replace(ACCOUNTS[0], name="asia", zone="Asia/Bangkok")


def test_local_counts_on_the_accounts_own_clock() -> None:
    slot = replace(SLOT, at=time(9), local=True, numbers=(1, 2))
    found = expand(slot, accounts=(ACCOUNTS[0], ASIA))
    assert [one.zone for one in found] == ["Europe/Zurich", "Asia/Bangkok"] * 2
    assert [one.local_time.hour for one in found] == [9, 9, 11, 11]
    assert [one.due_at.hour for one in found] == [8, 2, 10, 4]
    midnight = datetime(2021, 12, 18, 17, tzinfo=UTC)  # of the 18th, in Bangkok
    (last,) = expand(replace(HEADLINE, at=time(23, 30), local=True), accounts=(ASIA,))
    assert last.not_after == midnight


def test_without_local_the_campaigns_clock_counts() -> None:
    (one,) = expand(HEADLINE, accounts=(ASIA,))
    assert (one.zone, one.local_time.hour, one.due_at.hour) == ("Europe/Zurich", 10, 9)


def test_until_ends_the_window_on_the_day_of_the_post() -> None:
    slot = replace(SLOT, until=time(20, 30), offset=-7, every=timedelta(days=1), numbers=(1, 2))
    found = expand(slot, late=LatePolicy(then=Late.SEND))
    assert [one.not_after.isoformat()[:16] for one in found] == [
        "2021-12-11T19:30",
        "2021-12-12T19:30",
    ]


def test_a_late_post_never_goes_into_the_quiet_hours() -> None:
    quiet = Quiet(start=time(22), end=time(7))
    slot = replace(HEADLINE, at=time(21, 30), offset=-1)
    (one,) = expand(slot, quiet=quiet)
    assert one.not_after == datetime(2021, 12, 17, 21, tzinfo=UTC)
    (there,) = expand(replace(slot, at=time(15, 30)), accounts=(ASIA,), quiet=quiet)
    assert there.not_after == datetime(2021, 12, 17, 15, tzinfo=UTC)  # 22:00 in Bangkok


def test_the_weekend_of_the_file_decides_what_a_working_day_is() -> None:
    slot = replace(HEADLINE, offset=1, working_days=True)
    friday_and_saturday = frozenset((4, 5))
    assert slot_day(slot, date(2021, 12, 16), friday_and_saturday) == date(2021, 12, 19)
    (one,) = expand(slot, day=date(2021, 12, 16), weekend=friday_and_saturday)
    assert one.local_time.date() == date(2021, 12, 19)


def test_a_shifted_time_is_shown_as_the_clock_shows_it() -> None:
    for gap, hour in ((Gap.SHIFT, 3), (Gap.EARLIER, 1)):
        (one,) = expand(
            replace(HEADLINE, at=time(2, 30)), day=date(2021, 3, 28), clocks=Clocks(gap=gap)
        )
        assert (one.local_time.hour, one.local_time.minute) == (hour, 30)


def test_the_second_of_two_equal_times() -> None:
    slot, day = replace(HEADLINE, at=time(2, 30)), date(2021, 10, 31)
    (first,) = expand(slot, day=day)
    (second,) = expand(slot, day=day, clocks=Clocks(fold=Fold.SECOND))
    assert first.local_time == second.local_time
    assert second.due_at - first.due_at == timedelta(hours=1)


def test_a_gap_is_refused() -> None:
    with pytest.raises(GapError):
        expand(replace(HEADLINE, at=time(2, 30)), day=date(2021, 3, 28))


def test_again_has_its_suffix() -> None:
    assert [one.suffix for one in expand(HEADLINE)] == [""]
    assert [one.suffix for one in expand(replace(HEADLINE, again=True))] == ["~again"]


def test_account_and_roles() -> None:
    campaign = replace(CAMPAIGN, accounts=ACCOUNTS)
    assert campaign.account("un-m").identity == "mastodon:un-m"
