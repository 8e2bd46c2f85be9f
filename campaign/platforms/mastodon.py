"""Mastodon, and servers that speak its interface: REST over our own transport, no library.

Facts: docs.joinmastodon.org/methods/statuses and, where that is silent, the server's source,
app/services/post_status_service.rb and app/controllers/api/v1/statuses_controller.rb.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from campaign.domain.outcome import Receipt
from campaign.platforms import counting, mastodon_server
from campaign.platforms.addresses import Rules
from campaign.platforms.answers import CLOCKS, Answer, Knows, check
from campaign.platforms.base import (
    AccountBlocked,
    Body,
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
from campaign.platforms.comparing import plain

if TYPE_CHECKING:
    from campaign.platforms.transport import Line

KEPT_FOR = timedelta(minutes=50)  # the server forgets our key after an hour
PAGE, PAGES = 40, 10
VISIBILITIES = ("public", "unlisted", "private", "direct")
MENTION = re.compile(r"(?<![\w/])@(\w+(?:[.-]\w+)*(?:@[\w-]+(?:\.[\w-]+)+)?)", re.ASCII)


class Mastodon(Platform):
    """`handle` is name@server. A part's key is its Idempotency-Key, so a second sending within the
    hour gives the first one's status; after that it is looked for.
    """

    name = "mastodon"
    title = "Mastodon"
    options = MappingProxyType(
        {
            "server": "its address, where it is not https:// and the server in the handle",
            "characters": "how many the server allows, where they are not 500",
            "visibility": "who sees the posts: public (the default), unlisted, private or direct",
            "warning": "a content warning that every post of the account stands behind",
            "keeps_keys": "no, for a server that is not Mastodon itself and ignores our keys",
            "allow_loopback": "true, where the server is on this machine",
        }
    )
    needs = MappingProxyType(
        {"token": "an access token with read and write:statuses (Preferences, Development)"}
    )

    def capabilities(self) -> Capabilities:
        measure = counting.NETWORKS[self.name].measure
        settings = self.account.settings
        limit = settings.get("characters", "")
        is_replay = settings.get("keeps_keys") != "no"
        return Capabilities(
            measure=replace(measure, limit=int(limit)) if limit.isdecimal() else measure,
            duplicate_safety=DuplicateSafety.REPLAY if is_replay else DuplicateSafety.LOOKUP,
            replay_for=KEPT_FOR if is_replay else None,
            carries=frozenset({Carried.LANGUAGE, Carried.WARNING, Carried.VISIBILITY}),
            visibilities=VISIBILITIES,
        )

    def lint(self, parts: Sequence[Body]) -> Iterator[str]:
        """The warning counts with the text (app/validators/status_length_validator.rb)."""
        yield from super().lint(parts)
        if not self._server():
            yield "Mastodon needs the server too: write the handle as name@server."
        measure = self.capabilities().measure
        for body in parts:
            text, warning = str(body["text"]), str(body.get("warning", ""))
            both = measure.count(text) + counting.graphemes(warning)
            if warning and measure.fits(text) and both > measure.limit:
                yield (
                    f"Mastodon counts the warning with the text: {both} of {measure.limit}"
                    f" {measure.unit}. Shorten the warning or the text."
                )

    def publish(self, sending: Sending) -> Receipt:
        line = self._line()
        status = {
            "status": sending.text,
            "visibility": sending.body.get("visibility", "public"),
            "allowed_mentions": list(self._mentioned(line, sending.text)),
        }
        if language := sending.body.get("language"):
            status["language"] = language
        if warning := sending.body.get("warning"):
            status["spoiler_text"] = warning
        if sending.parent:
            status["in_reply_to_id"] = sending.parent.remote_id
        answer = line.publish(
            sending,
            "POST",
            self._url("/api/v1/statuses"),
            json=status,
            headers={"Idempotency-Key": sending.key},
        )
        check(answer, now=self.clock.now(), knows=self._knows(is_reply=sending.parent is not None))
        return self._receipt(answer, answer.json())

    def find(self, sending: Sending) -> Receipt | None:
        line = self._line()
        found = [
            status
            for status in self._candidates(line, sending)
            if self._source(line, status) == _source_of(sending)
        ]
        if len(found) > 1:
            raise OutcomeUnknown(
                f"{self.account.handle} has {len(found)} posts of these words. A person has to"
                " look which one is ours."
            )
        return _receipt(found[0]) if found else None

    def verify(self) -> Verified:
        line = self._line()
        answer = self._get(line, "/api/v1/accounts/verify_credentials")
        instance = self._told(line, "/api/v2/instance", "/api/v1/instance")
        handle = mastodon_server.handle_at(instance, answer.need("username"), self.account)
        self.refuse_other(handle)
        rights = self._rights(line)
        if rights and not {"write", "write:statuses"} & set(rights):
            raise AccountBlocked(
                f"The token of {self.account.name} may not post. Make one with read and"
                " write:statuses (Preferences, Development), then: campaign accounts verify"
            )
        limit = self.capabilities().measure.limit
        if unlike := mastodon_server.unlike(instance, answer.host, self.account, limit):
            raise AccountBlocked(unlike)
        return Verified(handle=handle, remote_id=answer.need("id"), rights=rights)

    def _rights(self, line: "Line") -> tuple[str, ...]:
        """Empty where the server does not tell; it does from 4.3 on."""
        scopes = self._told(line, "/api/v1/apps/verify_credentials").get("scopes")
        return tuple(str(scope) for scope in scopes) if isinstance(scopes, list) else ()

    def _told(self, line: "Line", *paths: str) -> Mapping[str, Any]:
        """The first of these that there is. Servers that have none must still get their posts."""
        for path in paths:
            answer = line.ask("GET", self._url(path))
            if answer.status != 404:
                check(answer, now=self.clock.now(), knows=self._knows())
                return answer.peek()
        return {}

    def _mentioned(self, line: "Line", text: str) -> Iterator[str]:
        """The ids of those whom the text mentions: the server refuses it if it would tell others.
        The campaign file names them, so these are wanted. One that leads nowhere tells nobody.
        """
        for handle in dict.fromkeys(MENTION.findall(text)):
            answer = line.ask("GET", self._url("/api/v1/accounts/lookup"), params={"acct": handle})
            if answer.status != 404:
                check(answer, now=self.clock.now())
                yield answer.need("id")

    def _candidates(self, line: "Line", sending: Sending) -> Iterator[Mapping[str, Any]]:
        """Our own posts since it was first armed that answer the same parent, newest first."""
        since = (sending.since or datetime.min.replace(tzinfo=UTC)) - CLOCKS
        parent = sending.parent.remote_id if sending.parent else None
        for status in self._own(line, since):
            same_parent = status.get("in_reply_to_id") == parent
            if same_parent and str(status.get("id")) not in sending.taken:
                yield status

    def _own(self, line: "Line", since: datetime) -> Iterator[Mapping[str, Any]]:
        answer = self._get(line, "/api/v1/accounts/verify_credentials")
        answer.refuse_other_clock(self.clock.now())
        me = answer.need("id")
        before: dict[str, str] = {}
        for _ in range(PAGES):
            params = {"limit": str(PAGE), "exclude_reblogs": "true", **before}
            page = self._get(line, f"/api/v1/accounts/{me}/statuses", params).maps()
            new = [status for status in page if _made(status) > since]
            yield from new
            if len(new) < PAGE:
                return
            before = {"max_id": str(new[-1]["id"])}
        raise OutcomeUnknown(f"{self.account.handle} has too many new posts to look through.")

    def _source(self, line: "Line", status: Mapping[str, Any]) -> tuple[str, str]:
        """What was typed; the status itself has it only as HTML."""
        source = self._get(line, f"/api/v1/statuses/{status['id']}/source").json()
        return plain(str(source.get("text", ""))), plain(str(source.get("spoiler_text", "")))

    def _get(self, line: "Line", path: str, params: Mapping[str, str] | None = None) -> Answer:
        answer = line.ask("GET", self._url(path), params=params)
        check(answer, now=self.clock.now(), knows=self._knows())
        return answer

    def _knows(self, *, is_reply: bool = False) -> Knows:
        """Refusals, told by what does not change with the server's language where there is any."""

        def knows(answer: Answer) -> PlatformError | None:
            body = answer.peek()
            words = str(body.get("error", ""))
            said = f"Mastodon at {answer.host} refuses it: {self.quote(words).rstrip('.')}."
            if "unexpected_accounts" in body or words.startswith("Validation failed"):
                return Rejected(said)
            if answer.status == 404 and is_reply and words == "Record not found":
                return Rejected(f"The part before it is gone from {answer.host}.")
            if answer.status in (403, 422) and words in BLOCKING:
                return AccountBlocked(f"{said} {BLOCKING[words]}, then: campaign accounts verify")
            return None

        return knows

    def _receipt(self, answer: Answer, status: Mapping[str, Any]) -> Receipt:
        answer.need("id")
        try:
            return _receipt(status)
        except (KeyError, ValueError):
            doubt = answer.doubt("without saying when it was made.")
        raise doubt

    def _line(self) -> "Line":
        from campaign.platforms.transport import Line  # slow, and planning needs none

        is_here = self.account.settings.get("allow_loopback") == "true"
        line = Line(self.clock, Rules(loopback=is_here))
        line.headers["Authorization"] = f"Bearer {self.secrets['token']}"
        return line

    def _url(self, path: str) -> str:
        server = self._server()
        if not server:
            raise AccountBlocked(
                f"The server of {self.account.name} is not known. Write its handle as name@server,"
                " then schedule again."
            )
        return server + path

    def _server(self) -> str:
        at = self.account.handle.lstrip("@").partition("@")[2]
        return self.account.settings.get("server", f"https://{at}" if at else "").rstrip("/")


BLOCKING = MappingProxyType(
    {
        "This action is outside the authorized scopes": "Make a token with write:statuses",
        "This method requires an authenticated user": "Make a token for the account, not the app",
        "Your login is currently disabled": "Ask those who run the server",
        "Your login is missing a confirmed e-mail address": "Confirm the address",
        "Your login is currently pending approval": "Ask those who run the server",
    }
)


def _source_of(sending: Sending) -> tuple[str, str]:
    return plain(sending.text), plain(str(sending.body.get("warning", "")))


def _receipt(status: Mapping[str, Any]) -> Receipt:
    url = status.get("url")
    return Receipt(
        remote_id=str(status["id"]),
        published_at=_made(status),
        url=str(url) if url else None,
    )


def _made(status: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(status["created_at"])).astimezone(UTC)
