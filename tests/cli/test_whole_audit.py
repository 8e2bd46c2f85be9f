"""`campaign audit` as whole screens, after the day: with a post that a person found, one that was
refused, one that was skipped, one whose account is blocked; and with nothing wrong.
"""

import csv
import io
import re

import pytest

from tests.cli.story import BLOCKED, CAMPAIGN, REFUSED, UNKNOWN, Story, screen, swapped

GOOD = """
Schools 2026 · 10 June · 4 posts were due                                    Thu 11 Jun 09:00 Zurich

  4 published   0 skipped   0 failed   0 unknown
  slowest: 2 s after its time (headline, un-x)

  when sent        what      account         approved by         proof
  10 Jun 10:00:02  headline  un-x            a.diallo, r.haddad  x.com/UNSchools/status/1001
  10 Jun 10:00:02  headline  un-mastodon en  a.diallo, r.haddad  social.example/@schools/1002
  10 Jun 10:00:02  headline  desk            a.diallo, r.haddad
  10 Jun 10:10:02  headline  un-mastodon fr  a.diallo, r.haddad  social.example/@schools/1004

  Record       N entries, chain intact
  Still to go  16 posts, the first Fri 12 Jun 08:00 (recommendation 1)

Next: for a spreadsheet  campaign audit --csv audit.csv
      for one post       campaign audit show schools-2026/headline/fr/un-mastodon
"""
BAD = """
Schools 2026 · 10–12 June · 20 posts were due                                Fri 12 Jun 19:00 Zurich

  15 published   2 skipped   1 failed   0 unknown   2 late
  slowest of those whose moment is known: 4 s after its time (recommendation 2, un-x)

  when sent          what              account              approved by         proof
  10 Jun 10:00:02    headline          un-x                 a.diallo, r.haddad
                                                            x.com/UNSchools/status/1001
  10 Jun 10:00:02    headline          un-mastodon en       a.diallo, r.haddad
                                                            social.example/@schools/1002
  10 Jun 10:00:02    headline          desk                 a.diallo, r.haddad
  10 Jun 10:10:02    headline          un-mastodon fr       a.diallo, r.haddad
                                                            social.example/@schools/1004
  12 Jun 08:00:02    recommendation 1  un-x                 a.diallo, r.haddad
                                                            x.com/UNSchools/status/1005
  12 Jun 08:00:02    recommendation 1  un-mastodon en       a.diallo, r.haddad
                                                            social.example/@schools/1006
  from 12 Jun 08:00  recommendation 1  desk                 a.diallo, r.haddad  desk.example/412
                     found by m.ito at 08:30 (No answer came within 45 s)
  12 Jun 08:10:02    recommendation 1  un-mastodon fr       a.diallo, r.haddad
                                                            social.example/@schools/1007
  12 Jun 10:00:02    recommendation 2  un-x            1/2  a.diallo, r.haddad
                                                            x.com/UNSchools/status/1008
  12 Jun 10:00:04    recommendation 2  un-x            2/2  a.diallo, r.haddad
                                                            x.com/UNSchools/status/1010
  12 Jun 10:00:02    recommendation 2  desk                 a.diallo, r.haddad
  12 Jun 12:00:02    recommendation 3  un-mastodon en       a.diallo, r.haddad
                                                            social.example/@schools/1011
  12 Jun 12:00:02    recommendation 3  desk                 a.diallo, r.haddad
  12 Jun 17:00:02    quote 1           un-mastodon en       a.diallo, r.haddad
                                                            social.example/@schools/1013
  12 Jun 17:00:02    quote 1           desk                 a.diallo, r.haddad
  12 Jun 17:10:02    quote 1           un-mastodon fr       a.diallo, r.haddad
                                                            social.example/@schools/1015

  was due       what              account         what became of it
  12 Jun 10:00  recommendation 2  un-mastodon en  failed: the text was posted before
  12 Jun 10:10  recommendation 2  un-mastodon fr  skipped: its time had passed before it could go
                                                  out
  12 Jun 12:00  recommendation 3  un-x            its account is blocked
  12 Jun 12:10  recommendation 3  un-mastodon fr  skipped: its time had passed before it could go
                                                  out
  12 Jun 17:00  quote 1           un-x            its account is blocked

  To look at  1 post resolved by a person
  Record      N entries, chain intact

Next: for a spreadsheet  campaign audit --csv audit.csv
      for one post       campaign audit show schools-2026/recommendation-2/en/un-mastodon
"""
BAD_AT_80 = swapped(
    BAD,
    {
        "20 posts were due                                Fri": "20 posts were due            Fri",
        "approved by         proof": f"approved by\n{'':60}proof",
        "a.diallo, r.haddad  desk": f"a.diallo, r.haddad\n{'':60}desk",
        "the text was posted before": f"the text was posted\n{'':50}before",
        f"passed before it could go\n{'':50}out": f"passed\n{'':50}before it could go out",
    },
)


@pytest.fixture
def story(story: Story) -> Story:
    """Scheduled, approved, and the headline is out."""
    story.writes(f"{CAMPAIGN}late: {{after: 1h, then: skip}}\n")
    story.goes_ahead()
    story.goes_through(10, 10)
    return story


def audit(story: Story, columns: int = 0) -> list[str]:
    """The number of entries is no promise of ours."""
    lines = story.shows("audit", columns)
    return [re.sub(r"Record(\s+)[\d,]+ entries", r"Record\1N entries", line) for line in lines]


@pytest.mark.parametrize("columns", [0, 100, 120])
def test_audit_of_a_good_day(story: Story, columns: int) -> None:
    story.at(11, 9)
    assert audit(story, columns) == screen(GOOD)


def a_bad_day(story: Story) -> None:
    """On 12 June one doubt is resolved by a person, one text is refused, X is blocked from noon."""
    story.goes_through(12, 8, desk=UNKNOWN)
    story.at(12, 8, 30)
    found = "resolve recommendation-1/en/desk --url https://desk.example/412 --as m.ito"
    assert story.types(found).code == 0
    story.at(12, 10)
    story.sends(un_mastodon=REFUSED)
    story.at(12, 12)  # no worker at 10:10: the French one is skipped, two hours later
    story.sends(un_x=BLOCKED)
    story.goes_through(12, 17)
    story.at(12, 19)


@pytest.mark.parametrize("columns", [0, 80])
def test_audit_of_a_bad_day(story: Story, columns: int) -> None:
    a_bad_day(story)
    assert audit(story, columns) == screen(BAD_AT_80 if columns == 80 else BAD)


def test_what_a_person_found_has_no_time_of_its_own(story: Story) -> None:
    """Nobody knows when it appeared: it is neither punctual nor late, on a screen or in a file."""
    a_bad_day(story)
    told = story.told("audit")
    rows = list(csv.DictReader(io.StringIO(story.types("audit --csv -").out)))
    for listed, nothing in ((told, None), (rows, "")):
        (found,) = [one for one in listed if one["url"] == "https://desk.example/412"]
        assert (found["state"], found["published_at"]) == ("published", nothing)
    (refused,) = [one for one in told if one["state"] == "failed"]
    assert refused["reason"] == "the text was posted before"
