"""The filters of templates."""

import pytest

from campaign.writing.filters import MAX_OUTPUT, join, sentence, words


@pytest.mark.parametrize(
    ("number", "word"), [(0, "zero"), (7, "seven"), (20, "twenty"), (21, "21"), (-1, "-1")]
)
def test_words(number: int, word: str) -> None:
    assert words(number) == word


@pytest.mark.parametrize(
    ("text", "expected"), [("states", "States"), ("the GCM", "The GCM"), ("", ""), ("état", "État")]
)
def test_sentence(text: str, expected: str) -> None:
    assert sentence(text) == expected


def test_join_stops_before_it_builds_what_no_template_may_write() -> None:
    assert len(join(["a"] * 100, "b" * 500)) == 100 + 99 * 500
    for pieces, between in [(["a" * MAX_OUTPUT, "b"], ""), (["a"] * 1000, "b" * 1000)]:
        with pytest.raises(TypeError, match="more than"):
            join(pieces, between)
    with pytest.raises(TypeError, match="not a text"):
        join("text")
