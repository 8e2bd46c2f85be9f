"""A noticeboard: the smallest network that has all that an adapter has to care about.

    POST /notices     {"text", "language", "answers"} → 201 {"id", "url", "at"}
    GET  /notices?of=HANDLE                           → {"notices": [{"id", "text", "at", …}]}
    GET  /me                                          → {"id", "handle", "may": ["post"]}

It knows no keys, so a doubt is looked up.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from campaign.domain.measure import Measure
from campaign.domain.outcome import Receipt
from campaign.platforms.addresses import Rules
from campaign.platforms.answers import Answer, check
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
from campaign.platforms.transport import Line

CLOCKS_DIFFER = timedelta(minutes=2)


class Noticeboard(Platform):
    name = "noticeboard"
    title = "Noticeboard"
    options = MappingProxyType(
        {"server": "the board's address", "allow_loopback": "true for one on this machine"}
    )
    needs = MappingProxyType({"token": "the key of the account"})

    def capabilities(self) -> Capabilities:
        return Capabilities(
            measure=Measure(limit=1000, unit="characters", count=len),
            duplicate_safety=DuplicateSafety.LOOKUP,
            carries=frozenset({Carried.LANGUAGE}),
        )

    def publish(self, sending: Sending) -> Receipt:
        notice = {
            "text": sending.text,
            "language": sending.body.get("language"),
            "answers": sending.parent.remote_id if sending.parent else None,
        }
        answer = self._line().publish(sending, "POST", self._at("notices"), json=notice)
        check(answer, now=self.clock.now(), knows=self._knows)
        answer.need("id")
        return _receipt(answer.json())

    def find(self, sending: Sending) -> Receipt | None:
        whose = {"of": self.account.handle}
        answer = self._line().ask("GET", self._at("notices"), params=whose)
        check(answer, now=self.clock.now(), knows=self._knows)
        answer.refuse_other_clock(self.clock.now())
        ours = [one for one in answer.maps("notices") if _is_ours(one, sending)]
        if len(ours) > 1:
            raise OutcomeUnknown("Two notices fit. Look at the board.")
        return _receipt(ours[0]) if ours else None

    def verify(self) -> Verified:
        answer = self._line().ask("GET", self._at("me"))
        check(answer, now=self.clock.now(), knows=self._knows)
        handle, rights = answer.need("handle"), tuple(answer.json().get("may", ()))
        self.refuse_other(handle)
        if "post" not in rights:
            raise AccountBlocked(f"The key of {handle} may not post. Have one made that may.")
        return Verified(handle=handle, remote_id=answer.need("id"), rights=rights)

    def _line(self) -> Line:
        loopback = self.account.settings.get("allow_loopback") == "true"
        line = Line(self.clock, Rules(loopback=loopback))
        line.headers["Authorization"] = f"Bearer {self.secrets['token']}"
        return line

    def _at(self, what: str) -> str:
        return f"{self.account.settings.get('server', '').rstrip('/')}/{what}"

    def _knows(self, answer: Answer) -> PlatformError | None:
        """What this network's words mean; a status without words that we know proves nothing."""
        told = answer.peek()
        match told.get("code"):
            case "too_long" | "bad_words":
                return Rejected(f"The board refused it: {self.quote(told.get('message'))}.")
            case "no_right":
                return AccountBlocked("This key may not post any more. Have a new one made.")
        return None


def _is_ours(notice: Mapping[str, Any], sending: Sending) -> bool:
    """The same words in the same place, not older than our first attempt, not another part's."""
    parent = sending.parent.remote_id if sending.parent else None
    if (notice["text"], notice.get("answers")) != (sending.text, parent):
        return False
    since = sending.since - CLOCKS_DIFFER if sending.since else None
    is_new = since is None or datetime.fromisoformat(notice["at"]) >= since
    return is_new and notice["id"] not in sending.taken


def _receipt(notice: Mapping[str, Any]) -> Receipt:
    at = datetime.fromisoformat(notice["at"])
    return Receipt(remote_id=notice["id"], url=notice.get("url"), published_at=at)
