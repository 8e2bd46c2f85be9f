"""Texts are cut at clauses only; the pieces joined are the text."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.writing.fitting import cut_points, split


def within(limit: int) -> Callable[[int, str], bool]:
    return lambda _index, piece: len(piece.strip()) <= limit


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("One sentence. Another one", [0]),
        ("He asked “Why?” Nobody knew", [0]),
        ("first; second", [1]),
        ("act now, while protecting victims", [2]),
        ("act now, including by law", [2]),
        ("act now, and thus help", [2]),
        ("act now, in order to help", [2]),
        ("losses, with an impact on women, who have less", [3, 3]),
        ("it fuels fear, undermining trust", [3]),
        ("health, schools, work", [4, 4]),
        ("line one\nline two", [0]),
        ("第一，第二；第三。第四", [4, 1, 0]),
        ("أولا، ثانيا؛ ثالثا", [4, 1]),
    ],
)
def test_cuts_have_their_rank(text: str, ranks: list[int]) -> None:
    assert [cut.rank for cut in cut_points(text)] == ranks


@pytest.mark.parametrize(
    "text",
    [
        "those (children, women, men) who move",
        "they say “first, second; third” often",
        'they say "first, second; third" often',
        "nearly 14,000 people and 1, 2 or 3 more",
        "as No. 4 shows",
        "see https://example.org/a,b;c.d for more",
        "ask @iom,@unhcr and #One,#Two",
        "for Safe, Orderly and Regular Migration",
        "in Geneva, Switzerland",
        "bound,\u00a0together;\u00a0always",
        "Mr. Vitorino and the U.N. Secretary-General",
        "e.g. This and i.e. That",
        "no cut at the end, ",
    ],
)
def test_nothing_is_cut_inside(text: str) -> None:
    assert list(cut_points(text)) == []


def test_fewer_weak_cuts_before_balance() -> None:
    text = "a long first part of it; then b, while c, and some more words at its end"
    assert split(text, 2, within(60)) == (
        "a long first part of it; ",
        "then b, while c, and some more words at its end",
    )


def test_balance_decides_between_equals() -> None:
    assert split("one two, three four, five six, seven", 2, within(30)) == (
        "one two, three four, ",
        "five six, seven",
    )


def test_strong_cuts_are_kept_among_weak_ones() -> None:
    text = "aaa bbb, ccc; ddd, eee fff"
    assert split(text, 3, within(30)) == ("aaa bbb, ", "ccc; ", "ddd, eee fff")


def test_three_parts_where_two_do_not_fit() -> None:
    text = "one two three, four five six, seven eight nine"
    assert split(text, 2, within(20)) is None
    assert split(text, 3, within(20)) == ("one two three, ", "four five six, ", "seven eight nine")


def test_a_clause_that_does_not_fit_is_not_cut() -> None:
    assert split("onewordafteranother and more of them, short", 2, within(20)) is None


def test_hundreds_of_clauses_are_cut_in_time() -> None:
    text = ", ".join(["clause number"] * 900)
    found = split(text, 4, within(4096))
    assert found is not None
    assert "".join(found) == text


CLAUSES = st.lists(
    st.tuples(
        st.text(alphabet="abc déж日()“”\"'0123.,;", min_size=1, max_size=30),
        st.sampled_from([", ", "; ", ". ", ", while ", ", with ", "\n", "、", " and ", " "]),
    ),
    min_size=1,
    max_size=12,
).map(lambda pairs: "".join(text + mark for text, mark in pairs))


@given(CLAUSES, st.integers(1, 4), st.integers(5, 120))
def test_joined_pieces_are_the_text_and_fit(text: str, count: int, limit: int) -> None:
    found = split(text, count, within(limit))
    if found is not None:
        assert "".join(found) == text
        assert len(found) == count
        assert all(len(piece.strip()) <= limit for piece in found)
        assert all(piece.strip() for piece in found) or count == 1


@given(st.sampled_from(["()", "“”", "«»", "[]", '""']), CLAUSES, CLAUSES, CLAUSES)
def test_no_cut_inside_brackets_or_quotes(pair: str, before: str, inside: str, after: str) -> None:
    plain = str.maketrans("", "", "()“”\"'")
    start = before.translate(plain) + pair[0]
    middle = start + inside.translate(plain)
    text = middle + pair[1] + after.translate(plain)
    assert not [cut for cut in cut_points(text) if len(start) <= cut.at <= len(middle)]
