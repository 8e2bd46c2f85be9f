"""A real adapter's requests, cut off at each of their steps, and its network in a process of its own
whose synced ledger is the truth about what is public.
"""

import json
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import requests

from campaign.domain.audit import Publication
from campaign.domain.campaign import Account
from campaign.platforms import transport
from campaign.platforms.base import Platform
from campaign.platforms.registry import adapter_for
from campaign.testing import Dialect, FakeNetwork, Reply, Request
from campaign.testing.stand import Stand
from tests.platforms.networks import keep_secrets
from tests.publisher.fuse import start_child
from tests.publisher.kills import Scene

LEDGER = "ledger.jsonl"


class Wire:
    """Where a request can be cut off: the moments before, in and after each piece of it."""

    step: ClassVar[Callable[[str], None]] = staticmethod(lambda _name: None)

    @classmethod
    def watch(cls) -> None:
        """Tell every step of every request of this process from now on."""
        send, read = transport._Watched.send, transport._read

        def in_halves(self: transport._Watched, data: Any) -> None:
            half = len(data) // 2
            cls.step("before it")
            send(self, data[:half])
            cls.step("in the middle")
            send(self, data[half:])
            cls.step("sent")

        def in_steps(response: requests.Response, trip: transport.Trip) -> None:
            cls.step("its head was read")
            read(response, trip)
            cls.step("its answer was read")

        transport._Watched.send = in_halves  # type: ignore[method-assign]
        transport._read = in_steps


@dataclass
class Booked(Dialect):
    """A dialect whose ledger is a file: what is public stands there before it is answered."""

    dialect: Dialect
    ledger: Path

    def is_visible(self, request: Request) -> bool:
        return self.dialect.is_visible(request)

    def answer(self, request: Request) -> Reply:
        before = len(self.dialect.posts)
        reply = self.dialect.answer(request)
        for post in self.dialect.posts[before:]:
            named = [post.id, post.extra.get("id")]
            self._write(kind="public", text=post.text, parent=post.parent, named=named)
        if self.is_visible(request):
            key = request.headers.get("idempotency-key")
            self._write(kind="asked", body=request.body.decode(), key=key)
        return reply

    def _write(self, **entry: Any) -> None:
        handle = os.open(self.ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.write(handle, f"{json.dumps(entry)}\n".encode())
        os.fsync(handle)
        os.close(handle)


@dataclass
class OnTheWire(Scene):
    """One post in two parts through a real adapter. `dialect`: its network, made in its process."""

    stand: Stand
    dialect: Callable[[], Dialect]
    network: type[Wire] = Wire
    texts: ClassVar[Any] = (("Two, first.", "Two, second."),)
    permits: ClassVar[int] = 1
    _listener: socket.socket = field(init=False)
    _process: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.safety = self.stand.planned().capabilities().duplicate_safety
        self.accounts = (self.stand.account_at(self._url),)

    @property
    def _url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def adapter_of(self, account: Account) -> type[Platform]:
        Wire.watch()
        self.adapter_of = adapter_for  # type: ignore[method-assign]
        return adapter_for(account)

    def begin(self, folder: Path) -> None:
        self._drain()
        keep_secrets(folder, self.accounts[0], self.stand.secrets_at(self._url))
        self._process = start_child(lambda: self._serve(folder / LEDGER), seconds=120)

    def _drain(self) -> None:
        """What a killed run left waiting at the door is nobody's any more."""
        self._listener.setblocking(False)
        with suppress(BlockingIOError):
            while True:
                self._listener.accept()[0].close()
        self._listener.setblocking(True)

    def _serve(self, ledger: Path) -> None:
        parent = os.getppid()
        FakeNetwork(Booked(self.dialect(), ledger), listener=self._listener)
        while os.getppid() == parent:  # it ends with whoever started it, however that ends
            signal.sigtimedwait([signal.SIGUSR1], 1.0)

    def close(self) -> None:
        self._listener.close()

    def end(self) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)

    def published(self, folder: Path) -> list[str]:
        return [entry["text"] for entry in self._entries(folder, "public")]

    def called(self, item: Publication) -> str:
        return item.text

    def check(self, folder: Path) -> None:
        """A part is sent again only to the letter, and a thread hangs together."""
        asked = [(entry["key"], entry["body"]) for entry in self._entries(folder, "asked")]
        texts = [text for parts in self.texts for text in parts]
        for text in texts:
            assert len({one for one in asked if text in one[1]}) <= 1, "other bytes the second time"
        named: list[str | None] = [None]
        for entry in self._entries(folder, "public"):
            assert entry["parent"] in named, "a part answers another than the one before it"
            named = entry["named"]

    def _entries(self, folder: Path, kind: str) -> list[dict[str, Any]]:
        path = folder / LEDGER
        lines = path.read_text().splitlines() if path.exists() else []
        return [entry for entry in map(json.loads, lines) if entry["kind"] == kind]
