"""`campaign status` as whole screens: before, on the day, paused, blocked, while approval is waited
for. On 80 columns, on more, and in a pipe.
"""

import pytest

from tests.cli.story import BLOCKED, REFUSED, UNKNOWN, Story, screen, swapped

WAITING = """
Schools 2026 · not running · nothing paused                                  Mon 01 Jun 09:00 Zurich

  0 published    0 to come    20 waiting for a person    0 failed    of 20 posts

  wait  Wed 10 Jun 10:00  first of 20 posts  for comms and legal, by Tue 09 Jun 10:00

Next: campaign approve
"""
WAITING_AT_80 = swapped(
    WAITING,
    {
        "paused                                  Mon": "paused              Mon",
        "legal, by Tue": f"legal, by\n{'':45}Tue",
    },
)
NOTHING_RUNS = """
Schools 2026 · NOT RUNNING · nothing paused                                  Wed 03 Jun 10:00 Zurich

  0 published    20 to come    0 failed    of 20 posts

  next  Wed 10 Jun 10:00  headline · un-x, un-mastodon en and desk
  then  Wed 10 Jun 10:10  headline · un-mastodon fr
  then  Fri 12 Jun 08:00  recommendation 1 · un-x, un-mastodon en and desk
                          and 13 more posts, all approved

  !  20 posts are scheduled and nothing is running to send them.
     Start it: campaign run   (first post Wed 10 Jun 10:00, in 7 days)

Next: campaign run
"""
ON_THE_DAY = """
Schools 2026 · running · nothing paused                                      Fri 12 Jun 08:00 Zurich

  5 published    1 sending    13 to come    0 failed    1 UNKNOWN    of 20 posts

! Fri 12 Jun 08:00  recommendation 1 · desk   UNKNOWN: it may be public.
      Sent 08:00, and then: No answer came within 45 s.
      │ The Network for Schools calls on States to:
      │ open every school by September.
      │ Our statement: https://example.org/schools
      We will not send it again by ourselves; everything else goes on. desk cannot be read from
      here, so a person has to look.
      It is there       campaign resolve recommendation-1/en/desk --url URL
      It is not there   campaign resolve recommendation-1/en/desk --absent --reason "…"
                        (--resend needs a second person and is possible from 08:15)

  now   Fri 12 Jun 08:00  recommendation 1 · un-mastodon en
  next  Fri 12 Jun 08:10  recommendation 1 · un-mastodon fr
  then  Fri 12 Jun 10:00  recommendation 2 · un-x, un-mastodon en and desk
  then  Fri 12 Jun 10:10  recommendation 2 · un-mastodon fr
                          and 8 more posts, all approved

Next: look at the network, then one of the resolve commands above
"""
ON_THE_DAY_AT_80 = swapped(
    ON_THE_DAY,
    {
        "paused                                      Fri": "paused                  Fri",
        "desk cannot be read from\n      here,": "desk\n      cannot be read from here,",
        "from 08:15": f"from\n{'':24}08:15",
    },
)
PAUSED = """
Schools 2026 · running · 1 pause                                             Thu 11 Jun 09:00 Zurich

  4 published    16 to come    0 failed    of 20 posts

  next    Fri 12 Jun 08:00  recommendation 1 · un-x, un-mastodon en and desk
  then    Fri 12 Jun 08:10  recommendation 1 · un-mastodon fr (paused)
  then    Fri 12 Jun 10:00  recommendation 2 · un-x, un-mastodon en and desk
                            and 9 more posts, all approved
  paused  Thu 11 Jun 09:00  language fr  by m.ito: translation under review

Next: to go on  campaign resume --language fr
"""
BLOCKED_AT_80 = """
Schools 2026 · running · nothing paused                  Fri 12 Jun 08:10 Zurich

  5 published    13 to come    2 failed    of 20 posts

! Fri 12 Jun 08:00  recommendation 1 · un-mastodon en   It did not go out.
      What came back: the text was posted before.
      Its whole story    campaign audit show recommendation-1/en/un-mastodon
      Once it is mended  campaign retry recommendation-1/en/un-mastodon

! Fri 12 Jun 08:10  recommendation 1 · un-mastodon fr   It did not go out.
      What came back: the text was posted before.
      Its whole story    campaign audit show recommendation-1/fr/un-mastodon
      Once it is mended  campaign retry recommendation-1/fr/un-mastodon

  next     Fri 12 Jun 08:00  recommendation 1 · un-x (10 min 2 s late, blocked)
  then     Fri 12 Jun 10:00  recommendation 2 · un-x, un-mastodon en and desk
                             (1 of 3 blocked)
  then     Fri 12 Jun 10:10  recommendation 2 · un-mastodon fr
                             and 8 more posts, all approved
  blocked                    account un-x  X does not accept the key any more.

Next: campaign audit show schools-2026/recommendation-1/en/un-mastodon
"""


@pytest.fixture
def approved(story: Story) -> Story:
    story.goes_ahead()
    return story


@pytest.mark.parametrize("columns", [0, 120])
def test_status_while_approval_is_waited_for(story: Story, columns: int) -> None:
    story.schedules()
    assert story.shows("status", columns) == screen(WAITING)
    assert story.shows("status", 80) == screen(WAITING_AT_80)


def test_status_when_nothing_runs(approved: Story) -> None:
    assert approved.shows("status") == screen(NOTHING_RUNS)
    assert approved.shows("status", 80)[1:] == screen(NOTHING_RUNS)[1:]


@pytest.mark.parametrize("columns", [0, 120])
def test_status_on_the_day(approved: Story, columns: int) -> None:
    on_the_day(approved)
    with approved.running():
        assert approved.shows("status", columns) == screen(ON_THE_DAY)
        assert approved.shows("status", 80) == screen(ON_THE_DAY_AT_80)


def on_the_day(story: Story) -> None:
    """At 08:00:02 of the day, one post has no answer, and one is still on its way."""
    story.goes_through(10, 10)
    story.at(12, 8)
    story.sends("un-mastodon", desk=UNKNOWN)


def test_status_of_a_thread_on_its_way(approved: Story) -> None:
    approved.goes_through(12, 8)
    approved.at(12, 10)
    approved.sends("un-x")
    with approved.running():
        lines = approved.shows("status", 80)
    assert "  now   Fri 12 Jun 10:00  recommendation 2 · un-x (part 1 of 2)" in lines


def test_status_while_a_language_is_paused(approved: Story) -> None:
    approved.goes_through(10, 10)
    approved.at(11, 9)
    words = ("--language", "fr", "--reason", "translation under review", "--as", "m.ito")
    assert approved.person.types("pause", *words).code == 0
    with approved.running():
        assert approved.shows("status") == screen(PAUSED)


def test_status_with_a_blocked_account_and_refused_posts(approved: Story) -> None:
    approved.goes_through(10, 10)
    approved.goes_through(12, 8, un_x=BLOCKED, un_mastodon=REFUSED)
    with approved.running():
        assert approved.shows("status", 80) == screen(BLOCKED_AT_80)


def test_json_says_the_same(approved: Story) -> None:
    on_the_day(approved)
    with approved.running():
        told = approved.told("status")
    (campaign,) = told["campaigns"]
    assert (told["running"], told["in_doubt"][0]["key"]) == (
        True,
        "schools-2026/recommendation-1/en/desk",
    )
    assert {name: number for name, number in campaign["counts"].items() if number} == {
        "published": 5,
        "armed": 1,
        "queued": 13,
        "unknown": 1,
    }


def test_all_posts_in_words(approved: Story) -> None:
    on_the_day(approved)
    lines = approved.shows("status --all", 80)
    listed = [line.split("  ")[2].strip() for line in lines if " schools-2026/" in line]
    assert len(listed) == 20
    assert set(listed) == {"published", "sending", "to come", "UNKNOWN"}


def test_a_kill_file_is_the_next_thing(approved: Story) -> None:
    kill = approved.person.folder / "KILL"
    kill.touch()
    with approved.running():
        seen = approved.shows("status")
    assert f"  stopped  nothing is sent while {kill} exists; remove it to go on" in seen
    assert seen[-1] == f"Next: to go on  rm {kill}"
