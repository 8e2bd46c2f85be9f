import re
from dataclasses import replace
from datetime import timedelta

from campaign.domain.plan import Planned
from campaign.domain.statement import Kind, Place
from campaign.preview.html import preview_page

from .factory import (
    ARABIC,
    CAMPAIGN,
    NETWORKS,
    NOON,
    UN_BLUESKY,
    UN_LINKEDIN,
    UN_MASTODON,
    UN_X,
    arabic,
    part,
    planned,
    thread,
)
from .reading import Page, assert_standalone


def read(*posts: Planned) -> Page:
    page = Page(preview_page(CAMPAIGN, posts, networks=NETWORKS, made_at=NOON))
    assert_standalone(page)
    return page


def test_every_post_appears_once_in_the_calendars_order() -> None:
    later = planned(number=5, due_at=NOON + timedelta(days=1))
    page = read(later, thread(), arabic(), planned(account=UN_MASTODON))
    posts = [name for name in page.ids if name.startswith("imd-2026/")]
    assert posts == [
        "imd-2026/recommendation-3/en/un-x",
        "imd-2026/recommendation-1/ar/un-x-ar",
        "imd-2026/recommendation-1/en/un-mastodon",
        "imd-2026/recommendation-5/en/un-x",
    ]
    assert page.tags.count("article") == 4
    for key in posts:
        assert page.text.count(key) == 1


def test_header_sums_up_and_contents_lead_to_each_time() -> None:
    page = read(thread(), arabic(), planned(number=5, due_at=NOON + timedelta(days=1)))
    assert "3 posts · 4 parts · 2 accounts" in page.text
    assert "all times in Europe/Zurich" in page.text
    assert [link for link in page.links if link.startswith("#")] == [
        "#posts", "#day-1", "#at-1-1", "#day-2", "#at-2-1"
    ]  # fmt: skip
    assert "12:00 recommendation 3, recommendation 1" in page.text
    assert page.text.count("Friday 18 December 2026") == 2
    assert "Made Fri 18 Dec 12:00 Zurich" in page.text


def test_each_part_shows_its_count_in_numbers() -> None:
    page = read(thread(), arabic())
    assert page.classes.count("part") == page.classes.count("bar") == 3
    assert "1/2 · 279 of 280 weighted characters" in page.text
    assert "2/2 · 102 of 280 weighted characters" in page.text
    assert "198 of 280 weighted characters" in page.text
    assert "too many" not in page.text


def test_too_long_is_said_in_words() -> None:
    page = read(planned(part("a", count=285)))
    assert "285 of 280 weighted characters · 5 too many" in page.text
    assert "over" in page.classes


def test_text_is_shown_and_never_obeyed() -> None:
    text = "<script>alert(1)</script> \"quoted\" 'x' &amp; {{ 7*7 }} <img src=x onerror=y>"
    assert text in read(planned(part(text))).text


def test_every_value_is_escaped() -> None:
    evil = "<b onclick=x>\"'&"
    account = replace(UN_X, name=evil, handle=evil, language=evil)
    post = planned(part(evil, card=evil), account=account, converted=((evil, evil),))
    post = replace(post, message=replace(post.message, place=Place(file=evil, line=1), unit=evil))
    names = replace(CAMPAIGN, title=evil, id=evil, file=evil, statement=evil)
    page = Page(preview_page(names, [post], networks=NETWORKS, made_at=NOON))
    assert page.loads == []
    assert page.text.count(evil) >= 10


def test_hidden_characters_are_named_where_they_stand() -> None:
    page = read(planned(part("pay \u202eevil\u202c to\u200bday")))
    assert "pay [U+202E]evil[U+202C] to[U+200B]day" in page.text


def test_hashtags_mentions_and_links_are_marked() -> None:
    source = (
        "#MigrantsDay, @UNmigration: (https://example.org/a?b=1&c=2). C# a@b.example #يوم_المهاجرين"
    )
    page = read(planned(part(source)))
    assert source in page.text
    assert "https://example.org/a?b=1&c=2" in page.links
    assert page.classes.count("tag") == 3


def test_only_web_addresses_are_links() -> None:
    page = read(planned(part("javascript:alert(1) ftp://example.org https://x\u202ey.example")))
    assert [link for link in page.links if not link.startswith("#")] == []


def test_look_alike_host_is_spelled_out() -> None:
    page = read(planned(part("https://\u0430\u0440\u0440\u04cf\u0435.com/login")))
    assert "[xn--80ak6aa92e.com]" in page.text


def test_card_shows_the_title_that_readers_will_see() -> None:
    shown = part("Read.", card="https://example.org/a", card_title="Water <b>for all</b>")
    page = read(planned(shown, account=UN_BLUESKY))
    assert "Water <b>for all</b>" in page.text


def test_card_stands_beside_the_text() -> None:
    page = read(planned(part("Read.", card="https://example.org/statement"), account=UN_BLUESKY))
    assert "Read. example.org https://example.org/statement" in page.text
    assert "https://example.org/statement" in page.links


def test_changed_words_are_a_diff_with_their_source() -> None:
    page = read(thread())
    assert "Accelerating became Accelerate; everything else as in statement.en.md:27" in page.text
    assert {"del", "ins"} <= {*page.tags}
    assert 'Cut before "and thus"; no word lost.' in page.text
    assert "as in statement.en.md:27, nothing converted" in read(planned()).text


def test_right_to_left_text_is_whole_isolated_and_says_its_language() -> None:
    source = preview_page(CAMPAIGN, [arabic()], networks=NETWORKS, made_at=NOON)
    assert '<div class="text" dir="auto" lang="ar">' in source
    assert " ".join(ARABIC.split()) in Page(source).text
    assert "X Arabic" in Page(source).text


def test_handles_read_as_their_networks_write_them() -> None:
    page = read(planned(account=UN_LINKEDIN), planned(account=UN_MASTODON))
    assert "un-linkedin UN Network on Migration" in page.text
    assert "@migration@social.example" in page.text


def test_no_posts_says_what_to_do() -> None:
    page = read()
    assert "0 posts · 0 parts · 0 accounts" in page.text
    assert "No posts yet. Add lines to calendar: in campaign.yaml" in page.text


def test_again_is_a_post_of_its_own() -> None:
    first = planned(kind=Kind.HEADLINE)
    again = replace(first, post=replace(first.post, key=f"{first.post.key}~again"))
    assert read(first, again).tags.count("article") == 2


def test_both_clocks_and_what_makes_one_post() -> None:
    there = planned()
    local = replace(there, post=replace(there.post, zone="Asia/Bangkok"))
    page = read(thread(), local)
    assert "X English · Fri 18 Dec 18:00 Bangkok" in page.text
    assert 'For one post add to the campaign file short: {recommendation 3: "…"}' in page.text
    assert page.text.count("For one post") == 1


def test_an_embargo_stands_above_everything_and_on_each_post() -> None:
    under = replace(CAMPAIGN, embargo=NOON + timedelta(hours=1))
    page = Page(preview_page(under, [thread(), arabic()], networks=NETWORKS, made_at=NOON))
    assert_standalone(page)
    assert page.text.count("EMBARGO until Fri 18 Dec 13:00 Zurich") == 3
    assert "Do not show this page to anybody outside before." in page.text
    over = replace(CAMPAIGN, embargo=NOON)
    made = Page(preview_page(over, [thread()], networks=NETWORKS, made_at=NOON))
    assert "EMBARGO" not in made.text


def test_the_page_keeps_its_margins() -> None:
    """A rule that slips into another one's selectors looks like valid CSS, and ruins the page."""
    found = re.search(r"([^{}]+)\{[^}]*max-width: 1400px[^}]*padding: 0 1rem", read(thread()).style)
    assert found
    assert found[1].strip() == ".top, .frame, .foot"
