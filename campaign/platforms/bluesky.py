"""Bluesky, and any server of the AT Protocol: REST over our own transport, no library.

A record's key can be chosen, and putRecord with `swapRecord: null` makes it only where there is
none, or one that is equal to the byte. So the key is made from ours, all of the record from the
frozen bytes and the planned time, and sending it again cannot make a second post. (The usual
createRecord answers a taken key with 500: github.com/bluesky-social/atproto/issues/3718.)
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from campaign.domain.outcome import Receipt
from campaign.platforms import counting
from campaign.platforms.addresses import Rules
from campaign.platforms.answers import Answer, check
from campaign.platforms.base import (
    Body,
    Capabilities,
    Carried,
    Duplicate,
    DuplicateSafety,
    NotSent,
    OutcomeUnknown,
    Platform,
    PlatformError,
    Rejected,
    Sending,
    Verified,
)
from campaign.platforms.bluesky_session import Session, Sessions, blocked
from campaign.platforms.facets import find_facets

if TYPE_CHECKING:
    from campaign.platforms.transport import Line

SERVER = "https://bsky.social"
POSTS = "app.bsky.feed.post"
LABELS = ("sexual", "nudity", "porn", "graphic-media")  # com.atproto.label.defs#selfLabels
DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
REPLAY_FOR = timedelta(hours=2)  # later, somebody may have taken the post down on purpose


class Bluesky(Platform):
    """`handle` is the account's full name, like migration.example.org."""

    name = "bluesky"
    title = "Bluesky"
    options = MappingProxyType(
        {
            "server": "where the account logs in, where it is not https://bsky.social",
            "warning": f"a label that every post of the account carries: {', '.join(LABELS)}",
            "allow_loopback": "true, where the server is on this machine",
        }
    )
    needs = MappingProxyType({"app_password": "an app password (Settings, App passwords)"})

    def capabilities(self) -> Capabilities:
        return Capabilities(
            measure=counting.NETWORKS[self.name].measure,
            duplicate_safety=DuplicateSafety.REPLAY,
            replay_for=REPLAY_FOR,
            carries=frozenset({Carried.LANGUAGE, Carried.CARD, Carried.WARNING}),
        )

    def lint(self, parts: Sequence[Body]) -> Iterator[str]:
        yield from super().lint(parts)
        for warning in {str(body["warning"]) for body in parts if body.get("warning")}:
            if warning not in LABELS:
                yield f'Bluesky has no label "{warning}". It knows {", ".join(LABELS)}.'

    def publish(self, sending: Sending) -> Receipt:
        line = self._line()
        sessions = self._sessions(line)
        session = sessions.current()
        sending = self._placed(sending, line, session)
        record = self._record(sending, line, session)
        put = {
            "repo": session.did,
            "collection": POSTS,
            "rkey": record_key(sending),
            "record": record,
            "swapRecord": None,
        }
        url = f"{session.server}/xrpc/com.atproto.repo.putRecord"
        answer = line.publish(sending, "POST", url, json=put, headers=session.headers)
        if sessions.has_ended(session, answer):
            raise NotSent(f"{answer.host} wants a new log-in.")
        check(answer, now=self.clock.now(), knows=self._knows)
        return _receipt(answer, self.clock.now(), sending)

    def find(self, sending: Sending) -> Receipt | None:
        line = self._line()
        session = self._sessions(line).current()
        sending = self._placed(sending, line, session)
        answer = self._got(record_key(sending), line, session)
        if answer is None:
            return None
        value = answer.json().get("value")
        if not isinstance(value, dict) or not _is_ours(value, sending):
            raise OutcomeUnknown(
                f"At {self.account.handle} another post stands in its place. A person has to look."
            )
        return _receipt(answer, _due(sending), sending)

    def verify(self) -> Verified:
        line = self._line()
        sessions = self._sessions(line)
        session = sessions.current()
        answer = self._owner(line, session)
        if sessions.has_ended(session, answer):
            answer = self._owner(line, sessions.current())
        check(answer, now=self.clock.now(), knows=blocked)
        handle = answer.need("handle")
        self.refuse_other(handle)
        return Verified(handle=handle, remote_id=answer.need("did"), rights=("app password",))

    def _owner(self, line: "Line", session: Session) -> Answer:
        url = f"{session.server}/xrpc/com.atproto.server.getSession"
        return line.ask("GET", url, headers=session.headers)

    def _got(self, key: str, line: "Line", session: Session) -> Answer | None:
        """The record of ours that has this key, if there is one."""
        url = f"{session.server}/xrpc/com.atproto.repo.getRecord"
        asked = {"repo": session.did, "collection": POSTS, "rkey": key}
        answer = line.ask("GET", url, params=asked)
        if answer.status == 400 and answer.peek().get("error") == "RecordNotFound":
            return None
        check(answer, now=self.clock.now())
        return answer

    def _placed(self, sending: Sending, line: "Line", session: Session) -> Sending:
        """Of a part before it that a person has found only the address is known, which ends with
        its key: the rest is asked for.
        """
        parent = sending.parent
        if parent is None or "uri" in parent.extra:
            return sending
        answer = self._got(parent.remote_id, line, session)
        if answer is None:
            raise Rejected(f"The part before it is not at its address: {parent.url}")
        extra = {"uri": answer.need("uri"), "cid": answer.need("cid")}
        if "reply" in answer.json().get("value", {}):
            extra |= {f"root_{name}": answer.need("value", "reply", "root", name) for name in extra}
        return replace(sending, parent=replace(parent, extra=extra))

    def _record(self, sending: Sending, line: "Line", session: Session) -> dict[str, Any]:
        """Nothing in it may differ between two sendings of the same part."""
        body = sending.body
        record: dict[str, Any] = {
            "$type": POSTS,
            "text": sending.text,
            "createdAt": created_at(sending),
            "langs": [body.get("language", "en")],
        }
        if facets := find_facets(sending.text, lambda handle: self._did_of(handle, line, session)):
            record["facets"] = facets
        if card := body.get("card"):
            record["embed"] = _card(str(card), str(body.get("card_title", "")))
        if warning := body.get("warning"):
            values = [{"val": warning}]
            record["labels"] = {"$type": "com.atproto.label.defs#selfLabels", "values": values}
        if sending.parent:
            record["reply"] = _reply(sending.parent)
        return record

    def _did_of(self, handle: str, line: "Line", session: Session) -> str | None:
        """None when nobody has this handle; then it is not a mention."""
        url = f"{session.server}/xrpc/com.atproto.identity.resolveHandle"
        answer = line.ask("GET", url, params={"handle": handle})
        if answer.status == 400:
            return None
        check(answer, now=self.clock.now())
        return answer.need("did")

    def _knows(self, answer: Answer) -> PlatformError | None:
        """Errors by the names in the lexicon com.atproto.repo.putRecord."""
        body = answer.peek()
        error, words = body.get("error"), self.quote(body.get("message", "")).rstrip(".")
        if error == "InvalidSwap":
            return Duplicate(f"A post already stands in its place at {self.account.handle}.")
        if error in ("InvalidRequest", "InvalidRecord") and answer.status == 400:
            return Rejected(f"Bluesky at {answer.host} refuses it: {words}.")
        return blocked(answer)

    def _sessions(self, line: "Line") -> Sessions:
        return Sessions(
            self.folder / f".bluesky-{self.account.name}.session",
            line,
            clock=self.clock,
            server=self.account.settings.get("server", SERVER).rstrip("/"),
            login=(self.account.handle.lstrip("@"), self.secrets["app_password"]),
        )

    def _line(self) -> "Line":
        from campaign.platforms.transport import Line  # slow, and planning needs none

        is_here = self.account.settings.get("allow_loopback") == "true"
        return Line(self.clock, Rules(loopback=is_here))


def record_key(sending: Sending) -> str:
    """A TID (atproto.com/specs/tid): 53 bits of microseconds, 10 bits more, 32 digits.

    The second is the planned one; what comes below it is of the part's key, so that two posts of
    one second have two.
    """
    noise = int.from_bytes(hashlib.sha256(sending.key.encode()).digest()[:4], "big")
    micros = int(_due(sending).timestamp()) * 1_000_000 + (noise >> 10) % 1_000_000
    number = micros << 10 | noise & 0x3FF
    return "".join(DIGITS[number >> shift & 31] for shift in range(60, -1, -5))


def created_at(sending: Sending) -> str:
    """The planned time; the parts of a thread follow each other by a millisecond."""
    at = _due(sending).replace(microsecond=0) + timedelta(milliseconds=sending.part - 1)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def _due(sending: Sending) -> datetime:
    if sending.due_at is None:
        raise NotSent("The planned time of this part is not known.")
    return sending.due_at


def _card(link: str, title: str) -> dict[str, Any]:
    """Bluesky fetches nothing: what a card shows stands in the post."""
    external = {"uri": link, "title": title or link.partition("://")[2], "description": ""}
    return {"$type": "app.bsky.embed.external", "external": external}


def _reply(parent: Receipt) -> dict[str, Any]:
    """A reply names the post it answers and the first one of the thread, each with its hash."""
    extra = parent.extra
    at = {"uri": extra["uri"], "cid": extra["cid"]}
    root = {"uri": extra.get("root_uri", at["uri"]), "cid": extra.get("root_cid", at["cid"])}
    return {"root": root, "parent": at}


def _receipt(answer: Answer, at: datetime, sending: Sending) -> Receipt:
    uri, cid = answer.need("uri"), answer.need("cid")
    did, key = uri.removeprefix("at://").partition("/")[0], uri.rpartition("/")[2]
    extra = {"uri": uri, "cid": cid}
    if sending.parent:
        root = _reply(sending.parent)["root"]
        extra |= {"root_uri": root["uri"], "root_cid": root["cid"]}
    return Receipt(
        remote_id=uri,
        published_at=at,
        url=f"https://bsky.app/profile/{did}/post/{key}",
        extra=extra,
    )


def _is_ours(value: Mapping[str, Any], sending: Sending) -> bool:
    parent = value.get("reply", {}).get("parent", {}).get("uri")
    wanted = sending.parent.extra["uri"] if sending.parent else None
    return value.get("text") == sending.text and parent == wanted
