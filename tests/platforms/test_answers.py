"""One table for what networks answer, and one reading of how long to wait."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from campaign.platforms.answers import Answer, check, limited, retry_at
from campaign.platforms.base import (
    AccountBlocked,
    Duplicate,
    NotSent,
    OutcomeUnknown,
    PlatformError,
    RateLimited,
    Rejected,
)

NOW = datetime(2026, 12, 18, 9, 0, tzinfo=UTC)


def answer(status: int, content: bytes = b"{}", *, visible: bool = True) -> Answer:
    return Answer(
        host="social.example", status=status, headers={}, content=content, visible=visible
    )


def judged(status: int, error: PlatformError | None = None, *, visible: bool = True) -> object:
    try:
        check(answer(status, visible=visible), now=NOW, knows=lambda _answer: error)
    except PlatformError as raised:
        return type(raised)
    return None


TABLE: dict[type[PlatformError] | None, list[int]] = {
    None: [200, 201, 202, 204, 299],
    AccountBlocked: [301, 307, 308, 401, 402, 426],
    RateLimited: [429],
}


@pytest.mark.parametrize("status", range(100, 600))
def test_every_status_has_one_meaning(status: int) -> None:
    meant = [error for error, statuses in TABLE.items() if status in statuses]
    if 200 <= status < 300:
        meant = [None]
    (expected,) = meant or [OutcomeUnknown]
    assert judged(status) is expected
    assert judged(status, visible=False) is (NotSent if expected is OutcomeUnknown else expected)


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 410, 413, 415, 422, 429, 503])
def test_words_that_the_adapter_knows_win(status: int) -> None:
    assert judged(status, Rejected("Too long.")) is Rejected
    assert judged(status, Duplicate("There.")) is Duplicate


@pytest.mark.parametrize("status", [200, 302, 408, 421, 425, 499, 500, 501, 502, 504, 520])
def test_some_answers_are_nobodys_to_explain(status: int) -> None:
    """A proxy's word, or a server that broke: the body cannot say that nothing was published."""
    assert judged(status, Rejected("Too long.")) is not Rejected


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"[1]", b"null", b"1", b'"id"', b'{"id": "1', b"\xff\xfe", b"[" * 100_000],
)
def test_answer_that_is_no_map_proves_nothing(content: bytes) -> None:
    for ask in (answer(200, content).json, lambda: answer(200, content).need("id")):
        with pytest.raises(OutcomeUnknown, match=r"social.example answered 200"):
            ask()
    with pytest.raises(NotSent):
        answer(200, content, visible=False).json()
    assert answer(400, content).peek() == {}


@pytest.mark.parametrize("body", ["{}", '{"id": null}', '{"id": ""}', '{"id": " "}',
                                  '{"id": true}', '{"id": {}}', '{"id": [1]}', '{"id": 1.5}'])  # fmt: skip
def test_answer_without_an_id_proves_nothing(body: str) -> None:
    with pytest.raises(OutcomeUnknown, match="without id"):
        answer(200, body.encode()).need("id")


def test_list_is_read_from_where_it_stands_and_its_absence_is_no_empty_one() -> None:
    assert answer(200, b"[]").maps() == answer(200, b'{"notes": []}').maps("notes") == []
    assert answer(200, b'{"a": {"b": [{"c": 1}]}}').maps("a", "b") == [{"c": 1}]
    for body in (b"{}", b'{"notes": null}', b'{"notes": {}}', b'{"notes": [1]}', b"[{}]", b""):
        with pytest.raises(OutcomeUnknown):
            answer(200, body).maps("notes")


def test_id_is_read_from_where_it_stands() -> None:
    assert answer(200, b'{"data": {"id": "17"}}').need("data", "id") == "17"
    assert answer(200, b'{"id": 17}').need("id") == "17"
    with pytest.raises(OutcomeUnknown):
        answer(200, b'{"data": [1]}').need("data", "id")


IN_A_MINUTE = NOW + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        ("90", NOW + timedelta(seconds=90)),
        (90, NOW + timedelta(seconds=90)),
        (1.5, NOW + timedelta(seconds=1.5)),
        ("Fri, 18 Dec 2026 09:05:00 GMT", NOW + timedelta(minutes=5)),
        ("2026-12-18T09:05:00.123456Z", NOW + timedelta(minutes=5, microseconds=123_456)),
        ("2026-12-18T09:05:00", NOW + timedelta(minutes=5)),
        (str(int(NOW.timestamp()) + 300), NOW + timedelta(minutes=5)),
        (None, IN_A_MINUTE),
        ("", IN_A_MINUTE),
        ("soon", IN_A_MINUTE),
        ("-5", IN_A_MINUTE),
        ("0", IN_A_MINUTE),
        ("Fri, 99 Dec 2026 09:05:00 GMT", IN_A_MINUTE),
        ("Thu, 17 Dec 2026 09:05:00 GMT", IN_A_MINUTE),
        ("900000", NOW + timedelta(hours=24)),
        ("9" * 40, IN_A_MINUTE),
        ("2099-01-01T00:00:00Z", NOW + timedelta(hours=24)),
    ],
)
def test_wait_is_read_in_every_form_and_never_lasts_over_a_day(asked: object, at: datetime) -> None:
    assert retry_at(asked, NOW) == at


@pytest.mark.parametrize(
    "header", ["retry-after", "x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset"]
)
def test_wait_is_read_from_the_headers_networks_use(header: str) -> None:
    told = replace(answer(429), headers={header: "90"})
    assert limited(told, NOW).retry_at == NOW + timedelta(seconds=90)
    assert limited(told, NOW, wait=5).retry_at == NOW + timedelta(seconds=5)
