"""10,000 messages over four networks: rendered, fitted and checked. Counted in CPU seconds, so that
other work on the machine does not decide.
"""

import sys
import time
from dataclasses import replace

import pytest

from campaign.domain.statement import Kind, Statement
from campaign.platforms.counting import NETWORKS
from tests.writing.conftest import MakeComposer

FOUR = ("x", "mastodon", "bluesky", "linkedin")


def test_ten_thousand_messages_in_ten_seconds(
    compose: MakeComposer, statement: Statement, capsys: pytest.CaptureFixture[str]
) -> None:
    seven = statement.recommendations
    many = tuple(
        replace(seven[index % 7], number=index + 1, text=f"{seven[index % 7].text} ({index})")
        for index in range(2500)
    )
    composer = compose(said={"recommendations": many})
    began = time.process_time()
    parts = sum(
        len(composer.compose(Kind.RECOMMENDATION, one.number, NETWORKS[name]).parts)
        for one in many
        for name in FOUR
    )
    took = time.process_time() - began
    with capsys.disabled():
        sys.stdout.write(f"\n10,000 messages, {parts:,} parts: {took:.1f} s\n")
    assert parts > 10_000
    assert took < 10
