"""The network in a process of its own, whose synced ledger is the truth about what is public.

It keeps one of several posts with the same key (REPLAY), or keeps none of our keys (ASK), and then
its list may be read (LOOKUP) or not. Now and then it answers badly, by a seed.
"""

import json
import os
import random
import signal
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
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
from campaign.testing.fake import Dialect, FakeNetwork, Reply, Request

Entry = Mapping[str, str]
REFUSED = Reply(status=422, body={"error": "refused"})
LIMITED = Reply(status=429, headers={"Retry-After": "2"})
LOST = Reply(status=503)
# How often it answers badly, before or after it has published.
BAD: tuple[tuple[float, Reply, bool], ...] = (
    (0.02, REFUSED, False), (0.02, LIMITED, False), (0.03, LOST, False), (0.03, LOST, True),
)  # fmt: skip


# How often its list does not show yet what is there: then only the key prevents a double.
BEHIND = 0.25


class Scripted(Dialect):
    """One line of the ledger for each request that came whole, synced before it is answered."""

    def __init__(self, ledger: Path, seed: int, *, keeps_keys: bool) -> None:
        super().__init__()
        self._ledger = os.open(ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        self._chance = random.Random(seed)
        self._keeps_keys = keeps_keys
        self._public: dict[tuple[str, str], str] = {}  # cycle and key, or number → id
        self._names: dict[tuple[str, str], str] = {}  # cycle, and post and part → id

    def is_visible(self, request: Request) -> bool:
        return request.method == "POST"

    def answer(self, request: Request) -> Reply:
        cycle = request.query["cycle"]
        if request.method == "GET":
            is_behind = self._chance.random() < BEHIND
            known = self._names.get((cycle, request.query["name"]), "")
            return Reply(body={"id": "" if is_behind else known})
        body = {"cycle": cycle, **request.json()}
        for share, reply, applied in BAD:
            if self._chance.random() < share:
                if applied:
                    self._publish(body)
                else:
                    self._write(body, kind="refused" if reply is REFUSED else "dropped", id="")
                return reply
        return Reply(body={"id": self._publish(body)})

    def _publish(self, body: dict[str, str]) -> str:
        cycle = body["cycle"]
        known = self._public.get((cycle, body["key"])) if self._keeps_keys else None
        remote_id = known or f"{cycle}-{len(self._public) + 1}"
        self._write(body, kind="again" if known else "public", id=remote_id)
        self._public[cycle, body["key"] if self._keeps_keys else remote_id] = remote_id
        self._names[cycle, body["name"]] = remote_id
        return remote_id

    def _write(self, body: dict[str, str], **more: str) -> None:
        line = json.dumps({**body, "came": str(time.monotonic()), **more})
        os.write(self._ledger, f"{line}\n".encode())
        os.fsync(self._ledger)


class Oracle:
    """The process, from outside. `entries` are read from its ledger alone."""

    def __init__(self, folder: Path, seed: int, *, keeps_keys: bool) -> None:
        self.ledger = folder / "oracle.jsonl"
        self._read = 0
        reading, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            self._serve(writing, seed, keeps_keys=keeps_keys)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            self.port = int(pipe.readline())

    def _serve(self, writing: int, seed: int, *, keeps_keys: bool) -> None:
        network = FakeNetwork(Scripted(self.ledger, seed, keeps_keys=keeps_keys))
        os.write(writing, f"{network.port}\n".encode())
        os.close(writing)
        parent = os.getppid()
        while os.getppid() == parent:  # it ends with whoever started it, however that ends
            signal.sigtimedwait([signal.SIGUSR1], 1.0)
        os._exit(0)

    def entries(self) -> list[Entry]:
        """What has come since the last call."""
        if not self.ledger.exists():
            return []
        with self.ledger.open("rb") as file:
            file.seek(self._read)
            lines = file.read()
        whole = lines[: lines.rfind(b"\n") + 1]
        self._read += len(whole)
        return [json.loads(line) for line in whole.splitlines()]

    def close(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _knows(answer: Answer) -> PlatformError | None:
    return Rejected("It was refused.") if answer.peek().get("error") == "refused" else None


class Chaotic(Platform):
    """The adapter of the scripted network. `port` and `cycle` are set before workers are forked."""

    name = "chaotic"
    title = "Scripted network"
    needs = MappingProxyType({"token": "a secret that may stand nowhere"})
    port: ClassVar[int]
    cycle: ClassVar[str]
    safety: ClassVar[DuplicateSafety]
    step: ClassVar[Callable[[str], None]] = staticmethod(lambda _name: None)

    def capabilities(self) -> Capabilities:
        is_replay = self.safety is DuplicateSafety.REPLAY
        return Capabilities(
            measure=NETWORKS["outbox"].measure,
            duplicate_safety=self.safety,
            replay_for=timedelta(hours=1) if is_replay else None,
        )

    def publish(self, sending: Sending) -> Receipt:
        body = {
            "name": f"{sending.post_key} {sending.part}",
            "key": sending.key,
            "text": sending.text,
            "parent": sending.parent.remote_id if sending.parent else "",
            "at": self.clock.now().isoformat(),
        }
        type(self).step("before the first byte")
        headers = {"Authorization": f"Bearer {self.secrets['token']}"}
        answer = self._line().publish(sending, "POST", self._url(), json=body, headers=headers)
        type(self).step("answered")
        check(answer, now=self.clock.now(), knows=_knows)
        return Receipt(remote_id=answer.need("id"), published_at=self.clock.now())

    def find(self, sending: Sending) -> Receipt | None:
        if self.safety is DuplicateSafety.ASK:
            raise OutcomeUnknown("This network cannot be read back.")
        name = f"{sending.post_key} {sending.part}"
        answer = self._line().ask("GET", self._url(), params={"name": name})
        check(answer, now=self.clock.now())
        found = str(answer.json()["id"])
        return Receipt(remote_id=found, published_at=self.clock.now()) if found else None

    def _line(self) -> Line:
        return Line(self.clock, Rules(loopback=True, ports={self.port}))

    def _url(self) -> str:
        return f"http://127.0.0.1:{self.port}/posts?cycle={self.cycle}"
