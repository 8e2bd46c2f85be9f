from datetime import timedelta

import pytest

from campaign.domain.audit import Publication
from campaign.domain.states import State
from campaign.preview.timeline import STATES, duration, timeline_page, timeliness

from .factory import ARABIC, NETWORKS, NOON, publication
from .reading import Page, assert_standalone


def read(
    *publications: Publication, note: str = "", title: str = "International Migrants Day"
) -> Page:
    page = Page(
        timeline_page(
            title=title,
            campaign_id="imd-2026",
            zone="Europe/Zurich",
            publications=publications,
            networks=NETWORKS,
            made_at=NOON,
            note=note,
        )
    )
    assert_standalone(page)
    return page


def waiting(**changes: object) -> Publication:
    return publication(published_at=None, url=None, **changes)


def test_published_on_time_with_proof_and_approvals() -> None:
    page = read(publication())
    assert "recommendation 3 X · English" in page.text
    assert "✓ published 12:00:04 Zurich · on time (due 12:00)" in page.text
    assert "Proof: https://social.example/@un/1" in page.text
    assert "https://social.example/@un/1" in page.links
    assert "Approved by a.diallo, r.haddad" in page.text
    assert "✓ 1 published" in page.text
    assert "! 0 in doubt, it may be public" in page.text
    assert "✗ 0 failed" in page.text


def test_late_and_slowest_are_said() -> None:
    late = publication(
        post_key="late", account="un-linkedin", published_at=NOON + timedelta(seconds=102)
    )
    page = read(publication(), late)
    assert "12:01:42 Zurich · 1 min 42 s late (due 12:00)" in page.text
    assert "Slowest: 1 min 42 s after its time (recommendation 3, un-linkedin)" in page.text


def test_thread_is_one_post_with_a_fate_for_each_part() -> None:
    page = read(
        waiting(part=2, parts=2, text="second", state=State.FAILED, reason="Refused."),
        publication(parts=2, text="first"),
    )
    assert "1 post · 2 parts · 1 account" in page.text
    assert page.tags.count("article") == 1
    assert page.text.index("✓ part 1 of 2 published") < page.text.index("✗ part 2 of 2 failed")
    assert "second Refused." in page.text
    assert "✗ 1 failed" in page.text


@pytest.mark.parametrize("state", list(State))
def test_each_state_has_a_sign_and_words(state: State) -> None:
    sign, words = STATES[state]
    assert f"{sign} {words} due Fri 18 Dec 12:00 Zurich" in read(waiting(state=state)).text.replace(
        "Proof: no public address", ""
    )


def test_file_address_is_text_not_a_link() -> None:
    page = read(publication(url="file:///tmp/outbox/1.json"))
    assert "Proof: file:///tmp/outbox/1.json" in page.text
    assert [link for link in page.links if not link.startswith("#")] == []


def test_published_without_an_address_says_so() -> None:
    assert "Proof: no public address" in read(publication(url=None)).text


def test_days_are_the_campaigns_and_in_order() -> None:
    before_midnight = NOON.replace(hour=22, minute=59)
    page = read(
        waiting(post_key="b", state=State.QUEUED, due_at=before_midnight + timedelta(minutes=1)),
        publication(post_key="a", due_at=before_midnight, published_at=before_midnight),
    )
    assert [name for name in page.ids if name != "posts"] == ["day-1", "a", "day-2", "b"]
    assert page.text.index("Friday 18 December 2026") < page.text.index("Saturday 19 December 2026")


def test_everything_shown_is_escaped() -> None:
    evil = "<script>x</script>\"'&\u202e"
    page = read(
        publication(
            text=evil, account=evil, handle=evil, reason=evil, url=evil, card=evil,
            platform=evil, language=evil, approved_by=(evil,),
        ),
        title=evil,
        note=evil,
    )  # fmt: skip
    assert "script" not in page.tags
    assert page.text.count("<script>x</script>\"'&[U+202E]") >= 8


def test_right_to_left_text_is_whole() -> None:
    page = read(publication(text=ARABIC, language="ar"))
    assert " ".join(ARABIC.split()) in page.text
    assert "ar" in page.languages


def test_nobody_approved_is_said() -> None:
    page = read(waiting(state=State.DRAFT, approved_by=()))
    assert "Approved by nobody yet" in page.text
    assert "? waiting for a person" in page.text


def test_nothing_yet() -> None:
    page = read(note="A rehearsal: nothing left this machine.")
    assert "A rehearsal: nothing left this machine." in page.text
    assert "Nothing has gone out yet, and nothing is waiting to." in page.text
    assert "Slowest" not in page.text


def test_unknown_network_keeps_its_name() -> None:
    assert (
        "recommendation 3 gone.example · English" in read(publication(platform="gone.example")).text
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "on time"),
        (59, "on time"),
        (60, "1 min 0 s late"),
        (102, "1 min 42 s late"),
        (7500, "2 h 5 min late"),
        (90_000, "1 day 1 h late"),
        (-120, "2 min 0 s early"),
    ],
)
def test_timeliness(seconds: int, words: str) -> None:
    assert timeliness(NOON, NOON + timedelta(seconds=seconds)) == words


def test_short_duration() -> None:
    assert duration(timedelta(seconds=4.9)) == "4 s"


def test_a_post_on_its_own_clock_shows_both() -> None:
    page = read(publication(zone="Asia/Bangkok"))
    assert "(due 12:00 = Fri 18 Dec 18:00 Bangkok)" in page.text


def test_what_a_person_found_is_neither_on_time_nor_late() -> None:
    page = read(publication(published_at=None, sent_from=NOON))
    assert (
        "found by a person after a doubt; sent Fri 18 Dec 12:00 Zurich at the earliest" in page.text
    )
    assert "on time" not in page.text
    assert "Slowest" not in page.text
