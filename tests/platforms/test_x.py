"""X: the contract, and what is the network's own."""

import html
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest

from campaign.clock import SystemClock
from campaign.domain.outcome import Receipt
from campaign.platforms.base import (
    AccountBlocked,
    Duplicate,
    NotSent,
    OutcomeUnknown,
    PlatformError,
    RateLimited,
    Rejected,
)
from campaign.platforms.comparing import without_schemes
from campaign.platforms.x import X
from campaign.platforms.x_posts import as_typed
from campaign.testing import (
    Dialect,
    FakeNetwork,
    Fault,
    PlatformContract,
    Published,
    Reply,
    Request,
)
from campaign.testing.stand import Stand

PROBLEMS = "https://api.twitter.com/2/problems/"
DUPLICATE = {
    "title": "Forbidden",
    "detail": "You are not allowed to create a Tweet with duplicate content.",
    "type": "about:blank",
    "status": 403,
}
REFUSALS: Mapping[str, tuple[int, Any, type[PlatformError]]] = {
    "duplicate": (403, DUPLICATE, Duplicate),
    "not permitted": (
        403,
        {"detail": "You are not permitted to perform this action.", "type": "about:blank"},
        AccountBlocked,
    ),
    "client forbidden": (
        403,
        {"title": "Client Forbidden", "type": f"{PROBLEMS}client-forbidden"},
        AccountBlocked,
    ),
    "suspended": (403, {"title": "Forbidden", "type": f"{PROBLEMS}user-suspended"}, AccountBlocked),
    "read only app": (403, {"type": f"{PROBLEMS}oauth1-permissions"}, AccountBlocked),
    "cashtags": (403, {"detail": "Posts have a maximum of one cashtag."}, Rejected),
    "invalid": (
        400,
        {"detail": "One or more parameters was invalid.", "type": f"{PROBLEMS}invalid-request"},
        Rejected,
    ),
    "old errors": (
        403,
        {"errors": [{"code": 186, "message": "Tweet needs to be a bit shorter."}]},
        Rejected,
    ),
    "used up": (
        429,
        {"title": "UsageCapExceeded", "type": f"{PROBLEMS}usage-capped"},
        AccountBlocked,
    ),
}
TCO = "https://t.co/abc123DEF4"


class XDialect(Dialect):
    """Shows posts as X does: escaped, with its own short address in place of a link."""

    def __init__(self) -> None:
        super().__init__()
        self.level: str | None = "read-write"
        self.page_size = 100
        self.timeline: Mapping[str, Any] | None = None
        self.refusals = {
            name: (Reply(status=status, body=body), means)
            for name, (status, body, means) in REFUSALS.items()
        }

    def is_visible(self, request: Request) -> bool:
        return request.method == "POST" and request.path == "/2/tweets"

    def answer(self, request: Request) -> Reply:
        assert request.headers["authorization"].startswith("OAuth ")
        if self.is_visible(request):
            sent = request.json()
            post = self.add(sent["text"], sent.get("reply", {}).get("in_reply_to_tweet_id"))
            return Reply(status=201, body={"data": {"id": post.id, "text": post.text}})
        if request.path == "/2/users/me":
            headers = {"x-access-level": self.level} if self.level else {}
            return Reply(body={"data": {"id": "42", "username": "UN_Network"}}, headers=headers)
        assert request.path == "/2/users/42/tweets"
        if self.timeline is not None:
            return Reply(body=self.timeline)
        return self.page(request)

    def page(self, request: Request) -> Reply:
        since = datetime.fromisoformat(request.query["start_time"])
        newest = [post for post in reversed(self.posts) if post.at >= since]
        start = int(request.query.get("pagination_token", "0"))
        rows = newest[start : start + self.page_size]
        more = start + self.page_size
        meta = {"next_token": str(more)} if more < len(newest) else {}
        return Reply(body={"data": [self.shown(post) for post in rows], "meta": meta})

    def shown(self, post: Published) -> Mapping[str, Any]:
        row: dict[str, Any] = {"id": post.id, "created_at": post.at.isoformat(), "text": post.text}
        if "https://" in post.text:
            link = post.text.partition("https://")[2].split()[0]
            row["text"] = post.text.replace(f"https://{link}", TCO)
            start = row["text"].index(TCO)
            place = {"start": start, "end": start + len(TCO)}
            row["entities"] = {"urls": [{"url": TCO, "expanded_url": f"https://{link}", **place}]}
        row["text"] = html.escape(row["text"], quote=False)
        if post.parent:
            row["referenced_tweets"] = [{"type": "replied_to", "id": post.parent}]
        if post.extra.get("long"):
            row["note_tweet"] = {key: row[key] for key in ("text", "entities") if key in row}
            row["text"] = row["text"][:20] + "…"
        return row


def own(network: FakeNetwork) -> XDialect:
    assert isinstance(network.dialect, XDialect)
    return network.dialect


class XStand(Stand):
    adapter = X
    handle = "UN_Network"
    secrets: ClassVar[Mapping[str, str]] = {
        "consumer_key": "x-canary-key-1111",
        "consumer_secret": "x-canary-secret-2222",
        "access_token": "42-x-canary-token-3333",
        "access_token_secret": "x-canary-token-secret-4444",
    }

    def dialect(self) -> Dialect:
        return XDialect()


class TestContract(XStand, PlatformContract):
    pass


class TestOwn(XStand):
    def test_request_is_signed_for_where_it_goes(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        self.made(network, tmp_path).publish(self.sending())
        (request,) = network.visible
        assert request.json() == {"text": self.sending().text}
        assert 'oauth_token="42-x-canary-token-3333"' in request.headers["authorization"]
        assert "bearer" not in request.headers["authorization"].lower()

    def test_receipt_leads_to_the_post(self, network: FakeNetwork, tmp_path: Path) -> None:
        adapter = self.made(network, tmp_path)
        adapter.account = replace(adapter.account, handle="@UN_Network")
        receipt = adapter.publish(self.sending())
        assert receipt.url == "https://x.com/UN_Network/status/1001"

    @pytest.mark.parametrize(
        "text",
        [
            "Rights & duties <all> > none: https://example.org/a?b=c&d=e #MigrantsDay",
            "Nai\u0308ve, twice  spaced\n\nand broken into lines. ",
        ],
    )
    def test_what_x_changed_is_recognised(
        self, network: FakeNetwork, tmp_path: Path, text: str
    ) -> None:
        adapter = self.made(network, tmp_path)
        receipt = adapter.publish(self.sending(text))
        found = adapter.find(self.sending(text))
        assert found is not None
        assert found.remote_id == receipt.remote_id

    def test_long_post_is_recognised(self, network: FakeNetwork, tmp_path: Path) -> None:
        text = "A long post, more than X shows at first. " * 9 + "https://example.org/all"
        network.dialect.add(text, long=True)
        assert self.made(network, tmp_path).find(self.sending(text)) is not None

    @pytest.mark.parametrize(
        ("shown", "links"),
        [
            ("{0} and {0}x", {"": "https://a.org", "x": "https://b.org"}),
            ("{0}x and {0}", {"": "https://b.org", "x": "https://a.org"}),
            ("{0} and {0}x", {"": "http://a.org", "x": "https://b.org/"}),
            ("{0} and {0}x", {"": "https://a.org", "x": "https://b.org", "y": "https://c.org"}),
        ],
    )
    def test_addresses_are_put_back_as_wholes(self, shown: str, links: Mapping[str, str]) -> None:
        """X finds links without a scheme, too, and one of its addresses may begin as another."""
        urls = [{"url": TCO + end, "expanded_url": to} for end, to in links.items()]
        post = {"text": shown.format(TCO), "entities": {"urls": urls}}
        assert without_schemes(as_typed(post)) == without_schemes("a.org and https://b.org")

    def test_address_that_leads_to_a_short_one_is_put_back_once(self) -> None:
        urls = [
            {"url": TCO, "expanded_url": "https://a.org/?to=https://t.co/other"},
            {"url": "https://t.co/other", "expanded_url": "https://b.org"},
        ]
        post = {"text": f"See {TCO}", "entities": {"urls": urls}}
        assert as_typed(post) == "See https://a.org/?to=https://t.co/other"

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"data": []},
            {"errors": [{"title": "Not Found Error", "detail": "The user is suspended."}]},
        ],
    )
    def test_answer_that_shows_no_posts_is_no_proof_of_absence(
        self, network: FakeNetwork, tmp_path: Path, body: Mapping[str, Any]
    ) -> None:
        """X answers 200 when it cannot look, too; an empty list has a count."""
        own(network).timeline = body
        with pytest.raises(NotSent):
            self.made(network, tmp_path).find(self.sending())

    def test_reply_to_another_post_is_not_ours(self, network: FakeNetwork, tmp_path: Path) -> None:
        network.dialect.add(self.sending().text, "999")
        assert self.made(network, tmp_path).find(self.sending()) is None

    def test_post_behind_a_page_is_found(self, network: FakeNetwork, tmp_path: Path) -> None:
        own(network).page_size = 5
        adapter = self.made(network, tmp_path)
        receipt = adapter.publish(self.sending())
        for number in range(12):
            network.dialect.add(f"Another post, {number}.")
        found = adapter.find(self.sending())
        assert found is not None
        assert found.remote_id == receipt.remote_id
        assert not [r for r in network.requests if r.path == "/2/users/me"], "costs money"

    def test_token_without_a_number_is_asked_for_one(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        adapter = self.made(network, tmp_path)
        adapter.secrets = {**self.secrets, "access_token": "opaque"}
        receipt = adapter.publish(self.sending())
        found = adapter.find(self.sending())
        assert found is not None
        assert found.remote_id == receipt.remote_id

    def test_too_many_posts_to_look_through_leave_the_doubt(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        own(network).page_size = 1
        for number in range(9):
            network.dialect.add(f"Another post, {number}.")
        with pytest.raises(OutcomeUnknown, match="too many"):
            self.made(network, tmp_path).find(self.sending())

    @pytest.mark.parametrize(("age", "means"), [(5, NotSent), (600, Rejected)])
    def test_reply_whose_parent_x_does_not_see(
        self, network: FakeNetwork, tmp_path: Path, age: int, means: type[PlatformError]
    ) -> None:
        body = b'{"errors": [{"message": "replying to a Tweet that is deleted or not visible"}]}'
        network.fault = Fault(means=means, status=403, body=body)
        at = SystemClock().now() - timedelta(seconds=age)
        parent = Receipt(remote_id="1000", published_at=at)
        with pytest.raises(PlatformError) as caught:
            self.made(network, tmp_path).publish(self.sending(part=2, parent=parent))
        assert type(caught.value) is means

    def test_reply_that_is_not_permitted_fails_alone(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        """X lets some accounts reply only where they were mentioned: their posts still go out."""
        body = b'{"detail": "You are not permitted to perform this action.", "type": "about:blank"}'
        network.fault = Fault(means=Rejected, status=403, body=body)
        parent = Receipt(remote_id="1000", published_at=SystemClock().now())
        with pytest.raises(Rejected, match="reply"):
            self.made(network, tmp_path).publish(self.sending(part=2, parent=parent))
        with pytest.raises(AccountBlocked):
            self.made(network, tmp_path).publish(self.sending())

    def test_limit_that_is_used_up_says_when_it_ends(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        now = datetime.now(UTC)
        ends = {name: str(int((now + timedelta(hours=h)).timestamp())) for name, h in HOURS.items()}
        headers = {**ends, "x-user-limit-24hour-remaining": "0", "x-rate-limit-remaining": "9"}
        network.fault = Fault(means=RateLimited, status=429, body=b"{}", headers=headers)
        with pytest.raises(RateLimited) as caught:
            self.made(network, tmp_path).publish(self.sending())
        assert abs(caught.value.retry_at - now - timedelta(hours=7)) < timedelta(minutes=1)

    def test_token_that_may_only_read_blocks(self, network: FakeNetwork, tmp_path: Path) -> None:
        own(network).level = "read"
        with pytest.raises(AccountBlocked, match="right to write"):
            self.made(network, tmp_path).verify()

    def test_token_of_unknown_rights_is_believed(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        own(network).level = None
        assert self.made(network, tmp_path).verify().rights == ()

    def test_price_depends_on_links(self) -> None:
        parts = [
            {"text": "No link."},
            {"text": "See https://example.org/a"},
            {"text": "example.com"},
        ]
        price = self.planned().estimate(parts)
        assert price is not None
        assert (price.amount, price.currency) == (Decimal("0.415"), "USD")

    def test_two_cashtags_are_a_problem(self) -> None:
        assert list(self.planned().lint([{"text": "Pay $5, not $10, for $UN and $A1."}])) == []
        assert list(self.planned().lint([{"text": "Both $UN and $IOM."}]))

    def test_premium_account_may_write_more(self) -> None:
        adapter = self.planned()
        adapter.account = replace(adapter.account, settings={"long_posts": "true"})
        assert list(adapter.lint([{"text": "a" * 25_000}])) == []
        assert list(adapter.lint([{"text": "a" * 25_001}]))


HOURS = {"x-rate-limit-reset": 1, "x-user-limit-24hour-reset": 7, "x-app-limit-24hour-reset": 9}
