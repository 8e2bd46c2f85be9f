"""`quiet:`, `embargo:`, `weekend:`, `clocks:`, and an account's own `timezone:`."""

from datetime import UTC, datetime, time

import pytest

from campaign.domain.civil_time import Clocks, Fold, Gap
from campaign.domain.quiet import Quiet
from tests.config.conftest import Load, Refuse


def test_without_the_keys(load: Load) -> None:
    campaign = load()
    assert (campaign.quiet, campaign.embargo) == (None, None)
    assert campaign.weekend == {5, 6}
    assert campaign.clocks == Clocks()
    assert campaign.zone_of(campaign.accounts[0]) == "Europe/Zurich"


def test_quiet(load: Load) -> None:
    assert load(quiet="22:00-07:00").quiet == Quiet(start=time(22), end=time(7))
    assert load(quiet="12:00 – 13:30").quiet == Quiet(start=time(12), end=time(13, 30))


@pytest.mark.parametrize(
    ("quiet", "covered", "free"),
    [
        (Quiet(start=time(22), end=time(7)), ["22:00", "00:00", "06:59"], ["07:00", "21:59"]),
        (Quiet(start=time(12), end=time(13)), ["12:00", "12:59"], ["13:00", "11:59", "00:00"]),
    ],
)
def test_quiet_covers_its_begin_and_not_its_end(
    quiet: Quiet, covered: list[str], free: list[str]
) -> None:
    assert all(quiet.covers(time.fromisoformat(at)) for at in covered)
    assert not any(quiet.covers(time.fromisoformat(at)) for at in free)


def test_embargo_is_on_the_campaigns_clock(load: Load) -> None:
    assert load(embargo="D 06:00").embargo == datetime(2021, 12, 18, 5, tzinfo=UTC)
    assert load(embargo="2021-12-17 18:00").embargo == datetime(2021, 12, 17, 17, tzinfo=UTC)
    working = load(embargo="D+1wd 06:00", weekend="fri-sat").embargo
    assert working == datetime(2021, 12, 19, 5, tzinfo=UTC)


def test_weekend(load: Load) -> None:
    assert load(weekend="fri-sat").weekend == {4, 5}
    assert load(weekend="Fri").weekend == {4}


def test_clocks(load: Load) -> None:
    assert load(clocks="{gap: shift}").clocks == Clocks(gap=Gap.SHIFT)
    assert load(clocks="{fold: second}").clocks == Clocks(fold=Fold.SECOND)


def test_an_accounts_own_clock(load: Load) -> None:
    campaign = load(accounts="{x: {handle: a, timezone: Asia/Bangkok}}")
    assert campaign.zone_of(campaign.accounts[0]) == "Asia/Bangkok"


@pytest.mark.parametrize(
    ("key", "value", "what", "mend"),
    [
        ("quiet", "22-7", '"22-7" is not from one time to another.', "22:00-07:00"),
        ("quiet", "22:00-22:00", "begins and ends at the same time", "two times"),
        ("embargo", "06:00", '"06:00" is not a day.', "Write D"),
        ("embargo", "D 6:00", '"6:00" is not a time.', "Did you mean 06:00?"),
        ("embargo", "D 06:00 on x", "Nothing comes behind the time.", "embargo: D 06:00"),
        ("weekend", "fri-sta", '"fri-sta" is not a weekend.', "Did you mean fri-sat?"),
        ("weekend", "never", '"never" is not a weekend.', "Write sat-sun"),
        ("clocks", "{gap: shfit}", 'gap cannot be "shfit".', "Did you mean shift?"),
        ("clocks", "{fold: both}", 'fold cannot be "both".', "It is first or second."),
        ("clocks", "shift", "clocks takes a group of keys.", "{gap: shift, fold: first}"),
        (
            "accounts",
            "{x: {handle: a, timezone: Geneva}}",
            '"Geneva" is not a time zone name.',
            "Did you mean Europe/Zurich?",
        ),
    ],
)
def test_what_cannot_be_meant(refuse: Refuse, key: str, value: str, what: str, mend: str) -> None:
    (problem,) = refuse(**{key: value})
    assert what in problem.what
    assert mend in problem.mend


def test_an_embargo_that_the_clocks_skip(refuse: Refuse) -> None:
    (problem,) = refuse(day=None, date="2021-03-28", embargo="D 02:30")
    assert "02:30 does not exist on 28 March 2021" in problem.what


def test_an_embargo_waits_for_a_zone_and_a_day(refuse: Refuse) -> None:
    assert len(refuse(timezone="Geneva", embargo="D 06:00")) == 1
    assert len(refuse(day="no-such-day 2021", embargo="D+1wd 06:00")) == 1
