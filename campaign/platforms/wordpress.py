"""WordPress, as a form of the webhook: a post on a site, found again by its slug.

https://developer.wordpress.org/rest-api/reference/posts/
"""

import base64
import html
from datetime import datetime
from typing import TYPE_CHECKING, Any

from campaign.domain.measure import Measure
from campaign.domain.outcome import Receipt
from campaign.platforms.answers import Answer, check
from campaign.platforms.base import (
    AccountBlocked,
    Capabilities,
    DuplicateSafety,
    OutcomeUnknown,
    PlatformError,
    Sending,
    Verified,
)
from campaign.platforms.webhook_forms import Form, Post, as_json

if TYPE_CHECKING:
    from campaign.platforms.transport import Line

TITLE = 80
BLOCKED = frozenset(
    {"rest_cannot_create", "rest_cannot_publish", "rest_forbidden", "rest_not_logged_in",
     "incorrect_password", "invalid_username", "rest_cannot_edit"}
)  # fmt: skip


class WordPress(Form):
    """The slug is our key, so `find` needs no comparing of words."""

    title = "WordPress"
    needs = ("password",)

    def capabilities(self) -> Capabilities:
        measure = Measure(limit=40_000, unit="code points", count=len)
        return Capabilities(measure=measure, duplicate_safety=DuplicateSafety.LOOKUP, threads=False)

    def written(self, sending: Sending) -> Post:
        first = sending.text.strip().partition("\n")[0]
        title = first if len(first) <= TITLE else f"{first[: TITLE - 1].rsplit(' ', 1)[0]} …"
        content = as_json(
            {
                "title": html.escape(title),
                "content": html.escape(sending.text),
                "status": "publish",
                "slug": _slug(sending.key),
            }
        )
        return Post(
            url=self._at("posts"),
            content=content,
            headers={"Content-Type": "application/json", **self._key()},
        )

    def receipt(self, answer: Answer, sending: Sending) -> Receipt:  # noqa: ARG002
        answer.need("id")
        return self._receipt(answer.json())

    def find(self, sending: Sending, line: "Line") -> Receipt | None:
        wanted = {"slug": _slug(sending.key), "status": "any", "context": "edit"}
        answer = line.ask("GET", self._at("posts"), params=wanted, headers=self._key())
        check(answer, now=self.clock.now(), knows=self.knows)
        found = [post for post in answer.maps() if post.get("slug") == wanted["slug"]]
        if len(found) > 1:
            raise OutcomeUnknown("WordPress has two posts with this slug. Look at the site.")
        return self._receipt(found[0]) if found else None

    def verify(self, line: "Line") -> Verified:
        whose = {"context": "edit"}
        answer = line.ask("GET", self._at("users/me"), params=whose, headers=self._key())
        check(answer, now=self.clock.now(), knows=self.knows)
        handle, able = answer.need("slug"), answer.json().get("capabilities")
        self.hook.refuse_other(handle)
        rights = tuple(sorted(able)) if isinstance(able, dict) else ()
        if isinstance(able, dict) and not able.get("publish_posts"):
            raise AccountBlocked(
                f"{handle} may not publish posts on {answer.host}. Make it an author there, then:"
                f" campaign accounts verify {self.hook.account.name}"
            )
        return Verified(handle=handle, remote_id=answer.need("id"), rights=rights)

    def knows(self, answer: Answer) -> PlatformError | None:
        told = answer.peek()
        if told.get("code") in BLOCKED:
            return AccountBlocked(
                f"{answer.host} does not let {self.hook.account.settings.get('user')} post:"
                f" {self.hook.quote(told.get('message', ''))} Then: campaign accounts verify"
                f" {self.hook.account.name}"
            )
        if told.get("code") == "rest_invalid_param":
            return self.refused(told.get("message"))
        return None

    def _receipt(self, post: dict[str, Any]) -> Receipt:
        link, at = post.get("link"), post.get("date_gmt")
        try:
            published = datetime.fromisoformat(f"{at}+00:00")
        except ValueError:
            published = self.clock.now()
        return Receipt(
            remote_id=str(post["id"]),
            url=link if isinstance(link, str) and link.startswith("http") else None,
            published_at=published,
        )

    def _at(self, what: str) -> str:
        return f"{self.hook.account.settings.get('server', '').rstrip('/')}/wp-json/wp/v2/{what}"

    def _key(self) -> dict[str, str]:
        pair = f"{self.hook.account.settings.get('user', '')}:{self.hook.secrets['password']}"
        return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}


def _slug(key: str) -> str:
    """Slugs are lowercase; so short that no WordPress cuts it (200 characters)."""
    return f"c-{key.lower()}"[:100]
