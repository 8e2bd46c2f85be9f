"""X, through tweepy: OAuth 1.0a, the weighted count, threads, the price; over our own transport.

Facts: docs.x.com, read in August 2026.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from campaign.domain.outcome import Receipt
from campaign.platforms import counting
from campaign.platforms.answers import CLOCKS, Answer, Knows, check, limited
from campaign.platforms.base import (
    AccountBlocked,
    Body,
    Capabilities,
    Carried,
    Duplicate,
    DuplicateSafety,
    NotSent,
    OutcomeUnknown,
    Platform,
    PlatformError,
    Price,
    Rejected,
    Sending,
    Verified,
)
from campaign.platforms.comparing import without_schemes
from campaign.platforms.weighted import holds_link
from campaign.platforms.x_posts import answered, as_typed, made, said

if TYPE_CHECKING:
    from tweepy import Client

    from campaign.platforms.x_session import Session

PRICE, PRICE_WITH_LINK = Decimal("0.015"), Decimal("0.20")  # docs.x.com, pay per use, August 2026
LONG = 25_000  # for Premium accounts; docs.x.com/changelog, 20 August 2024
SETTLING = timedelta(minutes=1)  # a new post is not to be seen by all of X at once
PAGE, PAGES = 100, 5
CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?!\w)")
FIELDS = ["created_at", "entities", "note_tweet", "referenced_tweets"]


class X(Platform):
    """`handle` is the account's name, with or without @. X knows no key of ours: what may be there
    is looked for among the account's own posts.
    """

    name = "x"
    title = "X"
    options = MappingProxyType(
        {
            "long_posts": "true, for a Premium account: 25,000 characters instead of 280",
            "server": "the address of the interface, where it is not X's own",
            "allow_loopback": "true, where that is on this machine",
        }
    )
    needs = MappingProxyType(
        {
            "consumer_key": "the app's key (console.x.com, with the right to read and write)",
            "consumer_secret": "the app's secret",
            "access_token": "the account's access token, made after the right to write was given",
            "access_token_secret": "the access token's secret",
        }
    )

    def capabilities(self) -> Capabilities:
        measure = counting.NETWORKS[self.name].measure
        is_long = self.account.settings.get("long_posts") == "true"
        return Capabilities(
            measure=replace(measure, limit=LONG) if is_long else measure,
            duplicate_safety=DuplicateSafety.LOOKUP,
            carries=frozenset({Carried.LANGUAGE}),  # X finds it out by itself
        )

    def lint(self, parts: Sequence[Body]) -> Iterator[str]:
        yield from super().lint(parts)
        for body in parts:
            if len(found := CASHTAG.findall(str(body["text"]))) > 1:
                yield f"X takes one cashtag a post, and here are {', '.join(found)}."

    def estimate(self, parts: Sequence[Body]) -> Price | None:
        prices = (PRICE_WITH_LINK if holds_link(str(body["text"])) else PRICE for body in parts)
        return Price(amount=sum(prices, Decimal(0)))

    def publish(self, sending: Sending) -> Receipt:
        client, line = self._client()
        parent = sending.parent.remote_id if sending.parent else None
        with line.visible(sending):
            send = partial(client.create_tweet, text=sending.text, in_reply_to_tweet_id=parent)
            answer = line.answer(send)
        check(answer, now=self.clock.now(), knows=self._knows(sending.parent))
        return self._receipt(answer.need("data", "id"), self.clock.now())

    def find(self, sending: Sending) -> Receipt | None:
        wanted, parent = without_schemes(sending.text), sending.parent
        found = [
            post
            for post in self._own(sending)
            if without_schemes(as_typed(post)) == wanted
            and answered(post) == (parent.remote_id if parent else None)
            and str(post["id"]) not in sending.taken
        ]
        if len(found) > 1:
            raise OutcomeUnknown(
                f"@{self._handle()} has {len(found)} posts of these words on X. A person has to"
                " look which one is ours."
            )
        return self._receipt(str(found[0]["id"]), made(found[0])) if found else None

    def verify(self) -> Verified:
        client, line = self._client()
        answer = self._asked(line, partial(client.get_me, user_auth=True))
        handle = answer.need("data", "username")
        self.refuse_other(handle)
        level = answer.headers.get("x-access-level", "")
        if level == "read":
            raise AccountBlocked(
                f"The access token of {self.account.name} may only read. Give the app the right to"
                " write, make a new access token, then: campaign accounts verify"
            )
        rights = (level,) if level else ()
        return Verified(handle=handle, remote_id=answer.need("data", "id"), rights=rights)

    def _own(self, sending: Sending) -> Iterator[Mapping[str, Any]]:
        """Our own posts since it was first armed. X charges for each that is read."""
        client, line = self._client()
        since = (sending.since or self.clock.now()) - CLOCKS
        timeline = partial(
            client.get_users_tweets,
            self._me(client, line),
            start_time=f"{since:%Y-%m-%dT%H:%M:%SZ}",
            exclude=["retweets"],
            max_results=PAGE,
            tweet_fields=FIELDS,
            user_auth=True,
        )
        following = None
        for _ in range(PAGES):
            answer = self._asked(line, partial(timeline, pagination_token=following))
            answer.refuse_other_clock(self.clock.now())
            body = answer.json()
            if not isinstance(body.get("meta"), dict):  # X answers 200, too, when it cannot look
                raise answer.doubt("without saying how many posts there are")
            yield from (post for post in body.get("data", []) if made(post) > since)
            following = body["meta"].get("next_token")
            if not following:
                return
        raise OutcomeUnknown(f"@{self._handle()} has too many new posts to look through.")

    def _me(self, client: "Client", line: "Session") -> str:
        """An access token begins with its account's number, and asking for it costs money."""
        number = self.secrets["access_token"].partition("-")[0]
        if number.isdecimal():
            return number
        return self._asked(line, partial(client.get_me, user_auth=True)).need("data", "id")

    def _asked(self, line: "Session", call: Callable[[], object]) -> Answer:
        with line.unseen():
            answer = line.answer(call)
        check(answer, now=self.clock.now(), knows=self._knows(None))
        return answer

    def _knows(self, parent: Receipt | None) -> Knows:
        """What X says when it refuses (docs.x.com, response codes)."""

        def knows(answer: Answer) -> PlatformError | None:
            body = answer.peek()
            words, kind = said(body), str(body.get("type", ""))
            refused = f"X refuses it: {self.quote(words).rstrip('.')}."
            if answer.status == 429:
                return self._limited(answer, kind)
            if "duplicate content" in words:
                return Duplicate("X says that this text is already there.")
            if parent and (no_reply := self._no_reply(parent, words)):
                return no_reply
            if any(mark in words for mark in REFUSING) or kind.endswith("/invalid-request"):
                return Rejected(refused)
            for mark, mend in BLOCKING.items():
                if mark in words or kind.endswith(f"/{mark}"):
                    return AccountBlocked(f"{refused} {mend}, then: campaign accounts verify")
            return None

        return knows

    def _limited(self, answer: Answer, kind: str) -> PlatformError:
        """Three limits have a header each; only the one that is used up tells when it ends."""
        if kind.endswith("/usage-capped"):
            return AccountBlocked(
                "X says that the account's posts are used up. Raise the limit at console.x.com,"
                " then: campaign accounts verify"
            )
        for limit in ("x-user-limit-24hour", "x-app-limit-24hour"):
            if answer.headers.get(f"{limit}-remaining") == "0":
                return limited(answer, self.clock.now(), answer.headers.get(f"{limit}-reset"))
        return limited(answer, self.clock.now())

    def _no_reply(self, parent: Receipt, words: str) -> PlatformError | None:
        """What X has against a reply alone; the account's other posts still go out. A reply can be
        quicker than the news of its parent; later than that, it is gone.
        """
        if NOT_PERMITTED in words:  # it may be for those alone whom the other post mentions
            return Rejected("X does not let this account reply to its own post.")
        if "deleted or not visible" not in words:
            return None
        if self.clock.now() - parent.published_at < SETTLING:
            return NotSent("X does not see the part before it yet.")
        return Rejected("The part before it is gone from X.")

    def _receipt(self, post_id: str, at: datetime) -> Receipt:
        at_x = f"https://x.com/{self._handle()}/status/{post_id}"
        return Receipt(remote_id=post_id, published_at=at, url=at_x)

    def _handle(self) -> str:
        return self.account.handle.lstrip("@")

    def _client(self) -> tuple["Client", "Session"]:
        from campaign.platforms.x_session import open_client  # slow, and planning needs none

        secrets = {name: self.secrets[name] for name in self.needs}
        return open_client(self.account.settings, secrets, self.clock)


REFUSING = ("maximum of one cashtag", "needs to be a bit shorter", "Text is too long")
NOT_PERMITTED = "not permitted to perform this action"
BLOCKING = MappingProxyType(
    {
        NOT_PERMITTED: "Look at the app's rights and at the account on X",
        "oauth1-permissions": "Give the app the right to write and make a new access token",
        "client-forbidden": "Look at the app's rights at console.x.com",
        "user-suspended": "The account is suspended; ask X",
        "account is suspended": "The account is suspended; ask X",
        "temporarily locked": "Unlock the account on X",
    }
)
