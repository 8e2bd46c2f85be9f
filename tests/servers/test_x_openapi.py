"""The judge itself: what X's description lets through, and what it stops."""

from pathlib import Path

import pytest

from tests.servers.x_openapi import XDescription

ID = "1455953449422516226"


@pytest.fixture(scope="session")
def description(shared: Path) -> XDescription:
    return XDescription(shared / "conformance" / "x-openapi" / "xdk-specs-openapi.json")


GOOD = [
    ("POST", "/2/tweets", {"text": "hello"}),
    ("POST", "/2/tweets", {"text": "hi", "reply": {"in_reply_to_tweet_id": ID}}),
    ("POST", "/2/tweets", {"text": "hi", "reply_settings": "mentionedUsers"}),
    ("GET", "/2/users/me", None),
    ("GET", f"/2/users/{ID}/tweets?max_results=100&start_time=2021-12-18T08:00:00Z", None),
    ("GET", f"/2/users/{ID}/tweets?exclude=retweets&tweet.fields=created_at,entities", None),
    ("DELETE", f"/2/tweets/{ID}", None),
]
BAD = [
    ("POST", "/2/tweets", None, "body is missing"),
    ("POST", "/2/tweets", {"text": 3}, "3 is not of type 'string'"),
    ("POST", "/2/tweets", {"text": "hi", "lang": "en"}, "'lang' was unexpected"),
    ("POST", "/2/tweets", {"text": "hi", "reply": {}}, "required"),
    ("POST", "/2/tweets", {"text": "hi", "reply": {"in_reply_to_tweet_id": "abc"}}, "not match"),
    ("POST", "/2/tweets", {"text": "hi", "reply_settings": "nobody"}, "not one of"),
    ("POST", "/2/statuses", {"text": "hi"}, "X has no POST /2/statuses"),
    ("GET", f"/2/users/{ID}/tweets?max_results=101", None, "greater than the maximum"),
    ("GET", f"/2/users/{ID}/tweets?count=5", None, "count is no parameter"),
    ("GET", f"/2/users/{ID}/tweets?tweet.fields=colour", None, "not one of"),
    ("GET", "/2/users/someone/tweets", None, "id: "),
]


@pytest.mark.parametrize(("method", "path", "body"), GOOD)
def test_what_x_takes(description: XDescription, method: str, path: str, body: object) -> None:
    assert description.request_problems(method, path, body) == []


@pytest.mark.parametrize(("method", "path", "body", "problem"), BAD)
def test_what_x_does_not_take(
    description: XDescription, method: str, path: str, body: object, problem: str
) -> None:
    assert problem in " ".join(description.request_problems(method, path, body))


def test_answers_are_judged_too(description: XDescription) -> None:
    answer = {"data": {"id": ID, "text": "hello"}}
    assert not description.answer_problems("POST", "/2/tweets", 201, answer)
    assert description.answer_problems("POST", "/2/tweets", 201, {"data": {"id": 5}})
