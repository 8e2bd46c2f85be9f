"""`short`, `skip`, `links` and `messages`: good ones, and each mistake at its place."""

import pytest

from campaign.domain.statement import Kind
from tests.config.conftest import Load, Refuse


def test_decisions_of_a_file(load: Load) -> None:
    campaign = load(
        short='{recommendation 3: "Short.", quote 1: {en: "Q."}}',
        skip="[quote 1, headline]",
        links='{the  words: omit, other: "https://example.org/a"}',
        messages="{thanks: {text: Thank you.}, live: {text: Live., link: https://example.org}}",
        calendar="\n  - D 10:00 live\n  - D 11:00 thanks on x again\n",
    )
    decided = campaign.decided
    assert decided.short["recommendation-3"]["en"].text == "Short."
    assert decided.short["quote-1"]["en"].text == "Q."
    assert decided.is_skipped("quote-1", "en")
    assert not decided.is_skipped("quote-2", "en")
    assert {words: entry.text for words, entry in decided.links.items()} == {
        "the words": "omit",
        "other": "https://example.org/a",
    }
    live, thanks = campaign.calendar
    assert (live.kind, live.name, live.numbers) == (Kind.MESSAGE, "live", (2,))
    assert (thanks.name, thanks.on, thanks.again) == ("thanks", ("x",), True)
    assert [one.text for one in decided.declared("en")] == ["Thank you.", "Live."]
    place = decided.short["recommendation-3"]["en"].place
    assert (place.file, place.line, place.column) == ("campaign.yaml", 7, 27)


@pytest.mark.parametrize(
    ("changes", "column", "what", "mend"),
    [
        ({"short": "{recomendation 3: A.}"}, 9, "not a message", "Did you mean recommendation?"),
        ({"short": "{recommendation: A.}"}, 9, "does not say which", "Write recommendation 1"),
        ({"short": "{headline 2: A.}"}, 9, "one headline, so it has no number", "headline."),
        ({"short": "{roundup: A.}"}, 9, '"roundup" is not a message that can stand here.', ""),
        ({"short": "{fact 1: {fr: A.}}"}, 18, '"fr" is not a language of the', "It has en."),
        ({"short": "[a]"}, 1, "short takes a text for each", 'short: {recommendation 3: "…"}'),
        ({"short": "{fact 1: [a]}"}, 9, "fact 1 takes one text.", "Write it behind"),
        ({"skip": "[quotes 1]"}, 8, '"quotes 1" is not a message', "Did you mean quote?"),
        ({"skip": "[quote 1, quote 1]"}, 17, "in the list twice", "Keep one of them."),
        ({"skip": "{fr: [quote 1]}"}, 8, '"fr" is not a language of the statement', "has en."),
        ({"skip": "quote 1, fact 1"}, 7, "skip takes a list.", "skip: [quote 1]"),
        ({"links": "{a b: example.org}"}, 14, "is not a web address", "or omit."),
        ({"links": "{a b: omitt}"}, 14, "is not a web address", "Did you mean omit?"),
        ({"links": "{a: 'https://ехample.org'}"}, 12, "mixes Cyrillic and Latin letters", ""),
        ({"links": "[a]"}, 1, "links takes an address, or omit", "links: {"),
        ({"messages": "{headline: {text: A.}}"}, 12, "something else on the calendar", "another"),
        ({"messages": "{quote-1: {text: A.}}"}, 12, "something else on the calendar", "another"),
        ({"messages": "{Live Stream: {text: A.}}"}, 12, "cannot name", "Did you mean live-stream?"),
        ({"messages": "{live: {link: 'https://a.org'}}"}, 12, "live has no text.", "text"),
        ({"messages": "{live: {text: ' '}}"}, 25, "The text is empty.", "Write one"),
        ({"messages": "{live: [A.]}"}, 12, "A message takes a group", 'Write  live: {text: "…"}'),
        ({"messages": "{live: {txt: A.}}"}, 19, "not a key of a message", "Did you mean text?"),
        ({"messages": "{live: {text: A., link: a.org}}"}, 35, "is not a web address", "https"),
        ({"facts": "{1: {text: A.}}"}, 9, 'The fact "1" has no source.', "source"),
        ({"facts": "{a b: {text: A., source: B}}"}, 9, "neither a fact's number nor", "arrivals"),
        ({"facts": "{1: {text: A., source: B, as-of: May}}"}, 41, "is not a date", "2026-11-30"),
        ({"facts": "{1: {text: A., source: B, link: b}}"}, 40, "not a web address", "https"),
        ({"facts": "{1: {text: A., source: B, asof: May}}"}, 34, "key of a fact", "mean as-of?"),
        ({"facts": "{1: A.}"}, 12, "A fact takes a group", 'Write  1: {text: "A."}'),
        ({"mentions": "{iom: {tw: A}}"}, 18, "is not a platform.", "It takes bluesky"),
        ({"mentions": "{iom: A}"}, 17, "A mention takes handles.", "iom: {x: their-handle}"),
        ({"spacing": "soon"}, 10, "is not a distance", "spacing: 2m"),
        ({"spacing": "2d"}, 10, "is not a distance", "spacing: 0m"),
        ({"issued": "2021"}, 9, "is not a date of this century", "2021-12-18"),
        ({"aged": "{fact 1: dated}"}, 1, "needs the statement's own date", "issued: 2021"),
        ({"issued": "2021-12-18", "aged": "{fact 1: datd}"}, 16, "cannot be", "mean dated?"),
        ({"issued": "2021-12-18", "aged": "{fact: skip}"}, 8, "which fact", "Or: role NAME."),
        ({"link": "https://ехample.org/a"}, 7, "mixes Cyrillic and Latin letters", "Write all"),
    ],
)
def test_mistakes(
    refuse: Refuse, changes: dict[str, str], column: int, what: str, mend: str
) -> None:
    problem, *_ = refuse(**changes)
    assert what in problem.what
    assert mend in problem.mend
    assert (problem.line, problem.column) == (6 + len(changes), column)


def test_a_message_that_is_not_there(refuse: Refuse) -> None:
    (problem,) = refuse(
        messages="{livestream: {text: A.}}", calendar="\n  - D 10:00 livestrem on x\n"
    )
    assert problem.what == '"livestrem" is not a message.'
    assert problem.mend == "Did you mean livestream?"
