"""All screens of a campaign's life, on three terminals: as wide as they may be, without colour, and with
what to do next at their end.
"""

import re
from collections.abc import Callable

import pytest

from tests.cli.story import BLOCKED, CAMPAIGN, REFUSED, UNKNOWN, Story

pytestmark = pytest.mark.slow

SCREENS = (
    "check", "plan", "preview", "status", "status --all", "audit", "audit --all", "audit verify",
    "audit show headline", "platforms",
)  # fmt: skip
# What is pasted as a whole may be longer than the terminal: it would be cut by a line break.
PASTED = re.compile(r"campaign [a-z]|https?://|x\.com/|social\.example/|file://|schools-2026/")


def unscheduled(story: Story) -> None:
    assert story.types("check").code == 0


def bad_day(story: Story) -> None:
    story.goes_ahead()
    story.goes_through(10, 10)
    story.at(12, 8)
    story.sends("un-mastodon", desk=UNKNOWN)
    assert story.types("pause --language fr --as m.ito").code == 0


def worse_day(story: Story) -> None:
    bad_day(story)
    story.goes_through(12, 10, un_x=BLOCKED, desk=REFUSED)
    edited = CAMPAIGN.replace("D 17:00", "D 19:00").replace("Schools 2026", "Schools, 2026")
    story.writes(edited.replace("comms, legal]", "comms]") + "hashtags: [Schools]\n")


@pytest.mark.parametrize("moment", [unscheduled, Story.schedules, bad_day, worse_day])
@pytest.mark.parametrize("columns", [80, 100, 140])
def test_screens_keep_to_the_terminal(
    story: Story, moment: Callable[[Story], None], columns: int
) -> None:
    moment(story)
    story.person.patch.setenv("COLUMNS", str(columns))
    for typed in SCREENS:
        seen = story.types(typed)
        lines = seen.text.rstrip("\n").splitlines()
        assert "\x1b" not in seen.text
        assert not [line for line in lines if line != line.rstrip()], typed
        wide = [line for line in lines if len(line) > min(columns, 100)]
        assert not [line for line in wide if not PASTED.search(line)], typed
        if seen.code == 0:
            assert lines[-1].startswith(("Next: ", "      ")), typed
