"""A network on 127.0.0.1 in threads of its own, with its own ledger, that breaks when told to."""

import json
import socket
import struct
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from campaign.testing.faults import Fault

RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST, not FIN
# The first bytes of a TLS answer: a fatal alert, "bad certificate". To a client that speaks TLS,
# this network's certificate never fits.
ALERT = b"\x15\x03\x03\x00\x02\x02\x2a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`headers` have lowercase names. `body` is as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.body)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """`body` is bytes, or what becomes JSON."""

    status: int = 200
    body: Any = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One post as readers see it. `parent` is the id of the post that it answers."""

    id: str
    text: str
    parent: str | None = None
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    extra: Mapping[str, Any] = field(default_factory=dict)


class Dialect(ABC):
    """How the network at hand speaks, written by whoever writes its adapter's test.

    `posts` is what stands there in public; `answer` adds to it. `refusals` are the bodies with
    which the network says no and that the adapter knows: name → (reply, error to be raised).
    `waits` are the answers in whose body it asks to wait for a minute and a half.
    """

    refusals: Mapping[str, tuple[Reply, type[Exception]]] = {}
    waits: Mapping[str, Reply] = {}

    def __init__(self) -> None:
        self.posts: list[Published] = []
        self.now: datetime | None = None  # the network's clock, where a test moves it

    @abstractmethod
    def is_visible(self, request: Request) -> bool:
        """Whether the request is one that publishes."""

    @abstractmethod
    def answer(self, request: Request) -> Reply:
        """Do what is asked, and answer."""

    def add(self, text: str, parent: str | None = None, **extra: Any) -> Published:
        """Publish; ids count up."""
        at = self.now or datetime.now(UTC)
        post = Published(
            id=str(1001 + len(self.posts)), text=text, parent=parent, at=at, extra=extra
        )
        self.posts.append(post)
        return post


class FakeNetwork:
    """A server for one dialect. While `fault` is set, visible requests meet it, and `unseen_fault`
    the others: a log-in, a look, the question whose account it is.

    `requests` is the ledger of all that came whole, `visible` of those that publish; `reached`
    counts connections. `listener`: a socket made before, by whoever forks a process for it.
    `tells_time`: its answers carry their Date, as nearly all do; not beside a clock that skips.
    """

    def __init__(
        self,
        dialect: Dialect,
        *,
        host: str = "127.0.0.1",
        listener: socket.socket | None = None,
        tells_time: bool = False,
    ) -> None:
        self.dialect = dialect
        self.fault: Fault | None = None
        self.unseen_fault: Fault | None = None
        self.requests: list[Request] = []
        self.reached = 0
        self._tells_time = tells_time
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._listener = listener or socket.create_server((host, 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    @property
    def url(self) -> str:
        """Where it is; nothing listens there while it refuses, a stranger while it is one."""
        fault = self.fault or self.unseen_fault
        how = fault.how if fault else ""
        if how == "refuse":
            return f"http://127.0.0.1:{_closed_port()}"
        return f"{'https' if how == 'stranger' else 'http'}://127.0.0.1:{self.port}"

    @property
    def visible(self) -> list[Request]:
        return [request for request in self.requests if self.dialect.is_visible(request)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, target: Any, *args: Any) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.reached += 1
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        with suppress(OSError, ValueError), connection:
            self._converse(connection)

    def _converse(self, connection: socket.socket) -> None:
        fault, unseen = self.fault, self.unseen_fault
        if "stranger" in (fault and fault.how, unseen and unseen.how):
            connection.recv(4096)
            connection.sendall(ALERT)
            return
        head, rest = _head(connection)
        if not self.dialect.is_visible(_request(head, b"")):
            fault = unseen
        if fault is None:
            reply = self._apply(_whole(connection, head, rest))
            self._reply(connection, replace(reply, headers={**self._date(), **reply.headers}))
        elif fault.how in ("reset", "reset-in-body"):
            if fault.how == "reset-in-body" and not rest:
                connection.recv(1)  # else the head brought some of the body along
            _reset(connection)
        else:
            self._break(connection, _whole(connection, head, rest), fault)

    def _date(self) -> Mapping[str, str]:
        if not self._tells_time:
            return {}
        return {"Date": format_datetime(self.dialect.now or datetime.now(UTC), usegmt=True)}

    def _apply(self, request: Request, *, really: bool = True) -> Reply:
        with self._lock:
            self.requests.append(request)
            return self.dialect.answer(request) if really else Reply()

    def _break(self, connection: socket.socket, request: Request, fault: Fault) -> None:
        reply = self._apply(request, really=fault.applied)
        if fault.status:
            body = reply.body if fault.body is None else fault.body
            reply = Reply(status=fault.status, body=body, headers=fault.headers)
        match fault.how:
            case "reset-after":
                _reset(connection)
            case "close":
                return
            case "hang":
                self._over.wait(30)
            case "drip":
                self._drip(connection, reply)
            case "short":
                connection.sendall(_spell(reply, length=len(reply.content()) + 50))
            case "cut":
                half = reply.content()[: max(1, len(reply.content()) // 2)]
                connection.sendall(_spell(Reply(status=reply.status, body=half), length=None))
            case _:
                self._reply(connection, reply)

    def _drip(self, connection: socket.socket, reply: Reply) -> None:
        for byte in _spell(reply, length=len(reply.content())):
            connection.sendall(bytes([byte]))
            if self._over.wait(1.0):
                return

    def _reply(self, connection: socket.socket, reply: Reply) -> None:
        connection.sendall(_spell(reply, length=len(reply.content())))


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def _head(connection: socket.socket) -> tuple[bytes, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65_536)
        if not more:
            raise OSError("closed")
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


def _whole(connection: socket.socket, head: bytes, body: bytes) -> Request:
    length = int(_request(head, b"").headers.get("content-length", "0"))
    while len(body) < length:
        more = connection.recv(65_536)
        if not more:
            raise OSError("closed")
        body += more
    return _request(head, body)


def _request(head: bytes, body: bytes) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    at = urlsplit(target)
    return Request(
        method=method,
        path=at.path,
        query=dict(parse_qsl(at.query, keep_blank_values=True)),
        headers={name.strip().lower(): text.strip() for name, _, text in pairs},
        body=body,
    )


def _spell(reply: Reply, *, length: int | None) -> bytes:
    headers = {"Content-Type": "application/json", "Connection": "close", **reply.headers}
    if length is not None:
        headers["Content-Length"] = str(length)
    lines = [f"HTTP/1.1 {reply.status} Told", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1") + reply.content()


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
