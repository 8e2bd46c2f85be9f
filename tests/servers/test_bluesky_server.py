"""What the reference Bluesky PDS answers: the ground our adapter stands on, without our adapter.

putRecord with "swapRecord": null is create-only and idempotent, which createRecord is not.
"""

import pytest
import requests

from tests.servers.bluesky import COLLECTION, Member

RKEY = "3kznmn7xqxl22"  # a TID of our choice


def test_a_record_is_made_once_under_our_key(member: Member) -> None:
    status, first = member.put(RKEY, "One.", swapRecord=None)
    assert status == 200
    assert first["uri"] == f"at://{member.did}/{COLLECTION}/{RKEY}"
    assert first["validationStatus"] == "valid"
    status, again = member.put(RKEY, "One.", swapRecord=None)
    assert (status, again["cid"], again.get("commit")) == (200, first["cid"], None)
    assert [record["value"]["text"] for record in member.records()] == ["One."]


def test_a_key_that_is_taken_by_other_words_is_refused(member: Member) -> None:
    member.put(RKEY, "One.", swapRecord=None)
    status, refused = member.put(RKEY, "Two.", swapRecord=None)
    assert (status, refused["error"]) == (400, "InvalidSwap")
    assert [record["value"]["text"] for record in member.records()] == ["One."]


def test_without_swap_record_null_it_would_be_overwritten(member: Member) -> None:
    """Why the null has to be sent: leaving it out is another question."""
    member.put(RKEY, "One.")
    assert member.put(RKEY, "Two.")[0] == 200
    assert [record["value"]["text"] for record in member.records()] == ["Two."]


def test_create_record_is_no_way_to_repeat(member: Member) -> None:
    create = "com.atproto.repo.createRecord"
    assert member.call(create, member.body(RKEY, "One."))[0] == 200
    status, again = member.call(create, member.body(RKEY, "One."))
    assert (status, again["error"]) == (500, "InternalServerError")
    assert len(member.records()) == 1


@pytest.mark.parametrize(
    ("rkey", "text", "message"),
    [
        (RKEY, "a" * 301, "grapheme too big (maximum 300, got 301)"),
        (RKEY, "👨‍👩‍👧" * 216, "string too big (maximum 3000, got 3888)"),
        ("my-campaign-42", "One.", "TID"),
    ],
)
def test_what_is_too_long_or_has_no_tid_is_an_invalid_request(
    member: Member, rkey: str, text: str, message: str
) -> None:
    status, refused = member.put(rkey, text, swapRecord=None)
    assert (status, refused["error"]) == (400, "InvalidRequest")
    assert message in refused["message"]
    assert not member.records()


def test_300_graphemes_of_3000_bytes_are_taken(member: Member) -> None:
    assert member.put(RKEY, "a" * 300, swapRecord=None)[0] == 200


def test_a_record_is_read_back_or_certainly_absent(member: Member) -> None:
    where = {"repo": member.did, "collection": COLLECTION}
    status, absent = member.ask("com.atproto.repo.getRecord", rkey=RKEY, **where)
    assert (status, absent["error"]) == (400, "RecordNotFound")
    member.put(RKEY, "One.", swapRecord=None)
    status, there = member.ask("com.atproto.repo.getRecord", rkey=RKEY, **where)
    assert (status, there["value"]["text"]) == (200, "One.")


def test_a_session_that_is_over_says_so(member: Member) -> None:
    put, body = "com.atproto.repo.putRecord", member.body(RKEY, "One.")
    status, refused = member.call(put, body, token="x.y.z")
    assert (status, refused["error"]) == (400, "InvalidToken")
    status, refused = member.call(put, body, token=member.expired_token())
    assert (status, refused["error"]) == (400, "ExpiredToken")
    assert not member.records()


def test_a_wrong_password_is_401(member: Member) -> None:
    answer = requests.post(
        f"{member.url}/xrpc/com.atproto.server.createSession",
        json={"identifier": member.handle, "password": "wrong"},
        timeout=30,
    )
    assert (answer.status_code, answer.json()["error"]) == (401, "AuthenticationRequired")
