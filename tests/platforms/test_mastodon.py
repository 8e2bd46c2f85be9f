"""Mastodon: the contract, and what is the network's own."""

import html
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest

from campaign.platforms.base import (
    AccountBlocked,
    DuplicateSafety,
    NotSent,
    OutcomeUnknown,
    Platform,
    Rejected,
)
from campaign.platforms.mastodon import Mastodon
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

REFUSALS = {
    "too long": (
        422,
        "Validation failed: Text character limit of 500 exceeded",
        Rejected,
    ),
    "scopes": (403, "This action is outside the authorized scopes", AccountBlocked),
    "suspended": (403, "Your login is currently disabled", AccountBlocked),
    "app token": (422, "This method requires an authenticated user", AccountBlocked),
}


class MastodonDialect(Dialect):
    """Keeps keys for an hour, whatever the body, as the server does; HTML in `content`."""

    def __init__(self, *, keeps_keys: bool = True) -> None:
        super().__init__()
        self.keeps_keys = keeps_keys
        self.keys: dict[str, Published] = {}
        self.scopes: list[str] | None = ["read", "write:statuses"]
        self.instance: dict[str, Any] = {"version": "4.5.0"}
        self.has_not: set[str] = set()
        self.refusals = {
            name: (Reply(status=status, body={"error": words}), means)
            for name, (status, words, means) in REFUSALS.items()
        } | {
            "mentions": (
                Reply(status=422, body={"error": "…", "unexpected_accounts": [{"id": "7"}]}),
                Rejected,
            )
        }

    def is_visible(self, request: Request) -> bool:
        return request.method == "POST" and request.path == "/api/v1/statuses"

    def answer(self, request: Request) -> Reply:
        fixed: dict[str, object] = {
            "/api/v1/accounts/verify_credentials": {"id": "42", "username": "un-network"},
            "/api/v1/apps/verify_credentials": {"name": "campaign", "scopes": self.scopes},
            "/api/v2/instance": self.instance,
            "/api/v1/instance": self.instance,
        }
        fixed = {path: body for path, body in fixed.items() if path not in self.has_not}
        match request.path.removeprefix("/api/v1/").split("/"):
            case ["statuses"]:
                return Reply(body=self.status(self.post(request)))
            case ["statuses", post_id, "source"] if "source" not in self.has_not:
                return self.source(post_id)
            case ["accounts", "42", "statuses"]:
                return self.page(request)
            case ["accounts", "lookup"] if request.query["acct"] == "iom@example.social":
                return Reply(body={"id": "7"})
        body = fixed.get(request.path, {"error": "Record not found"})
        return Reply(status=200 if request.path in fixed else 404, body=body)

    def post(self, request: Request) -> Published:
        sent, key = request.json(), request.headers["idempotency-key"]
        if self.keeps_keys and key in self.keys:
            return self.keys[key]
        self.keys[key] = self.add(sent["status"].strip(), sent.get("in_reply_to_id"), sent=sent)
        return self.keys[key]

    def source(self, post_id: str) -> Reply:
        post = next(post for post in self.posts if post.id == post_id)
        warning = post.extra.get("sent", {}).get("spoiler_text", "")
        return Reply(body={"id": post.id, "text": post.text, "spoiler_text": warning})

    def page(self, request: Request) -> Reply:
        before = int(request.query.get("max_id", "999999"))
        newest = [post for post in reversed(self.posts) if int(post.id) < before]
        return Reply(body=[self.status(post) for post in newest[: int(request.query["limit"])]])

    def status(self, post: Published) -> Mapping[str, Any]:
        return {
            "id": post.id,
            "created_at": post.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "in_reply_to_id": post.parent,
            "content": f"<p>{html.escape(post.text)}</p>",
            "url": f"https://social.example/@un-network/{post.id}",
        }


def own(network: FakeNetwork) -> MastodonDialect:
    assert isinstance(network.dialect, MastodonDialect)
    return network.dialect


class MastodonStand(Stand):
    adapter = Mastodon
    handle = "un-network@social.example"
    secrets: ClassVar[Mapping[str, str]] = {"token": "mastodon-canary-0815-4711"}

    def dialect(self) -> Dialect:
        return MastodonDialect()


class TestContract(MastodonStand, PlatformContract):
    pass


@pytest.mark.slow
class TestForkThatIgnoresKeys(TestContract):
    settings: ClassVar[Mapping[str, str]] = {"keeps_keys": "no"}

    def dialect(self) -> Dialect:
        return MastodonDialect(keeps_keys=False)


class TestOwn(MastodonStand):
    def sent(self, network: FakeNetwork) -> dict[str, Any]:
        (request,) = network.visible
        return request.json()

    def with_settings(self, network: FakeNetwork, folder: Path, **settings: str) -> Platform:
        adapter = self.made(network, folder)
        both = {**adapter.account.settings, **settings}
        adapter.account = replace(adapter.account, settings=both)
        return adapter

    def test_language_warning_and_visibility_stand_in_their_fields(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        body = {"text": "Texte.", "language": "fr", "warning": "Guerre", "visibility": "unlisted"}
        self.made(network, tmp_path).publish(self.sending(body=body))
        assert self.sent(network) == {
            "status": "Texte.",
            "language": "fr",
            "spoiler_text": "Guerre",
            "visibility": "unlisted",
            "allowed_mentions": [],
        }

    def test_only_those_who_are_mentioned_may_be_told(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        text = "With @iom@example.social and @nobody@example.social, not a@b.example."
        self.made(network, tmp_path).publish(self.sending(text))
        assert self.sent(network)["allowed_mentions"] == ["7"]
        asked = [r.query["acct"] for r in network.requests if r.path.endswith("/lookup")]
        assert asked == ["iom@example.social", "nobody@example.social"]

    def test_key_is_the_parts_own(self, network: FakeNetwork, tmp_path: Path) -> None:
        sending = self.sending()
        self.made(network, tmp_path).publish(sending)
        (request,) = network.visible
        assert request.headers["idempotency-key"] == sending.key

    def test_reply_to_a_part_that_is_gone_is_refused(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        adapter = self.made(network, tmp_path)
        parent = adapter.publish(self.sending())
        network.fault = Fault(means=Rejected, status=404, body=b'{"error": "Record not found"}')
        with pytest.raises(Rejected, match="part before it is gone"):
            adapter.publish(self.sending("Part 2.", part=2, parent=parent))
        with pytest.raises(OutcomeUnknown):
            adapter.publish(self.sending())

    def test_old_post_behind_many_new_ones_is_found(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        adapter = self.with_settings(network, tmp_path, keeps_keys="no")
        receipt = adapter.publish(self.sending())
        for number in range(95):
            network.dialect.add(f"Another post, {number}.")
        assert adapter.find(self.sending()) == receipt

    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ("Nai\u0308ve \u00e9galite\u0301.", "Na\u00efve \u00e9galit\u00e9."),
            ("One.\n\nTwo.", "One.\r\n\r\nTwo."),
        ],
    )
    def test_words_that_the_server_spells_otherwise_are_recognised(
        self, network: FakeNetwork, tmp_path: Path, sent: str, kept: str
    ) -> None:
        post = network.dialect.add(kept)
        found = self.made(network, tmp_path).find(self.sending(sent))
        assert found is not None
        assert found.remote_id == post.id

    def test_post_that_cannot_be_read_leaves_the_doubt(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        network.dialect.add("Something else.")
        own(network).has_not = {"source"}
        with pytest.raises(NotSent):
            self.made(network, tmp_path).find(self.sending())

    def test_post_behind_another_warning_is_not_ours(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        adapter = self.made(network, tmp_path)
        adapter.publish(self.sending())
        body = {"text": self.sending().text, "warning": "War"}
        assert adapter.find(self.sending(body=body)) is None

    def test_receipt_has_the_servers_time(self, network: FakeNetwork, tmp_path: Path) -> None:
        network.dialect.now = datetime(2026, 12, 18, 9, 0, 0, 123000, UTC)
        receipt = self.made(network, tmp_path).publish(self.sending())
        assert receipt.published_at == network.dialect.now
        assert receipt.url == "https://social.example/@un-network/1001"

    def test_token_that_may_not_post_blocks(self, network: FakeNetwork, tmp_path: Path) -> None:
        own(network).scopes = ["read"]
        with pytest.raises(AccountBlocked, match="write:statuses"):
            self.made(network, tmp_path).verify()

    def test_old_server_that_tells_no_rights_is_believed(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        own(network).scopes = None
        verified = self.made(network, tmp_path).verify()
        assert (verified.handle, verified.rights) == ("un-network@social.example", ())

    def test_server_of_an_older_interface_is_believed(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        own(network).has_not = {"/api/v2/instance", "/api/v1/apps/verify_credentials"}
        assert self.made(network, tmp_path).verify().handle == self.handle
        own(network).instance = {"version": "2.7.2 (compatible; Pleroma 2.6.0)"}
        with pytest.raises(AccountBlocked, match="keeps_keys: no"):
            self.made(network, tmp_path).verify()

    def test_key_of_the_same_name_on_another_server_blocks(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        """`server` leads elsewhere than the handle says; a server's address may differ from it."""
        own(network).instance = {"version": "4.5.0", "domain": "social.example"}
        assert self.made(network, tmp_path).verify().handle == self.handle
        own(network).instance = {"version": "4.5.0", "domain": "other.example"}
        with pytest.raises(AccountBlocked, match=r"un-network@other\.example on Mastodon, not"):
            self.made(network, tmp_path).verify()
        own(network).instance["version"] = "2.7.2 (compatible; Pleroma 2.6.0)"
        adapter = self.with_settings(network, tmp_path, keeps_keys="no")
        assert adapter.verify().handle == self.handle

    def test_server_with_a_smaller_limit_blocks(self, network: FakeNetwork, tmp_path: Path) -> None:
        statuses = {"statuses": {"max_characters": 300}}
        own(network).instance = {"configuration": statuses}
        with pytest.raises(AccountBlocked, match="characters: 300"):
            self.made(network, tmp_path).verify()
        self.with_settings(network, tmp_path, characters="300").verify()

    def test_server_that_only_speaks_like_mastodon_blocks(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        version = {"version": "2.7.2 (compatible; Pixelfed 0.11.5)"}
        own(network).instance = version
        with pytest.raises(AccountBlocked, match="keeps_keys: no"):
            self.made(network, tmp_path).verify()
        adapter = self.with_settings(network, tmp_path, keeps_keys="no")
        adapter.verify()
        assert adapter.capabilities().duplicate_safety is DuplicateSafety.LOOKUP

    def test_settings_change_what_is_counted(self, network: FakeNetwork, tmp_path: Path) -> None:
        adapter = self.with_settings(network, tmp_path, characters="1000")
        assert adapter.capabilities().measure.limit == 1000
        assert list(adapter.lint([{"text": "a" * 1000}])) == []
        assert list(adapter.lint([{"text": "a" * 1001}]))

    def test_warning_counts_with_the_text(self) -> None:
        body = {"text": "a" * 480, "warning": "b" * 21}
        (problem,) = self.planned().lint([body])
        assert problem.startswith("Mastodon counts the warning with the text: 501 of 500")
        assert list(self.planned().lint([{**body, "warning": "b" * 20}])) == []

    def test_handle_without_a_server_is_a_problem(self, tmp_path: Path) -> None:
        adapter = self.planned()
        adapter.account = replace(adapter.account, handle="migration", settings={})
        assert any("name@server" in problem for problem in adapter.lint([{"text": "Text."}]))
        adapter.secrets = self.secrets
        with pytest.raises(AccountBlocked, match="name@server"):
            adapter.publish(self.sending())
