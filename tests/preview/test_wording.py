"""Whose words the preview says a message has."""

from dataclasses import replace

import pytest

from campaign.domain.message import Message
from campaign.preview.terminal import preview_lines
from campaign.preview.wording import origin
from tests.preview.factory import CAMPAIGN, NETWORKS, NOON, planned, thread

MESSAGE = planned().message
CHANGED = (("Recognizing", "Recognize"),)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (MESSAGE, "as in statement.en.md:27, nothing converted"),
        (replace(MESSAGE, converted=CHANGED), "everything else as in statement.en.md:27"),
        (replace(MESSAGE, declared=True), "declared in statement.en.md:27, not the statement's"),
        (
            replace(MESSAGE, framed=True),
            "our own sentences from a template, with pieces of statement.en.md in them",
        ),
    ],
)
def test_whose_words_they_are(message: Message, said: str) -> None:
    assert origin(message) == said


def test_what_is_shorter_is_said_of_one_post_under_words() -> None:
    one = planned()
    one = replace(one, message=replace(one.message, notes=("number left out",)))
    lines = preview_lines(CAMPAIGN, one, networks=NETWORKS, now=NOON)
    words = "  Words          as in statement.en.md:27, nothing converted; number left out"
    assert words in lines


def test_what_is_shorter_is_said_of_a_thread_where_it_says_why() -> None:
    two = thread()
    two = replace(two, message=replace(two.message, notes=("lead shortened",)))
    text = "\n".join(preview_lines(CAMPAIGN, two, networks=NETWORKS, now=NOON))
    assert "no word lost; lead shortened." in text
    assert text.count("lead shortened") == 1
