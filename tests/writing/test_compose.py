"""Messages of the shipped statement, word for word, and what holds for any statement."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.domain.campaign import Wording
from campaign.domain.message import Message
from campaign.domain.statement import Form, Headline, Kind, LeadIn, Place, Quote, Recommendation
from campaign.errors import ContentError
from campaign.platforms.counting import NETWORKS
from tests.writing.conftest import ROLE, MakeComposer

LINK = "https://example.org/statement"
PLACE = Place(file="statement.en.md", line=27)
CALL_6 = (
    "Partner with migrants and all relevant stakeholders, including children and youth, in the"
    " implementation, follow-up and review of the Global Compact for Safe, Orderly and Regular"
    " Migration"
)


def call(text: str, number: int = 1, form: Form = Form.IMPERATIVE) -> Recommendation:
    return Recommendation(text=text, place=PLACE, number=number, form=form)


def texts(message: Message) -> list[str]:
    return [part.text for part in message.parts]


def test_available(compose: MakeComposer) -> None:
    assert compose().available() == {
        Kind.HEADLINE: (1,),
        Kind.FACT: (1,),
        Kind.QUOTE: (1, 2),
        Kind.THREAD: (1,),
        Kind.RECOMMENDATION: (1, 2, 3, 4, 5, 6, 7),
        Kind.ROUNDUP: (1,),
        Kind.MESSAGE: (),
    }


# Counted by hand against SCREENS §2: "From 2021:" gives way to "Our statement:", 4 longer.
COUNTS = [
    (Kind.HEADLINE, 1, [145], [426], [106], [522]),
    (Kind.FACT, 1, [219], [221], [182], [285]),
    (Kind.QUOTE, 1, [265, 207], [453], [265, 168], [474]),
    (Kind.QUOTE, 2, [263, 173], [417], [263, 134], [438]),
    (Kind.RECOMMENDATION, 1, [235], [235], [196], [530]),
    (Kind.RECOMMENDATION, 2, [269], [269], [230], [564]),
    (Kind.RECOMMENDATION, 3, [279, 104], [381], [284, 65], [676]),
    (Kind.RECOMMENDATION, 4, [236], [236], [197], [531]),
    (Kind.RECOMMENDATION, 5, [228, 145], [366], [228, 106], [661]),
    (Kind.RECOMMENDATION, 6, [280], [285], [246], [580]),
    (Kind.RECOMMENDATION, 7, [265, 195], [453], [265, 156], [748]),
    (Kind.ROUNDUP, 1, [178], [424], [139], [1876]),
]


@pytest.mark.parametrize(("kind", "number", "x", "mastodon", "bluesky", "linkedin"), COUNTS)
def test_counts_of_the_48_posts(
    compose: MakeComposer,
    kind: Kind,
    number: int,
    x: list[int],
    mastodon: list[int],
    bluesky: list[int],
    linkedin: list[int],
) -> None:
    composer = compose()
    found = {
        name: [part.count for part in composer.compose(kind, number, NETWORKS[name]).parts]
        for name in ("x", "mastodon", "bluesky", "linkedin")
    }
    assert found == {"x": x, "mastodon": mastodon, "bluesky": bluesky, "linkedin": linkedin}


def test_every_post_fits_and_keeps_all_words(compose: MakeComposer) -> None:
    composer = compose()
    for network in NETWORKS.values():
        for kind, numbers in composer.available().items():
            for number in numbers:
                message = composer.compose(kind, number, network)
                assert all(network.measure.fits(part.text) for part in message.parts)
                assert all(part.count == network.measure.count(part.text) for part in message.parts)
                assert all(part.body.strip() in part.text for part in message.parts)


def test_recommendation_on_x(compose: MakeComposer) -> None:
    message = compose().compose(Kind.RECOMMENDATION, 6, NETWORKS["x"])
    assert texts(message) == [
        ("Call 6 to States and all stakeholders:\n"
        f"{CALL_6}.\n"
        f"#MigrantsDay Our statement: {LINK}")
    ]  # fmt: skip
    assert message.converted == (
        ("Partnering", "Partner"),
        ("GCM", "Global Compact for Safe, Orderly and Regular Migration"),
    )
    assert message.words == CALL_6
    assert (message.limit, message.unit) == (280, "weighted characters")
    assert (message.place.file, message.place.line) == ("statement.en.md", 28)


def test_thread_on_x(compose: MakeComposer) -> None:
    message = compose().compose(Kind.RECOMMENDATION, 5, NETWORKS["x"])
    assert texts(message) == [
        (
            "Call 5 of 7 to States and all stakeholders:\n"
            "Dismantle organized criminal groups engaging in migrant smuggling and human trafficking,"
            " and disrupt their business model and related financial flows that sustain their"
            " activities, 1/2"
        ),
        (
            "while protecting their victims, including through non-penalization and access to"
            f" justice.\n#MigrantsDay Our statement: {LINK} 2/2"
        ),
    ]
    assert [part.card for part in message.parts] == [None, None]


def test_quote_on_x_names_the_speaker_first(compose: MakeComposer) -> None:
    first, last = texts(compose().compose(Kind.QUOTE, 2, NETWORKS["x"]))
    assert first.startswith(f"António Vitorino, {ROLE}: “The current politicization")
    assert first.endswith("fuels xenophobia, 1/2")
    assert last.startswith("undermining our commitment")
    assert last.endswith(f"multilateral system”\n#MigrantsDay Our statement: {LINK} 2/2")


def test_quote_on_mastodon_names_the_speaker_below(compose: MakeComposer) -> None:
    (text,) = texts(compose().compose(Kind.QUOTE, 2, NETWORKS["mastodon"]))
    assert text.startswith("“The current politicization")
    assert text.endswith(f"system”\n\n– António Vitorino, {ROLE}\n\n#MigrantsDay {LINK}")


def test_bluesky_shows_the_link_as_a_card(compose: MakeComposer) -> None:
    message = compose().compose(Kind.RECOMMENDATION, 3, NETWORKS["bluesky"])
    assert [part.card for part in message.parts] == [None, LINK]
    assert message.parts[-1].text.endswith("elsewhere.\n#MigrantsDay 2/2")
    assert not any("http" in part.text for part in message.parts)


def test_recommendation_on_linkedin(compose: MakeComposer) -> None:
    assert texts(compose().compose(Kind.RECOMMENDATION, 4, NETWORKS["linkedin"])) == [
        (
            "Call 4 of 7 to States and all stakeholders\n\n"
            "Open avenues for regular migration as a viable alternative to precarious or irregular"
            " migration and reliance upon migrant smuggler networks.\n\n"
            "On International Migrants Day, the UN Network on Migration urges States and all"
            " stakeholders to step up international cooperation and strengthen global, regional,"
            " bilateral, national and local partnerships for safe, orderly and regular migration."
            " This is one of the seven ways it names.\n\n"
            f"Our statement: {LINK}\n#MigrantsDay"
        )
    ]


def test_headline_and_fact(compose: MakeComposer) -> None:
    composer = compose()
    (headline,) = texts(composer.compose(Kind.HEADLINE, 1, NETWORKS["linkedin"]))
    assert "\n\nOn 18 December: the Network's seven calls to States and all" in headline
    assert texts(composer.compose(Kind.FACT, 1, NETWORKS["x"])) == [
        (
            "Since December 2018, nearly 14,000 migrants have lost their lives in attempting to reach"
            " new destinations.\nData represent minimum estimates (Missing Migrants Project)."
            f" #MigrantsDay Our statement: {LINK}"
        )
    ]


def test_roundup_lists_the_calls_on_linkedin(compose: MakeComposer) -> None:
    message = compose().compose(Kind.ROUNDUP, 1, NETWORKS["linkedin"])
    lines = message.parts[0].text.split("\n")
    assert lines[0] == "Seven calls to States and all stakeholders:"
    assert [line[:2] for line in lines[2:9]] == [f"{number}." for number in range(1, 8)]
    assert "review of the Global Compact for Safe, Orderly and Regular Migration (GCM)." in lines[7]
    assert "realization of GCM objectives" in lines[8]
    assert ("disrupting", "disrupt") in message.converted


def test_verbatim_leads_with_the_statements_own_sentence(compose: MakeComposer) -> None:
    composer = compose(wording=Wording.VERBATIM)
    (text,) = texts(composer.compose(Kind.RECOMMENDATION, 2, NETWORKS["mastodon"]))
    assert text.startswith(
        "The UN Network on Migration urges States and all stakeholders to step up international"
        " cooperation and strengthen global, regional, bilateral, national and local partnerships"
        " for safe, orderly and regular migration, including by:\nMaximizing the positive"
    )
    message = composer.compose(Kind.RECOMMENDATION, 3, NETWORKS["x"])
    assert message.parts[0].text.startswith("States and all stakeholders:\nAccelerating")
    assert message.converted == ()


def test_without_link_posts_end_with_the_sources_name(compose: MakeComposer) -> None:
    composer = compose(link=None)
    for name in ("x", "mastodon", "bluesky"):
        message = composer.compose(Kind.RECOMMENDATION, 1, NETWORKS[name])
        assert message.parts[-1].text.endswith("\n#MigrantsDay UN Network on Migration")
        assert message.parts[-1].card is None


def test_without_hashtags_no_space_is_left(compose: MakeComposer) -> None:
    message = compose(hashtags=()).compose(Kind.RECOMMENDATION, 1, NETWORKS["x"])
    assert message.parts[0].text.endswith(f"status.\nOur statement: {LINK}")


def test_composed_once(compose: MakeComposer) -> None:
    composer = compose()
    first = composer.compose(Kind.FACT, 1, NETWORKS["x"])
    assert composer.compose(Kind.FACT, 1, NETWORKS["x"]) is first


def test_unknown_number_says_what_there_is(compose: MakeComposer) -> None:
    with pytest.raises(ContentError, match=r"There is no quote 3 in the statement\. It has: 1, 2"):
        compose().compose(Kind.QUOTE, 3, NETWORKS["x"])


def test_too_long_without_threads_names_count_and_limit(compose: MakeComposer) -> None:
    composer = compose(said={"recommendations": (call("word, " * 600),)})
    with pytest.raises(ContentError) as caught:
        composer.compose(Kind.RECOMMENDATION, 1, NETWORKS["linkedin"])
    shown = str(caught.value)
    assert shown.startswith("statement.en.md:27  recommendation 1 is 3,")
    assert "of 3,000 UTF-16 units on LinkedIn, which has no threads." in shown
    assert shown.endswith("Leave it out there: except linkedin")


def test_uncuttable_text_is_refused(compose: MakeComposer) -> None:
    composer = compose(said={"recommendations": (call("word " * 80),)})
    with pytest.raises(ContentError, match="cannot be cut at its clauses into 4 parts that fit"):
        composer.compose(Kind.RECOMMENDATION, 1, NETWORKS["x"])


@pytest.mark.parametrize(
    "text", ["Call Amara Lindqvist", "Write press@example.org", "Ring +1 (202) 555-0147, now"]
)
def test_contacts_are_never_posted(compose: MakeComposer, text: str) -> None:
    composer = compose(said={"recommendations": (call(text),)})
    for network in NETWORKS.values():
        with pytest.raises(ContentError, match="gives as a contact only"):
            composer.compose(Kind.RECOMMENDATION, 1, network)
    with pytest.raises(ContentError, match="gives as a contact only"):
        composer.compose(Kind.ROUNDUP, 1, NETWORKS["linkedin"])


@pytest.mark.parametrize("control", ["\u202e", "\u2066", "\ud800", "\x00"])
def test_controls_are_never_posted(compose: MakeComposer, control: str) -> None:
    composer = compose(said={"recommendations": (call(f"Open {control}avenues"),)})
    for network in NETWORKS.values():
        with pytest.raises(ContentError, match="invisible control character"):
            composer.compose(Kind.RECOMMENDATION, 1, network)


def test_a_quote_and_a_headline_keep_their_acronyms(compose: MakeComposer) -> None:
    quote = Quote(text="The GCM matters", place=PLACE, speaker="A. Name")
    headline = Headline(text="GCM at three", place=PLACE, opening="On the GCM we act.")
    composer = compose(said={"quotes": (quote,), "headline": headline})
    (text,) = texts(composer.compose(Kind.QUOTE, 1, NETWORKS["mastodon"]))
    assert text.startswith("“The GCM matters”\n\n– A. Name\n\n")
    (text,) = texts(composer.compose(Kind.HEADLINE, 1, NETWORKS["mastodon"]))
    assert text.startswith("GCM at three\n\nOn the Global Compact for Safe, Orderly")


def test_our_own_words_only_where_we_have_them(compose: MakeComposer) -> None:
    lead_in = LeadIn(text="", place=PLACE, addressees=("les États", "toutes les parties"))
    said = {"language": "fr", "lead_in": lead_in, "recommendations": (call("Agir"),)}
    (text,) = texts(compose(said=said).compose(Kind.RECOMMENDATION, 1, NETWORKS["x"]))
    assert text == (
        f"Les États et toutes les parties (1/1):\nAgir.\n#MigrantsDay Notre déclaration: {LINK}"
    )


def test_arabic_puts_the_link_on_its_own_line(compose: MakeComposer) -> None:
    said = {"language": "ar", "lead_in": None, "recommendations": (call("الاعتراف بالالتزام"),)}
    (text,) = texts(compose(said=said).compose(Kind.RECOMMENDATION, 1, NETWORKS["x"]))
    assert text == f"1/1:\nالاعتراف بالالتزام.\n#MigrantsDay\n{LINK}"


def test_statement_without_calls_still_has_a_roundup(compose: MakeComposer, tmp_path: Path) -> None:
    composer = compose(own=tmp_path, said={"recommendations": (), "lead_in": None, "closing": None})
    for network in NETWORKS.values():
        (text,) = texts(composer.compose(Kind.ROUNDUP, 1, network))
        assert text.startswith("International Migration Needs More")
    assert composer.available()[Kind.RECOMMENDATION] == ()


def test_general_roundup_reads_well(compose: MakeComposer, tmp_path: Path) -> None:
    composer = compose(own=tmp_path)
    assert texts(composer.compose(Kind.ROUNDUP, 1, NETWORKS["x"])) == [
        (
            "Seven calls to States and all stakeholders. Read all seven, and what lies behind them."
            f"\n#MigrantsDay Our statement: {LINK}"
        )
    ]
    (text,) = texts(composer.compose(Kind.ROUNDUP, 1, NETWORKS["mastodon"]))
    assert text.startswith("Seven calls to States and all stakeholders.\n\nAs we head")


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ("{{ text }} {{ text }}", "stands here twice"),
        ("{% if text == 'x' %}y{% endif %}", "writes nothing"),
        ("\n{{ speaker }}", "'speaker' is undefined"),
        ("{{ 'a' * 50000000 }}", "not allowed"),
    ],
)
def test_own_template_with_a_fault(
    compose: MakeComposer, tmp_path: Path, template: str, what: str
) -> None:
    (tmp_path / "recommendation.j2").write_text(template, "utf-8")
    with pytest.raises(ContentError, match=what):
        compose(own=tmp_path).compose(Kind.RECOMMENDATION, 1, NETWORKS["x"])


def test_a_roundup_has_no_text_of_its_own(compose: MakeComposer, tmp_path: Path) -> None:
    (tmp_path / "roundup.j2").write_text("Seven: {{ text }}", "utf-8")
    with pytest.raises(ContentError, match=r"roundup\.j2:1  'text' is undefined"):
        compose(own=tmp_path).compose(Kind.ROUNDUP, 1, NETWORKS["x"])


def test_own_template_without_the_text(compose: MakeComposer, tmp_path: Path) -> None:
    (tmp_path / "quote.j2").write_text("{{ speaker }} speaks. {{ link }}", "utf-8")
    message = compose(own=tmp_path).compose(Kind.QUOTE, 1, NETWORKS["x"])
    assert message.words == texts(message)[0] == f"António Vitorino speaks. {LINK}"


CLAUSES = st.lists(
    st.text(alphabet="abcdeé日 (“”)'😀GCM1", min_size=1, max_size=70), min_size=1, max_size=12
)
MARKS = st.sampled_from([", ", "; ", ", while ", ", with ", ". ", "، ", "。"])


@given(CLAUSES, MARKS, st.sampled_from(sorted(NETWORKS)))
@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_bodies_joined_are_the_source_and_every_part_fits(
    compose: MakeComposer, clauses: list[str], mark: str, name: str
) -> None:
    source, network = "Open " + mark.join(clauses), NETWORKS[name]
    composer = compose(said={"recommendations": (call(source),), "acronyms": {}})
    try:
        message = composer.compose(Kind.RECOMMENDATION, 1, network)
    except ContentError:
        assert network.measure.count(source) > 80
        return
    assert message.words == source
    count = len(message.parts)
    assert count == 1 or (network.threads and count <= 4)
    for number, part in enumerate(message.parts, 1):
        assert network.measure.fits(part.text)
        assert part.count == network.measure.count(part.text)
        assert part.body.strip() in part.text
        assert count == 1 or part.text.endswith(f" {number}/{count}")


def test_many_messages_are_composed_in_time(compose: MakeComposer) -> None:
    calls = tuple(call(f"Open avenue {number}, and keep it open", number) for number in range(500))
    composer = compose(said={"recommendations": calls})
    began = time.perf_counter()
    for excerpt in calls:
        for name in ("x", "mastodon", "bluesky", "linkedin"):
            composer.compose(Kind.RECOMMENDATION, excerpt.number, NETWORKS[name])
    assert time.perf_counter() - began < 10
