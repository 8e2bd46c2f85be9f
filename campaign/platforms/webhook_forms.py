"""What a webhook's receiver wants to be told, and how it answers: one form for each kind.

Our own JSON is signed as Standard Webhooks asks:
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from campaign.domain.measure import Measure
from campaign.domain.outcome import Receipt
from campaign.platforms import counting
from campaign.platforms.answers import Answer, check, limited
from campaign.platforms.base import (
    AccountBlocked,
    Capabilities,
    Carried,
    DuplicateSafety,
    OutcomeUnknown,
    Platform,
    PlatformError,
    Rejected,
    Sending,
    Verified,
)

if TYPE_CHECKING:
    from campaign.platforms.transport import Line

REMEMBERED = timedelta(hours=24)  # for so long a receiver that keeps keys has to keep them
VISIBILITIES = ("public", "unlisted", "private", "direct")
MARKDOWN = re.compile(r"([\\*_~`|>#\[\]()-])")
LINK = re.compile(r"(https?://[^\s\\]+)")  # no address holds a backslash


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One request: where to, what, and with which headers."""

    url: str
    content: bytes
    headers: Mapping[str, str]


class Form:
    """How one kind of receiver is spoken to: our own JSON here, subclasses for the others.

    `hook` is the adapter; `needs` are the secrets without which nothing goes.
    """

    title: ClassVar[str] = "Webhook"
    needs: ClassVar[tuple[str, ...]] = ("url", "secret")

    def __init__(self, hook: Platform) -> None:
        self.hook = hook
        self.clock = hook.clock

    @property
    def keeps_keys(self) -> bool:
        return self.hook.account.settings.get("idempotent") == "true"

    def capabilities(self) -> Capabilities:
        return Capabilities(
            measure=counting.NETWORKS["webhook"].measure,
            duplicate_safety=DuplicateSafety.REPLAY if self.keeps_keys else DuplicateSafety.ASK,
            replay_for=REMEMBERED if self.keeps_keys else None,
            carries=frozenset(Carried),
            visibilities=VISIBILITIES,
        )

    def find(self, sending: Sending, line: "Line") -> Receipt | None:  # noqa: ARG002
        """It cannot be read; but one that keeps keys may be sent the same again."""
        if self.keeps_keys:
            return None
        raise OutcomeUnknown(f"{self.title} cannot be read back.")

    def verify(self, line: "Line") -> Verified:
        line.rules.check(self.hook.secrets["url"])
        return Verified(handle=None)

    def written(self, sending: Sending) -> Post:
        content = as_json(
            {
                "id": sending.key,
                "post": sending.post_key,
                "part": sending.part,
                "account": self.hook.account.name,
                "reply_to": sending.parent.remote_id if sending.parent else None,
                **sending.body,
            }
        )
        at = str(int(self.clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": sending.key,
            "webhook-id": sending.key,
            "webhook-timestamp": at,
            "webhook-signature": sign(self.hook.secrets["secret"], sending.key, at, content),
        }
        return Post(url=self.hook.secrets["url"], content=content, headers=headers)

    def receipt(self, answer: Answer, sending: Sending) -> Receipt:
        """Any 2xx is a yes; an id of the receiver's own is kept where it gives one."""
        told = answer.peek()
        remote_id, url = told.get("id"), told.get("url")
        return Receipt(
            remote_id=str(remote_id)
            if isinstance(remote_id, str | int) and remote_id
            else sending.key,
            url=url if isinstance(url, str) and url.startswith("https://") else None,
            published_at=self.clock.now(),
        )

    def knows(self, answer: Answer) -> PlatformError | None:
        if answer.status == 410:
            return self.gone(answer)
        if answer.status == 503 and "retry-after" in answer.headers:
            return limited(answer, self.clock.now())
        return None

    def gone(self, answer: Answer) -> AccountBlocked:
        return AccountBlocked(
            f"{answer.host} does not take this webhook any more. Have a new address made for"
            f" {self.hook.account.name}, then: campaign accounts verify {self.hook.account.name}"
        )

    def refused(self, words: object) -> Rejected:
        return Rejected(f"{self.title} refused it: {self.hook.quote(words)}.")


class Plain(Form):
    """A receiver that takes one plain JSON object, and knows neither keys nor threads."""

    needs = ("url",)
    limit: ClassVar[int]
    unit: ClassVar[str] = "characters"

    def capabilities(self) -> Capabilities:
        measure = Measure(limit=self.limit, unit=self.unit, count=self.count)
        return Capabilities(measure=measure, duplicate_safety=DuplicateSafety.ASK, threads=False)

    @classmethod
    def count(cls, text: str) -> int:
        return len(text)


class Slack(Plain):
    """https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks"""

    title = "Slack"
    limit = 40_000
    REFUSED = frozenset({"invalid_payload", "no_text", "msg_too_long", "too_many_attachments"})
    GONE = frozenset(
        {"action_prohibited", "no_service", "no_service_id", "channel_not_found", "invalid_token",
         "channel_is_archived", "posting_to_general_channel_denied", "no_team", "team_disabled"}
    )  # fmt: skip

    @classmethod
    def count(cls, text: str) -> int:
        return len(html.escape(text, quote=False))

    def written(self, sending: Sending) -> Post:
        text = html.escape(sending.text, quote=False)
        return plain(self.hook.secrets["url"], {"text": text, "mrkdwn": False})

    def receipt(self, answer: Answer, sending: Sending) -> Receipt:
        """It names no id: its word "ok" is all there is."""
        if answer.content.strip() != b"ok":
            raise answer.doubt('without "ok"')
        return Receipt(remote_id=sending.key, published_at=self.clock.now())

    def knows(self, answer: Answer) -> PlatformError | None:
        words = answer.content[:100].decode("utf-8", "replace").strip()
        if words in self.REFUSED:
            return self.refused(words)
        return self.gone(answer) if words in self.GONE else None


class Discord(Plain):
    """https://docs.discord.com/developers/resources/webhook"""

    title = "Discord"
    limit = 2000
    REFUSED = frozenset({50006, 50035})  # empty message; invalid form body
    GONE = frozenset({10015, 50027})  # unknown webhook; invalid webhook token

    @classmethod
    def count(cls, text: str) -> int:
        return counting.utf16_units(escape_markdown(text))

    def written(self, sending: Sending) -> Post:
        url = self.hook.secrets["url"].partition("?")[0] + "?wait=true"
        content = escape_markdown(sending.text)
        return plain(url, {"content": content, "allowed_mentions": {"parse": []}})

    def receipt(self, answer: Answer, sending: Sending) -> Receipt:  # noqa: ARG002
        return Receipt(remote_id=answer.need("id"), published_at=self.clock.now())

    def knows(self, answer: Answer) -> PlatformError | None:
        told = answer.peek()
        if answer.status == 429:
            return limited(answer, self.clock.now(), told.get("retry_after"))
        if told.get("code") in self.REFUSED:
            return self.refused(told.get("message"))
        return self.gone(answer) if told.get("code") in self.GONE else None

    def verify(self, line: "Line") -> Verified:
        answer = line.ask("GET", self.hook.secrets["url"].partition("?")[0])
        check(answer, now=self.clock.now(), knows=self.knows)
        return Verified(handle=None, remote_id=answer.need("id"), rights=("post",))


class Teams(Plain):
    """A workflow's address takes an adaptive card of 28 kB; it answers 202, without an id.

    https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
    """

    title = "Teams"
    limit = 28_000
    unit = "bytes"
    REFUSED = frozenset({"RequestEntityTooLarge", "InvalidRequestContent"})
    GONE = frozenset(
        {"WorkflowTriggerIsNotEnabled", "WorkflowNotFound", "DirectApiAuthorizationRequired"}
    )

    @classmethod
    def count(cls, text: str) -> int:
        return len(as_json(teams_card(text)))

    def written(self, sending: Sending) -> Post:
        return plain(self.hook.secrets["url"], teams_card(sending.text))

    def receipt(self, answer: Answer, sending: Sending) -> Receipt:
        if answer.status != 202:
            raise answer.doubt("in place of 202")
        return Receipt(remote_id=sending.key, published_at=self.clock.now())

    def knows(self, answer: Answer) -> PlatformError | None:
        error = answer.peek().get("error")
        code = error.get("code") if isinstance(error, dict) else None
        if code in (
            "WorkflowTriggerIsNotEnabled",
            "WorkflowNotFound",
            "DirectApiAuthorizationRequired",
        ):
            return self.gone(answer)
        return (
            self.refused(code)
            if code in ("RequestEntityTooLarge", "InvalidRequestContent")
            else None
        )


def sign(secret: str, key: str, at: str, content: bytes) -> str:
    """Standard Webhooks: an HMAC over id, time and body. A secret whsec_… is base64."""
    raw = secret.encode()
    if secret.startswith("whsec_"):
        try:
            raw = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except ValueError:
            raw = b""
        if not raw:
            raise AccountBlocked("The signing secret begins with whsec_ and is not whole.")
    told = hmac.new(raw, f"{key}.{at}.".encode() + content, hashlib.sha256).digest()
    return "v1," + base64.b64encode(told).decode()


def escape_markdown(text: str) -> str:
    """So that a text is shown as it is written; links stay whole."""
    pieces = LINK.split(text)
    return "".join(p if i % 2 else MARKDOWN.sub(r"\\\1", p) for i, p in enumerate(pieces))


def teams_card(text: str) -> dict[str, Any]:
    """A rich text block shows its text as it is; a plain one would read it as Markdown."""
    block = {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text}]}
    card = {"type": "AdaptiveCard", "version": "1.4", "body": [block]}
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "content": card}]}


def plain(url: str, value: object) -> Post:
    return Post(url=url, content=as_json(value), headers={"Content-Type": "application/json"})


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
