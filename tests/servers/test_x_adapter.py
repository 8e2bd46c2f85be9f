"""X's adapter: each request it makes, recorded and held against X's own description.

No server of X's can be run here. Its words for errors are proved nowhere but in tests/platforms.
"""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from campaign.testing import FakeNetwork, Request
from tests.platforms.test_x import XStand
from tests.servers.x_openapi import XDescription

ID = "1455953449422516226"


@pytest.fixture(scope="session")
def description(shared: Path) -> XDescription:
    return XDescription(shared / "conformance" / "x-openapi" / "xdk-specs-openapi.json")


def url(request: Request) -> str:
    return f"{request.path}?{urlencode(request.query)}" if request.query else request.path


class TestRequests(XStand):
    """With the network of the contract's tests, because it records."""

    def test_every_request_is_one_that_x_describes(
        self, network: FakeNetwork, tmp_path: Path, description: XDescription
    ) -> None:
        adapter, sending = self.made(network, tmp_path), self.sending()
        first = adapter.publish(sending)
        reply = replace(sending, part=2, parent=replace(first, remote_id=ID))
        adapter.publish(reply)
        adapter.find(sending)
        adapter.verify()
        asked = {(request.method, request.path) for request in network.requests}
        assert asked == {
            ("POST", "/2/tweets"),
            ("GET", "/2/users/42/tweets"),
            ("GET", "/2/users/me"),
        }
        for request in network.requests:
            body = request.json() if request.body else None
            problems = description.request_problems(request.method, url(request), body)
            assert not problems, (request.path, problems)

    def test_the_network_that_stands_in_answers_as_x_describes(
        self, network: FakeNetwork, tmp_path: Path, description: XDescription
    ) -> None:
        """Of the fields that both know: the description says note_post, the pages note_tweet."""
        for request, status in [
            (Request(method="POST", path="/2/tweets", query={}, headers={"authorization": "OAuth "},
                     body=b'{"text": "See https://example.org/a"}'), 201),
            (Request(method="GET", path="/2/users/me", query={},
                     headers={"authorization": "OAuth "}, body=b""), 200),
            (Request(method="GET", path="/2/users/42/tweets",
                     query={"start_time": "2021-12-18T08:00:00+00:00"},
                     headers={"authorization": "OAuth "}, body=b""), 200),
        ]:  # fmt: skip
            reply = network.dialect.answer(request)
            assert reply.status == status
            problems = description.answer_problems(
                request.method, request.path, reply.status, reply.body
            )
            assert not problems
