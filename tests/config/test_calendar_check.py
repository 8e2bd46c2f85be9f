"""Messages that stand twice, times that the clocks skip, and lines that outlast the day."""

from campaign.config.calendar_check import check_twice, expand
from campaign.domain.campaign import Campaign
from campaign.domain.statement import Kind
from campaign.errors import Problem
from tests.config.conftest import Load

AVAILABLE = {Kind.RECOMMENDATION: range(1, 8)}


def calendar(*lines: str) -> str:
    return "".join(f"\n  - {line}" for line in lines)


def problems(campaign: Campaign) -> list[Problem]:
    return expand(campaign, AVAILABLE)[1]


def test_the_default_calendar_has_no_problem(load: Load) -> None:
    found, problems = expand(load(), AVAILABLE)
    assert len(found) == 24
    assert problems == []


def test_twice_names_both_lines(load: Load) -> None:
    (problem,) = problems(load(calendar=calendar("D-1 10:00 headline", "D 10:00 headline on x")))
    assert (problem.where, problem.line, problem.column) == ("campaign.yaml", 9, 5)
    assert problem.what == "headline is on the calendar twice for x (lines 8, 9)."
    assert problem.mend == "If you mean it, add again to line 9."
    assert problem.excerpt == "  - D 10:00 headline on x"
    assert problem.width == len("D 10:00 headline on x")


def test_twice_with_again_on_the_later_line_is_meant(load: Load) -> None:
    campaign = load(calendar=calendar("D-1 10:00 headline", "D 10:00 headline again"))
    assert problems(campaign) == []


def test_again_on_the_earlier_line_is_not_enough(load: Load) -> None:
    campaign = load(calendar=calendar("D-1 10:00 headline again", "D 10:00 headline"))
    (problem,) = problems(campaign)
    assert problem.mend == "Only the later line says again: move it to line 9."


def test_again_on_both_lines_is_once_too_often(load: Load) -> None:
    campaign = load(calendar=calendar("D-1 10:00 headline again", "D 10:00 headline again"))
    (problem,) = problems(campaign)
    assert problem.mend == "Take again out of line 8."


def test_a_third_time_is_too_often(load: Load) -> None:
    lines = ("D-1 10:00 headline", "D 10:00 headline again", "D 12:00 headline again")
    (problem,) = problems(load(calendar=calendar(*lines)))
    assert "3 times for x and un-m (lines 8, 9, 10)" in problem.what
    assert "take a line out" in problem.mend


def test_all_and_one_of_them_clash(load: Load) -> None:
    lines = ("D-7 08:00 recommendations every 1d", "D 10:00 recommendations 2-3 every 1h")
    (problem,) = problems(load(calendar=calendar(*lines)))
    assert problem.what == (
        "recommendation 2 and recommendation 3 are on the calendar twice"
        " for x and un-m (lines 8, 9)."
    )


def test_other_accounts_do_not_clash(load: Load) -> None:
    campaign = load(calendar=calendar("D 10:00 headline on x", "D 12:00 headline except x"))
    found, _ = expand(campaign, AVAILABLE)
    assert check_twice(campaign, found) == []


def test_every_past_midnight_of_the_day(load: Load) -> None:
    (problem,) = problems(load(calendar=calendar("D 14:00 recommendations every 2h")))
    assert problem.what == (
        "recommendation 6 would come on 00:00 after the day (18 December) is over."
    )
    assert problem.line == 8


def test_a_time_that_the_clocks_skip(load: Load) -> None:
    campaign = load(
        day=None,
        date="2021-03-28",
        calendar=calendar("D 02:30 headline", "D 10:00 fact", "D 02:00 quote 1"),
    )
    found, problems = expand(campaign, AVAILABLE)
    assert [problem.line for problem in problems] == [8, 10]
    assert "02:30 does not exist on 28 March 2021 in Europe/Zurich." in problems[0].what
    assert len(found) == 2


ACCOUNTS = (
    "{x: {handle: a}, asia: {platform: mastodon, handle: b@c.example, timezone: Asia/Bangkok}}"
)


def test_quiet_hours_are_those_of_the_account(load: Load) -> None:
    campaign = load(
        accounts=ACCOUNTS,
        quiet="22:00-07:00",
        calendar=calendar("D-1 06:59 fact on x", "D 07:00 headline", "D 16:30 quote 1"),
    )
    first, second = problems(campaign)
    assert (first.line, second.line) == (9, 11)
    assert first.what == (
        "fact 1 on x comes at 06:59 in Zurich, inside the quiet hours 22:00-07:00."
    )
    assert second.what == (
        "quote 1 on asia comes at 16:30 in Zurich, which is 22:30 in Bangkok, inside the quiet"
        " hours 22:00-07:00."
    )
    assert second.mend == "Move it, leave the account out with except, or change quiet."


def test_quiet_hours_are_told_for_each_clock_of_a_line(load: Load) -> None:
    campaign = load(accounts=ACCOUNTS, quiet="13:00-21:00", calendar=calendar("D 14:00 headline"))
    assert [problem.what.split(" comes")[0] for problem in problems(campaign)] == [
        "headline on x",
        "headline on asia",
    ]


def test_quiet_hours_hold_for_what_every_makes(load: Load) -> None:
    lines = calendar("D-1 08:00 recommendations every 3h")
    (problem,) = problems(load(quiet="22:00-07:00", calendar=lines))
    assert "recommendation 6 on x comes at 23:00 in Zurich" in problem.what


def test_nothing_comes_before_the_embargo(load: Load) -> None:
    campaign = load(
        accounts=ACCOUNTS,
        embargo="D 06:00",
        calendar=calendar("D 06:00 fact", "D 09:00 headline local", "D-1 10:00 quote 1 on x"),
    )
    first, second = problems(campaign)
    assert first.what == '"asia" 09:00 local is 03:00 in Zurich, inside the embargo until 06:00.'
    assert first.mend == "Move it or the embargo."
    assert second.what == (
        "quote 1 on x comes at 10:00 in Zurich, inside the embargo until 06:00 of 18 December."
    )


def test_every_past_until(load: Load) -> None:
    lines = calendar("D 08:00 recommendations every 2h until 19:00")
    (problem,) = problems(load(calendar=lines))
    assert problem.what == ("recommendation 7 would come on 20:00 after 19:00, when its line ends.")


def test_a_skipped_time_goes_out_once_where_the_file_says_how(load: Load) -> None:
    for gap, hour in (("shift", 3), ("earlier", 1)):
        campaign = load(
            day=None,
            date="2021-03-28",
            clocks=f"{{gap: {gap}}}",
            calendar=calendar("D 02:30 headline on x"),
        )
        found, wrong = expand(campaign, AVAILABLE)
        assert wrong == []
        assert [one.local_time.hour for one in found] == [hour]
