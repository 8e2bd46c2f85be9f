"""`campaign plan` as whole screens: the first one, after an edit, with moves and removals, and what
it says when there is nothing to do. On 80 columns, on more, and in a pipe.
"""

from pathlib import Path

import pytest

from tests.cli.story import CAMPAIGN, FRENCH, STATEMENT, Story, screen, swapped
from tests.cli.terminal import at_terminal

FIRST = """
Schools 2026 · schools-2026 · first plan, nothing scheduled yet                          Zurich time

  Wed 10 Jun 10:00    + headline                4 posts
  Fri 12 Jun 08:00 →  + recommendations        12 posts   every 2 h to 12:00   threads: 2 on un-x
  Fri 12 Jun 17:00    + quote 1                 4 posts

  un-x 5 · un-mastodon 10 (en fr, 10 min apart)
  desk 5 (cannot be read: in doubt, a person is asked)

+ 20 add   ~ 0 change   > 0 move   - 0 remove   = 0 sent   21 parts in all
Approval: comms and legal, one of each, by Tue 09 Jun 10:00 (1 working day before the first post)

  un-x will charge about 1.02 USD for 5 posts.

Next: read them  campaign preview      then  campaign schedule
"""
FIRST_AT_80 = swapped(
    FIRST,
    {
        "scheduled yet                          Zurich": "scheduled yet      Zurich",
        "12:00   threads": f"12:00\n{'':24}threads",
        "each, by": f"each\n{'':10}by",
    },
)
EDITED = """
Schools 2026 · schools-2026 · 3 changes                                                  Zurich time

  Fri 12 Jun 10:00    ~ recommendation 2 (en)   3 posts   thread on un-x
      on un-x, un-mastodon and desk
      The Network for Schools … insurance and a safe [-home,-]{+place to live,+} 1/2 while
      protecting those … Our statement: https://example.org/schools 2/2
      These 3 lose their approval (a.diallo, r.haddad) and need a new one.

  un-x 5 · un-mastodon 10 (en fr, 10 min apart)
  desk 5 (cannot be read: in doubt, a person is asked)

+ 0 add   ~ 3 change   > 0 move   - 0 remove   = 4 sent   13 unchanged   21 parts in all
Approval: comms and legal, one of each, by Thu 11 Jun 10:00 (1 working day before the first post)

  recommendation 2 was edited in English; French was not. Do they still say the same?
  un-x will charge about 0.82 USD for 4 posts.

Next: read them  campaign preview      then  campaign schedule
"""
MOVED_AT_80 = """
Schools 2026 · schools-2026 · 8 changes                              Zurich time

  Fri 12 Jun 12:00    - recommendation 3        4 posts
  Fri 12 Jun 19:00    > quote 1                 4 posts
      was Fri 12 Jun 17:00; approval kept

  un-x 4 · un-mastodon 8 (en fr, 10 min apart)
  desk 4 (cannot be read: in doubt, a person is asked)

+ 0 add   ~ 0 change   > 4 move   - 4 remove   = 4 sent   8 unchanged
17 parts in all
Approval: comms and legal, one of each

  un-x will charge about 0.62 USD for 3 posts.

Next: read them  campaign preview      then  campaign schedule
"""
NOTHING = """
Schools 2026 · schools-2026 · nothing to change                                          Zurich time

  un-x 5 · un-mastodon 10 (en fr, 10 min apart)
  desk 5 (cannot be read: in doubt, a person is asked)

+ 0 add   ~ 0 change   > 0 move   - 0 remove   = 4 sent   16 unchanged   21 parts in all
Approval: comms and legal, one of each

  un-x will charge about 0.82 USD for 4 posts.

Next: campaign status
"""


@pytest.fixture
def on_the_way(story: Story) -> Story:
    """Approved on 3 June; the headline went out on the 10th."""
    story.goes_ahead()
    story.goes_through(10, 10)
    return story


@pytest.mark.parametrize("columns", [0, 100, 120])
def test_the_first_plan(story: Story, columns: int) -> None:
    assert story.shows("plan", columns) == screen(FIRST)


def test_the_first_plan_on_80_columns(story: Story) -> None:
    assert story.shows("plan", 80) == screen(FIRST_AT_80)


@pytest.mark.parametrize("columns", [0, 120])
def test_a_plan_after_one_edit(on_the_way: Story, columns: int) -> None:
    edited = STATEMENT.replace("a safe home", "a safe place to live")
    on_the_way.person.writes("statement.en.md", edited)
    assert on_the_way.shows("plan", columns) == screen(EDITED)


def test_a_plan_that_moves_and_removes(on_the_way: Story) -> None:
    text = CAMPAIGN.replace("D 17:00", "D 19:00").replace("recommendations", "recommendations 1-2")
    on_the_way.writes(text)
    assert on_the_way.shows("plan", 80) == screen(MOVED_AT_80)


def test_a_plan_without_a_change(on_the_way: Story) -> None:
    assert on_the_way.shows("plan") == screen(NOTHING)


def test_no_color_and_json_say_the_same(story: Story) -> None:
    story.person.patch.setenv("NO_COLOR", "1")
    assert story.shows("plan") == screen(FIRST)
    told = story.told("plan")
    assert [change["sign"] for change in told["changes"]] == ["+"] * 20
    assert sum(len(change["parts"]) for change in told["changes"]) == 21


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 120])
def test_a_terminal_shows_what_a_pipe_does(tmp_path: Path, columns: int) -> None:
    """A real process on a real terminal: no colour, nothing that moves the cursor. 12 June 2037 is
    a Friday, too.
    """
    (tmp_path / "statement.en.md").write_text(STATEMENT, "utf-8")
    (tmp_path / "statement.fr.md").write_text(FRENCH, "utf-8")
    (tmp_path / "campaign.yaml").write_text(CAMPAIGN.replace("2026", "2037"), "utf-8")
    code, seen = at_terminal(tmp_path, columns, "plan")
    assert code == 0, seen
    expected = screen(FIRST_AT_80 if columns == 80 else FIRST)
    assert seen.splitlines() == [line.replace("2026", "2037") for line in expected]


def test_a_day_that_is_over_is_asked_about_where_posts_wait(on_the_way: Story) -> None:
    on_the_way.writes(CAMPAIGN.replace("date: 2026-06-12", "date: 2025-06-12"))
    seen = on_the_way.shows("plan")
    assert (
        "  ? campaign.yaml:3  12 June 2025 was 11 months ago. Did you mean 2026 (a Friday)?" in seen
    )
