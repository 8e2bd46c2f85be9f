"""`recommendations as thread` beside the seven recommendations."""

from tests.operations.conftest import Write

LINES = "\n  - D-7 09:30 recommendations every 1d\n  - D 09:30 recommendations as thread\n"


def test_it_stands_beside_them_under_its_own_key(write: Write) -> None:
    drafted = write(calendar=LINES)
    posts = {one.post.key: one.post for one in drafted.planned}
    assert len(posts) == 8 * 4
    assert len(posts["imd-2021/recommendations-thread/en/x"].bodies) == 10
    assert len(posts["imd-2021/recommendations-thread/en/linkedin"].bodies) == 1
    assert "LinkedIn has no threads: there all recommendations are one post." in drafted.notes


def test_what_has_aged_in_it_is_to_be_decided(write: Write) -> None:
    only = "\n  - D 09:30 recommendations as thread\n"
    drafted = write(calendar=only, day="international-migrants-day 2026")
    assert [one.what[:17] for one in drafted.open] == ["recommendation 7 "]
    decided = write(
        calendar=only, day="international-migrants-day 2026", aged="{recommendation 7: skip}"
    )
    assert decided.open == ()
    (thread, *_) = decided.planned
    assert "Six calls to States and all stakeholders (2021): 1/" in thread.message.parts[0].text
    assert not any("pledges" in part.text for part in thread.message.parts)


def test_its_links_that_lead_nowhere_are_to_be_decided(write: Write) -> None:
    drafted = write(calendar="\n  - D 09:30 recommendations as thread\n", links=None)
    assert any("concrete and actionable pledges" in one.what for one in drafted.open)
