"""Whatever people write: it stands there as it was sent, and is found again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from campaign.platforms.base import DuplicateSafety
from campaign.platforms.comparing import plain
from campaign.testing import FakeNetwork
from campaign.testing.stand import Stand
from tests.platforms.networks import NETWORKS

PIECES = (
    "word", " ", "\n", "\r\n", "\t", "é", "e\u0301", "日本語", "हिन्दी", "क्षि", "مهاجر", "\u200f", "\u200d",
    "👩‍👩‍👧‍👦", "🇨🇭", "1️⃣", "👍🏽", "©", ".", ",", "!", "(", ")", "<", ">", "&", "&amp;", '"', "'", "\\", "*", "_",
    "`", "|", "{", "}", "[", "]", "#", "#Tag", "@", "@a.example.org", "@a@b.example", "$UN", "%", "+", "~",
    "https://example.org/a?b=c&d=e", "example.com", "http://", "https://例え.jp", "\x00", "\x7f", "\ufeff",
)  # fmt: skip
ANY = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=12)
TEXTS = ANY.map("".join).filter(lambda text: text.strip() and "t.co" not in text)


class Desk:
    """One network for all texts of a test, emptied for each."""

    def __init__(self, stand: Stand, network: FakeNetwork, folder: Path) -> None:
        self.stand, self.network, self.folder = stand, network, folder

    def publish(self, text: str, key: str) -> None:
        stand, network = self.stand, self.network
        network.dialect.posts.clear()
        sending = stand.sending(text, key=key)
        list(stand.planned().lint([sending.body]))
        receipt = stand.made(network, self.folder).publish(sending)
        (post,) = network.dialect.posts
        assert post.text in (text, text.strip())
        if stand.safety is not DuplicateSafety.ASK:
            found = stand.looked(stand.made(network, self.folder), sending)
            assert found is None or found.remote_id == receipt.remote_id
            assert found is not None or stand.safety is DuplicateSafety.REPLAY


@pytest.fixture(params=NETWORKS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    stand = NETWORKS[request.param]()
    with FakeNetwork(stand.dialect()) as network:
        yield Desk(stand, network, tmp_path)


@given(text=TEXTS)
@example(text="https://example.org/a?b=c&d=e\\ ")
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_stands_there_and_is_found(desk: Desk, text: str) -> None:
    number = len(desk.network.requests)
    desk.publish(text, key=f"{number:052}")


@given(text=TEXTS)
@settings(max_examples=100)
def test_plain_words_stay_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)
