"""Webhooks: the contract for each form, and the signature against another implementation."""

import base64
import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest

from campaign.clock import SystemClock
from campaign.domain.campaign import Account
from campaign.domain.outcome import Receipt
from campaign.errors import CampaignError
from campaign.platforms.base import (
    AccountBlocked,
    PlatformError,
    RateLimited,
    Rejected,
)
from campaign.platforms.webhook import Webhook
from campaign.platforms.webhook_forms import escape_markdown, sign
from campaign.testing import Dialect, FakeNetwork, PlatformContract, Published, Reply, Request

SIGNING = "whsec_" + base64.b64encode(b"canary-signing-secret-4711").decode()


class WebhookContract(PlatformContract):
    adapter = Webhook

    def settings_at(self, url: str) -> Mapping[str, str]:
        return {**self.settings, "allow_loopback": "true"}

    def secrets_at(self, url: str) -> Mapping[str, str]:
        return {"url": f"{url}/hooks/canary-path-0815", **self.secrets}


class JsonDialect(Dialect):
    """A receiver that keeps one of several with the same id, or does not."""

    def __init__(self, *, keeps_keys: bool, gives_ids: bool) -> None:
        super().__init__()
        self.keeps_keys, self.gives_ids = keeps_keys, gives_ids
        self.refusals = {"410": (Reply(status=410), AccountBlocked)}

    def is_visible(self, request: Request) -> bool:
        return request.method == "POST"

    def answer(self, request: Request) -> Reply:
        head, told = request.headers, request.json()
        signed = sign(SIGNING, head["webhook-id"], head["webhook-timestamp"], request.body)
        if head["webhook-signature"] != signed:
            return Reply(status=400)
        same = [post for post in self.posts if post.extra["id"] == told["id"]]
        if not (self.keeps_keys and same):
            same = [self.add(told["text"], told["reply_to"], id=told["id"])]
        return Reply(
            body={"id": same[0].id, "url": "https://example.org/1"} if self.gives_ids else b""
        )


# A plain receiver's 2xx is its yes, whatever it says; what is cut off or too large is not read.
YES = frozenset(
    {"200 with nothing", "200 with a page", "200 with a list", "200 without an id", "half of an answer"}
)  # fmt: skip


class TestJsonReplay(WebhookContract):
    settings: ClassVar[Mapping[str, str]] = {"idempotent": "true"}
    secrets: ClassVar[Mapping[str, str]] = {"secret": SIGNING}
    accepts = YES
    means: ClassVar[Mapping[str, type[PlatformError]]] = {"410": AccountBlocked}

    def dialect(self) -> Dialect:
        return JsonDialect(keeps_keys=True, gives_ids=True)


class TestJsonAsk(TestJsonReplay):
    settings: ClassVar[Mapping[str, str]] = {}

    def dialect(self) -> Dialect:
        return JsonDialect(keeps_keys=False, gives_ids=False)

    def check_receipt(self, receipt: Receipt, post: Published) -> None:
        assert receipt.remote_id == post.extra["id"]

    def check_thread(self, posts: Any) -> None:
        assert [post.parent for post in posts] == [None, posts[0].extra["id"], posts[1].extra["id"]]


@pytest.mark.slow  # of all webhooks the plain one is enough in a hurry
class Preset(WebhookContract):
    preset: ClassVar[str]

    @property
    def given(self) -> Mapping[str, str]:
        return {"preset": self.preset, **self.settings}

    def settings_at(self, url: str) -> Mapping[str, str]:
        return {**self.given, "allow_loopback": "true"}

    def check_receipt(self, receipt: Receipt, post: Published) -> None:
        assert receipt.remote_id == self.sending().key


class SlackDialect(Dialect):
    def __init__(self) -> None:
        super().__init__()
        self.refusals = {
            "no_text": (Reply(status=400, body=b"no_text"), Rejected),
            "no_service": (Reply(status=404, body=b"no_service"), AccountBlocked),
            "archived": (Reply(status=410, body=b"channel_is_archived"), AccountBlocked),
            "prohibited": (Reply(status=403, body=b"action_prohibited"), AccountBlocked),
        }

    def is_visible(self, request: Request) -> bool:
        return True

    def answer(self, request: Request) -> Reply:
        told = request.json()
        assert told["mrkdwn"] is False
        assert not re.search(r"[<>]|&(?!(amp|lt|gt);)", told["text"])
        self.add(html.unescape(told["text"]))
        return Reply(body=b"ok")


class TestSlack(Preset):
    preset = "slack"

    def dialect(self) -> Dialect:
        return SlackDialect()


class DiscordDialect(Dialect):
    def __init__(self) -> None:
        super().__init__()
        wait = Reply(status=429, body={"retry_after": 1.5, "message": "slow"})
        self.refusals = {
            "empty": (Reply(status=400, body={"code": 50006, "message": "Empty"}), Rejected),
            "unknown": (Reply(status=404, body={"code": 10015}), AccountBlocked),
            "wait": (wait, RateLimited),
        }
        told = {"retry_after": 90.0, "message": "You are being rate limited."}
        self.waits = {"retry_after in the body": Reply(status=429, body=told)}

    def is_visible(self, request: Request) -> bool:
        return request.method == "POST"

    def answer(self, request: Request) -> Reply:
        if request.method == "GET":
            return Reply(body={"id": "77", "name": "UN"})
        assert request.query == {"wait": "true"}
        told = request.json()
        assert told["allowed_mentions"] == {"parse": []}
        post = self.add(re.sub(r"\\([\W_])", r"\1", told["content"]))
        return Reply(body={"id": post.id})


class TestDiscord(Preset):
    preset = "discord"

    def dialect(self) -> Dialect:
        return DiscordDialect()

    def check_receipt(self, receipt: Receipt, post: Published) -> None:
        assert receipt.remote_id == post.id


class TeamsDialect(Dialect):
    def __init__(self) -> None:
        super().__init__()
        gone = Reply(status=400, body={"error": {"code": "WorkflowTriggerIsNotEnabled"}})
        large = Reply(status=413, body={"error": {"code": "RequestEntityTooLarge"}})
        self.refusals = {"gone": (gone, AccountBlocked), "large": (large, Rejected)}

    def is_visible(self, request: Request) -> bool:
        return True

    def answer(self, request: Request) -> Reply:
        assert len(request.body) <= 28_000
        (attached,) = request.json()["attachments"]
        assert attached["contentType"] == "application/vnd.microsoft.card.adaptive"
        (block,) = attached["content"]["body"]
        self.add(block["inlines"][0]["text"])
        return Reply(status=202)


class TestTeams(Preset):
    preset = "teams"
    accepts = frozenset({"half of an answer"})  # there is nothing to cut in two

    def dialect(self) -> Dialect:
        return TeamsDialect()


class WordPressDialect(Dialect):
    def __init__(self) -> None:
        super().__init__()
        cannot = {"code": "rest_cannot_create", "message": "Sorry, you are not allowed."}
        self.refusals = {
            "cannot": (Reply(status=403, body=cannot), AccountBlocked),
            "invalid": (Reply(status=400, body={"code": "rest_invalid_param"}), Rejected),
        }

    def is_visible(self, request: Request) -> bool:
        return request.method == "POST"

    def answer(self, request: Request) -> Reply:
        assert request.headers["authorization"].startswith("Basic ")
        if request.path.endswith("/users/me"):
            able = {"publish_posts": True}
            return Reply(body={"id": 3, "slug": "un-network", "capabilities": able})
        if request.method == "GET":
            assert request.query["status"] == "any"
            slug = request.query["slug"]
            return Reply(body=[spell(p) for p in self.posts if p.extra.get("slug", slug) == slug])
        told = request.json()
        assert told["status"] == "publish"
        assert 0 < len(told["title"]) < 120
        post = self.add(html.unescape(told["content"]), slug=told["slug"])
        return Reply(status=201, body=spell(post))


def spell(post: Published) -> dict[str, Any]:
    at = post.at.replace(tzinfo=None).isoformat(timespec="seconds")
    link = f"https://example.org/?p={post.id}"
    slug = post.extra.get("slug", "c-mzxw6ytboi2dqmjrmzxw6ytboi2dqmjrmzxw6ytboi2dqmjr")
    return {"id": int(post.id), "link": link, "date_gmt": at, "slug": slug}


class TestWordPress(Preset):
    preset = "wordpress"
    secrets: ClassVar[Mapping[str, str]] = {"password": "canary abcd efgh ijkl"}
    settings: ClassVar[Mapping[str, str]] = {"user": "un-network"}

    def settings_at(self, url: str) -> Mapping[str, str]:
        return {**super().settings_at(url), "server": url}

    def secrets_at(self, url: str) -> Mapping[str, str]:
        return self.secrets

    def dialect(self) -> Dialect:
        return WordPressDialect()

    def check_receipt(self, receipt: Receipt, post: Published) -> None:
        assert receipt.remote_id == post.id

    def test_what_is_not_there_is_not_found(self, network: FakeNetwork, tmp_path: Path) -> None:
        network.dialect.add("Something else.", slug="something-else")
        assert self.find(self.made(network, tmp_path), self.sending()) is None

    # The slug is our key: no post of the same words can be taken for ours.
    test_older_post_of_the_same_words_is_not_ours = None  # type: ignore[assignment]
    test_post_of_another_part_is_not_ours = None  # type: ignore[assignment]


def test_signature_is_that_of_standard_webhooks() -> None:
    """The example of the specification's own libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    content = b'{"test": 2432232314}'
    signed = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", content)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_signing_secret_that_is_not_whole_blocks() -> None:
    with pytest.raises(AccountBlocked):
        sign("whsec_%%%", "k", "1", b"")


def test_markdown_is_shown_as_it_is_written() -> None:
    text = "*a* _b_ `c` https://example.org/a_b_c?d=(e) [y](z)"
    assert escape_markdown(text) == (
        r"\*a\* \_b\_ \`c\` https://example.org/a_b_c?d=(e) \[y\]\(z\)"
    )


def test_unknown_preset_says_which_there_are(tmp_path: Path) -> None:
    account = Account(
        name="a", platform="webhook", handle="h", language="en", settings={"preset": "pigeon"}
    )
    with pytest.raises(CampaignError, match="slack, discord, teams, wordpress"):
        Webhook(account, clock=SystemClock(), folder=tmp_path)


@pytest.mark.parametrize("preset", ["", "slack", "teams"])
def test_an_address_that_may_not_be_asked_is_told_before_the_first_post(
    tmp_path: Path, preset: str
) -> None:
    settings = {"preset": preset} if preset else {}
    account = Account(name="a", platform="webhook", handle="h", language="en", settings=settings)
    secrets = {"url": "http://receiver.example/hook", "secret": SIGNING}
    hook = Webhook(account, clock=SystemClock(), folder=tmp_path, secrets=secrets)
    with pytest.raises(AccountBlocked, match="has to be asked by https"):
        hook.verify()
