"""What mastodon_mock 0.6.1 answers: the ground our adapter stands on, without our adapter.

Written by other people and tested by them against Mastodon.py. It cannot: count as Mastodon does
(it takes code points, links in full), refuse an unknown language, visibility or medium, forget a
key after an hour, lose an answer after the post has landed (tests.servers.wire does).
"""

import pytest

from tests.servers.mastodon import Mastodon

STATUSES = "/api/v1/statuses"


def test_a_key_makes_one_post(mastodon: Mastodon) -> None:
    first = mastodon.post("One.", key="K1").json()
    assert mastodon.post("One.", key="K1").json()["id"] == first["id"]
    assert mastodon.texts() == ["One."]


def test_the_key_alone_decides(mastodon: Mastodon) -> None:
    """As Mastodon does: other words under a used key return the old post, with 200."""
    first = mastodon.post("One.", key="K1").json()
    again = mastodon.post("Two.", key="K1")
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    assert mastodon.texts() == ["One."]


def test_without_a_key_there_are_two(mastodon: Mastodon) -> None:
    mastodon.post("One.")
    mastodon.post("One.")
    assert mastodon.texts() == ["One.", "One."]


def test_a_reply_language_and_visibility_are_kept(mastodon: Mastodon) -> None:
    parent = mastodon.post("One.").json()["id"]
    made = mastodon.post("Deux.", in_reply_to_id=parent, language="fr", visibility="unlisted")
    found = mastodon.get(f"{STATUSES}/{made.json()['id']}").json()
    assert found["in_reply_to_id"] == parent
    assert (found["language"], found["visibility"]) == ("fr", "unlisted")


def test_the_exact_words_are_read_back_from_source(mastodon: Mastodon) -> None:
    words = "“R & D” <b>\n\nSee https://example.org/a?b=c&d 👨‍👩‍👧 #Tag"
    made = mastodon.post(words).json()
    assert mastodon.get(f"{STATUSES}/{made['id']}/source").json()["text"] == words


@pytest.mark.parametrize(("token", "path", "status"), [
    ("wrong", "/api/v1/accounts/verify_credentials", 401),
    ("mock_token", f"{STATUSES}/123456789", 404),
])  # fmt: skip
def test_a_wrong_token_and_a_missing_post(
    mastodon: Mastodon, token: str, path: str, status: int
) -> None:
    assert mastodon.get(path, token=token).status_code == status


def test_501_characters_are_422(mastodon: Mastodon) -> None:
    assert mastodon.post("a" * 500).status_code == 200
    assert mastodon.post("a" * 501).status_code == 422


@pytest.mark.parametrize(
    ("effect", "status"),
    [({"type": "ratelimit", "status": 429}, 429), ({"type": "status", "status": 503}, 503)],
)
def test_a_fault_answers_without_posting(
    mastodon: Mastodon, effect: dict[str, object], status: int
) -> None:
    mastodon.fault(STATUSES, effect)
    answer = mastodon.post("One.", key="K1")
    assert answer.status_code == status
    assert ("X-RateLimit-Reset" in answer.headers) == (status == 429)
    assert not mastodon.texts()
    assert mastodon.post("One.", key="K1").ok
