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
