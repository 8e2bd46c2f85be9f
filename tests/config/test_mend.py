"""What `check --fix` mends, and that no word is ever changed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.config.mend import mended

PIECES = st.sampled_from(
    [
        "\t",
        " ",
        "  ",
        "\n",
        "\r\n",
        ":",
        ": ",
        "#",
        "@",
        '"',
        "“",
        "”",
        "'",
        "|",
        "- ",
        "[",
        "]",
        ",",
        "handle",
        "hashtags",
        "campaign",
        "id",
        "text",
        "a",
        "Été",
        "été: b",
        "# c",
        "\\",
        "{",
        "}",
    ]
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n\tb: c\n", "a:\n  b: c\n"),
        ("a:\n \t b: c\n", "a:\n    b: c\n"),
        ("a:\tb\r\n", "a: b\r\n"),
        ("-\tD 10:00 headline\n", "- D 10:00 headline\n"),
        ("id:imd\n", "id: imd\n"),
        ("link:https://a.org\n", "link:https://a.org\n"),
        ("other:imd\n", "other:imd\n"),
        ("x: {handle: @a, b: c}\n", "x: {handle: a, b: c}\n"),
        ("  handle: @a@b.org # @c\n", "  handle: a@b.org # @c\n"),
        ("hashtags: #A\n", "hashtags: [A]\n"),
        ("hashtags: #A, #B\n", "hashtags: [A, B]\n"),
        ("hashtags: [#A, B]\n", "hashtags: [A, B]\n"),
        ("hashtags:\n  - #A\n  - B\n", "hashtags:\n  - A\n  - B\n"),
        ("calendar:\n  - #A\n", "calendar:\n  - #A\n"),
        ("hashtags: # none yet\n", "hashtags: # none yet\n"),
        ("campaign: Live: it is\n", 'campaign: "Live: it is"\n'),
        ('campaign: Say "a": b\n', 'campaign: "Say \\"a\\": b"\n'),
        ("campaign: Live: it # is\n", "campaign: Live: it # is\n"),
        ('campaign: "Live: it is"\n', 'campaign: "Live: it is"\n'),
        ("timezone: “Europe/Zurich”\n", 'timezone: "Europe/Zurich"\n'),
        ("campaign: “Our day”\n", "campaign: “Our day”\n"),
        ("text: |\n  \thandle: @a\nid:b\n", "text: |\n  \thandle: @a\nid: b\n"),
        ('text: "a\n\tid:b"\nid:c\n', 'text: "a\n\tid:b"\nid: c\n'),
        ("# id:a\n#\thandle: @b\n", "# id:a\n#\thandle: @b\n"),
    ],
)
def test_each_slip(before: str, after: str) -> None:
    assert mended(before) == after
    assert mended(after) == after


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_word_changes_whatever_the_text(text: str) -> None:
    after = mended(text)
    assert re.findall(r"\w+", after) == re.findall(r"\w+", text) or (
        re.sub(r"\W", "", after) == re.sub(r"\W", "", text)
    )
    assert after.count("\n") == text.count("\n")
