"""The contract itself, tried on a network of each duplicate safety, and on adapters that err."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from campaign.domain.outcome import Receipt
from campaign.platforms.addresses import Rules
from campaign.platforms.answers import Answer, check
from campaign.platforms.base import (
    Capabilities,
    DuplicateSafety,
    OutcomeUnknown,
    Platform,
    PlatformError,
    Rejected,
    Sending,
)
from campaign.platforms.counting import NETWORKS
from campaign.platforms.transport import Line
from campaign.testing import Dialect, PlatformContract, Reply, Request


def knows(answer: Answer) -> PlatformError | None:
    if answer.status == 422 and answer.peek().get("code") == "too long":
        return Rejected("The board finds it too long.")
    return None


class Board(Platform):
    """A board of notices. What it can do about doubles, its subclasses say."""

    name = "board"
    title = "Board"
    options: ClassVar[Mapping[str, str]] = {"server": "its address"}
    needs: ClassVar[Mapping[str, str]] = {"token": "the key of the account"}
    safety: ClassVar[DuplicateSafety] = DuplicateSafety.REPLAY

    def capabilities(self) -> Capabilities:
        measure = NETWORKS["webhook"].measure
        week = timedelta(days=7)
        return Capabilities(measure=measure, duplicate_safety=self.safety, replay_for=week)

    @property
    def line(self) -> Line:
        line = Line(self.clock, Rules(loopback="allow_loopback" in self.account.settings))
        line.headers["Authorization"] = f"Bearer {self.secrets['token']}"
        return line

    def publish(self, sending: Sending) -> Receipt:
        notice = {
            "text": sending.text,
            "key": sending.key,
            "parent": sending.parent.remote_id if sending.parent else None,
        }
        url = f"{self.account.settings['server']}/notices"
        answer = self.line.publish(sending, "POST", url, json=notice)
        check(answer, now=self.clock.now(), knows=knows)
        return Receipt(remote_id=answer.need("id"), published_at=datetime.now(UTC))

    def find(self, sending: Sending) -> Receipt | None:
        if self.safety is DuplicateSafety.ASK:
            return super().find(sending)
        answer = self.line.ask("GET", f"{self.account.settings['server']}/notices")
        check(answer, now=self.clock.now())
        answer.refuse_other_clock(self.clock.now())
        found = [one for one in answer.maps("notices") if self.is_ours(one, sending)]
        if len(found) > 1:
            raise OutcomeUnknown("Two fit.")
        return Receipt(remote_id=found[0]["id"], published_at=datetime.now(UTC)) if found else None

    def is_ours(self, one: Mapping[str, str], sending: Sending) -> bool:
        assert sending.since is not None
        since = sending.since - timedelta(minutes=2)
        is_new = datetime.fromisoformat(one["at"]) > since
        return one["text"] == sending.text and is_new and one["id"] not in sending.taken


class LookupBoard(Board):
    safety = DuplicateSafety.LOOKUP


class AskBoard(Board):
    safety = DuplicateSafety.ASK


class BoardDialect(Dialect):
    def __init__(self, *, keeps_keys: bool) -> None:
        super().__init__()
        self.keeps_keys = keeps_keys
        self.refusals = {"too long": (Reply(status=422, body={"code": "too long"}), Rejected)}

    def is_visible(self, request: Request) -> bool:
        return request.method == "POST"

    def answer(self, request: Request) -> Reply:
        if request.method == "GET":
            notices = [{"id": p.id, "text": p.text, "at": p.at.isoformat()} for p in self.posts]
            return Reply(body={"notices": notices})
        sent = request.json()
        same = [post for post in self.posts if post.extra["key"] == sent["key"]]
        if self.keeps_keys and same:
            return Reply(body={"id": same[0].id})
        post = self.add(sent["text"], sent["parent"], key=sent["key"])
        return Reply(status=201, body={"id": post.id})


class BoardContract(PlatformContract):
    secrets: ClassVar[Mapping[str, str]] = {"token": "tok-4711-0815-canary"}

    def dialect(self) -> Dialect:
        return BoardDialect(keeps_keys=self.safety is DuplicateSafety.REPLAY)


class TestReplay(BoardContract):
    adapter = Board


class TestLookup(BoardContract):
    adapter = LookupBoard


class TestAsk(BoardContract):
    adapter = AskBoard
