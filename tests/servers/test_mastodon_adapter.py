"""Mastodon's adapter against mastodon_mock 0.6.1, which other people wrote.

Not proved here, because the mock does not do it: counting (code points, links in full), refusing
unwanted mentions (allowed_mentions), forgetting a key after an hour, a token that may not write
(verify asks for its rights instead), 5xx after the post has landed (`wire` loses that answer instead).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from campaign.clock import SystemClock
from campaign.domain.campaign import Account
from campaign.platforms.base import (
    AccountBlocked,
    OutcomeUnknown,
    PlatformError,
    RateLimited,
    Rejected,
    Sending,
)
from campaign.platforms.mastodon import Mastodon as Adapter
from campaign.testing.stand import TEXTS
from tests.servers import corpus
from tests.servers.mastodon import TOKEN, Mastodon
from tests.servers.wire import Wire, wire

STATUSES = "/api/v1/statuses"


def made(url: str, *, token: str = TOKEN, **settings: str) -> Adapter:
    account = Account(
        name="un-mastodon",
        platform="mastodon",
        handle="testuser@social.example",
        language="en",
        settings={"server": url, "allow_loopback": "true", **settings},
    )
    return Adapter(account, clock=SystemClock(), folder=Path(), secrets={"token": token})


def part(text: str = "One.", **more: Any) -> Sending:
    now = datetime.now(UTC)
    given: dict[str, Any] = {
        "post_key": "imd-2021/recommendation-1/en/un-mastodon",
        "part": 1,
        "key": hashlib.sha256(text.encode()).hexdigest(),
        "body": {"language": "en", "text": text},
        "since": now - timedelta(seconds=5),
        "within": 10.0,
    }
    return Sending(**(given | more))


@pytest.fixture
def between(mastodon: Mastodon) -> Iterator[Wire]:
    with wire(mastodon.url) as opened:
        yield opened


def test_what_was_approved_stands_there(mastodon: Mastodon) -> None:
    body = {"language": "fr", "text": "Un.", "warning": "Chiffres", "visibility": "unlisted"}
    receipt = made(mastodon.url).publish(part(body=body))
    found = mastodon.get(f"{STATUSES}/{receipt.remote_id}").json()
    kept = [found[name] for name in ("language", "spoiler_text", "visibility")]
    assert kept == ["fr", "Chiffres", "unlisted"]
    assert mastodon.texts() == ["Un."]
    assert abs(receipt.published_at - datetime.now(UTC)) < timedelta(seconds=30)


@pytest.mark.parametrize("name", TEXTS)
def test_every_script_is_read_back_word_for_word(mastodon: Mastodon, name: str) -> None:
    made(mastodon.url).publish(part(TEXTS[name]))
    assert mastodon.texts() == [TEXTS[name]]


def test_every_message_of_the_shipped_campaign(mastodon: Mastodon) -> None:
    texts = list(dict.fromkeys(text for text in corpus.shipped() if len(text) <= 500))[:35]
    adapter = made(mastodon.url)
    for text in texts:
        adapter.publish(part(text))
    assert mastodon.texts() == list(reversed(texts))


def test_the_same_part_again_is_the_same_post(mastodon: Mastodon) -> None:
    first = made(mastodon.url).publish(part())
    again = made(mastodon.url).publish(part())
    assert again.remote_id == first.remote_id
    assert mastodon.texts() == ["One."]


def test_a_thread_hangs_together(mastodon: Mastodon) -> None:
    first = made(mastodon.url).publish(part("One."))
    second = made(mastodon.url).publish(part("Two.", part=2, parent=first))
    found = mastodon.get(f"{STATUSES}/{second.remote_id}").json()
    assert found["in_reply_to_id"] == first.remote_id


def test_find_tells_ours_from_what_looks_like_it(mastodon: Mastodon) -> None:
    adapter = made(mastodon.url)
    assert adapter.find(part()) is None
    first = adapter.publish(part("Parent."))
    mastodon.post("One.", in_reply_to_id=first.remote_id)
    assert adapter.find(part()) is None, "an answer to something else is not ours"
    ours = adapter.publish(part())
    found = adapter.find(part())
    assert found
    assert found.remote_id == ours.remote_id
    assert adapter.find(part(taken=frozenset({ours.remote_id}))) is None
    mastodon.post("One.")
    with pytest.raises(OutcomeUnknown, match="2 posts of these words"):
        adapter.find(part())


def test_verify_knows_the_account_and_what_its_token_may(mastodon: Mastodon) -> None:
    verified = made(mastodon.url, token=mastodon.token("read write:statuses")).verify()
    assert verified.handle == "testuser@social.example"
    assert verified.rights == ("read", "write:statuses")


def test_verify_refuses_a_token_that_may_only_read(mastodon: Mastodon) -> None:
    with pytest.raises(AccountBlocked, match="may not post"):
        made(mastodon.url, token=mastodon.token("read")).verify()


def test_a_wrong_token_blocks_the_account(mastodon: Mastodon) -> None:
    adapter = made(mastodon.url, token="canary-0815")
    for ask in (lambda: adapter.publish(part()), adapter.verify, lambda: adapter.find(part())):
        with pytest.raises(AccountBlocked) as caught:
            ask()
        assert "canary" not in str(caught.value)
    assert not mastodon.texts()


FAULTS: dict[str, tuple[dict[str, Any], type[PlatformError]]] = {
    "429": ({"type": "ratelimit", "status": 429}, RateLimited),
    "401": ({"type": "status", "status": 401}, AccountBlocked),
    "500": ({"type": "status", "status": 500}, OutcomeUnknown),
    "502": ({"type": "status", "status": 502}, OutcomeUnknown),
    "503": ({"type": "status", "status": 503}, OutcomeUnknown),
    "cut off": ({"type": "malformed"}, OutcomeUnknown),
    "no JSON": ({"type": "malformed", "truncate": False}, OutcomeUnknown),
    "too slow": ({"type": "latency", "delay_ms": 3000}, OutcomeUnknown),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_called_by_its_name_and_a_replay_makes_one_post(
    mastodon: Mastodon, name: str
) -> None:
    effect, means = FAULTS[name]
    mastodon.fault(STATUSES, effect)
    with pytest.raises(means) as caught:
        made(mastodon.url).publish(part(within=1.0))
    assert type(caught.value) is means
    if isinstance(caught.value, RateLimited):
        wait = caught.value.retry_at - datetime.now(UTC)
        assert timedelta(seconds=280) < wait <= timedelta(seconds=301)
    made(mastodon.url).publish(part())
    assert mastodon.texts() == ["One."]


def test_slow_but_in_time_is_published(mastodon: Mastodon) -> None:
    mastodon.fault(STATUSES, {"type": "latency", "delay_ms": 500})
    made(mastodon.url).publish(part())
    assert mastodon.texts() == ["One."]


def test_too_long_for_the_server_is_rejected(mastodon: Mastodon) -> None:
    with pytest.raises(Rejected, match="refuses it"):
        made(mastodon.url).publish(part("a" * 501))
    assert not mastodon.texts()


def test_lost_answer_is_unknown_then_found_exactly_once(mastodon: Mastodon, between: Wire) -> None:
    between.lose_next_answer(f"POST {STATUSES}")
    with pytest.raises(OutcomeUnknown):
        made(between.url).publish(part())
    assert between.lost == 1
    assert mastodon.texts() == ["One."]
    found = made(between.url).find(part())
    assert found
    assert mastodon.get(f"{STATUSES}/{found.remote_id}").ok
    assert made(between.url).publish(part()).remote_id == found.remote_id
    assert mastodon.texts() == ["One."]


def test_lost_answer_in_a_thread(mastodon: Mastodon, between: Wire) -> None:
    first = made(between.url).publish(part("One."))
    second = part("Two.", part=2, parent=first)
    between.lose_next_answer(f"POST {STATUSES}")
    with pytest.raises(OutcomeUnknown):
        made(between.url).publish(second)
    found = made(between.url).find(second)
    assert found
    assert made(between.url).find(replace(second, parent=None)) is None
    assert mastodon.texts() == ["Two.", "One."]
