"""The one way to a network: a session of requests with one deadline, and no second thoughts.

It never follows a redirect, never tries twice, reads no .netrc and no proxy variables, takes no
answer of more than a mebibyte, and opens a new connection for each request, because a kept one
that the server closes politely looks like an answer that was lost.

Whether a byte has left decides between NotSent and OutcomeUnknown, and only the connection knows:
requests raises the same ConnectionError for a refused connection and for one cut off at the end.
"""

import logging
import math
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from campaign.clock import Clock
from campaign.platforms.addresses import Rules
from campaign.platforms.answers import Answer
from campaign.platforms.base import NotSent, OutcomeUnknown, PlatformError, Sending
from campaign.platforms.deadlines import DEADLINES

LARGEST = 1024 * 1024
CONNECT = 5.0
READ = 20.0  # seconds for what nobody sees: a log-in, a look

# At DEBUG these write headers, addresses and bodies, and in those stand secrets.
for _name in ("urllib3", "requests_oauthlib", "oauthlib", "tweepy"):
    logging.getLogger(_name).setLevel(logging.INFO)


class Trip:
    """One request on its way: until when, by which rules, and whether a byte of it has left."""

    def __init__(self, rules: Rules, clock: Clock, starts_by: float, within: float) -> None:
        self.rules = rules
        self.clock = clock
        self.starts_by = starts_by
        self.ends = monotonic() + within
        self.wrote = False
        self.stopped: PlatformError | None = None
        self.connection: HTTPConnection | None = None
        self._ear: socket.socket | None = None

    def connect(self, host: str, port: int) -> socket.socket:
        """To the first address that takes the connection, of those that may be asked."""
        failure: OSError = OSError("no address")
        for family, address in self._found(host, port):
            left = min(CONNECT, self.ends - monotonic())
            sock = socket.socket(family, socket.SOCK_STREAM)
            try:
                sock.settimeout(max(left, 0.001))
                sock.connect(address)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                sock.close()
                failure = error
                continue
            self._ear = sock.dup()  # of our own: TLS takes the other one away
            if monotonic() >= self.ends:
                break  # the deadline was over before there was anything to cut
            return sock
        raise failure

    def _found(self, host: str, port: int) -> Any:
        try:
            return self.rules.resolve(host, port)
        except PlatformError as error:
            self.stopped = error  # urllib3 would wrap it
            raise OSError(str(error)) from None

    def leave(self) -> None:
        """Called before bytes go out. Nothing may leave too late."""
        if not self.wrote and self.clock.elapsed() > self.starts_by:
            raise TimeoutError("the permission to send it had become too old")
        if monotonic() >= self.ends:
            raise TimeoutError("no time left")
        self.wrote = True

    def cut(self) -> None:
        """End whatever waits, even a byte a second or a TLS handshake, from another thread."""
        if self._ear is not None:
            with suppress(OSError):  # over already
                self._ear.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        if self._ear is not None:
            self._ear.close()


_here = threading.local()  # .trip: what this thread's connection belongs to


class _Watched(HTTPConnection):
    """Connects where the trip may go, and tells it when bytes leave."""

    def _new_conn(self) -> socket.socket:
        trip: Trip = _here.trip
        trip.connection = self
        return trip.connect(self._dns_host, self.port or self.default_port)

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        _here.trip.leave()
        super().send(data)


class _Secure(_Watched, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Watched


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}


class Line(requests.Session):
    """An account's line to its network; also the `session` of a library that wants one.

    `ask` is for what nobody sees: whatever fails there is NotSent. What readers will see goes
    through `publish`, or, where a library sends it, happens inside `with line.visible(sending)`:
    once, before `sending.starts_by`, and what fails after its first byte is OutcomeUnknown.
    """

    def __init__(self, clock: Clock, rules: Rules | None = None) -> None:
        super().__init__()
        self.clock = clock
        self.rules = rules or Rules()
        self.trust_env = False
        self.headers = CaseInsensitiveDict(
            {"User-Agent": "campaign", "Accept": "application/json", "Connection": "close"}
        )
        self.mount("https://", _Adapter(max_retries=0))
        self.mount("http://", _Adapter(max_retries=0))
        self._visible: Sending | None = None
        self._went = False

    def ask(self, method: str, url: str, *, within: float = READ, **options: Any) -> Answer:
        """A request that publishes nothing. Raises NotSent; judges no status."""
        with self.unseen():
            return answer_of(self.request(method, url, timeout=within, **options), visible=False)

    @contextmanager
    def unseen(self) -> Iterator[None]:
        """What is asked in here publishes nothing: whatever fails is NotSent."""
        failure: NotSent | None = None
        try:
            yield
        except OutcomeUnknown as error:
            failure = NotSent(str(error).replace(" It may have been published.", ""))
        if failure:
            raise failure

    def publish(self, sending: Sending, method: str, url: str, **options: Any) -> Answer:
        """The one visible request. Raises NotSent or OutcomeUnknown; judges no status."""
        with self.visible(sending):
            return answer_of(self.request(method, url, **options))

    @contextmanager
    def visible(self, sending: Sending) -> Iterator[None]:
        """Readers may see what the one request made in here does."""
        self._visible, self._went = sending, False
        try:
            yield
        finally:
            self._visible = None

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """Raises NotSent or OutcomeUnknown, and no other error; what it says is fit for people."""
        trip = self._trip(options.pop("timeout", None))
        host = _host(request)
        self.rules.check(str(request.url))
        failure: PlatformError
        _here.trip = trip
        try:
            options |= {"timeout": READ * 10, "allow_redirects": False, "stream": True}
            options["proxies"] = {}
            with (
                DEADLINES.keep(trip.ends, trip.cut),
                super().send(request, **options) as response,
            ):
                _read(response, trip)
        except PlatformError as error:
            failure = error
        except Exception as error:  # noqa: BLE001  (a library's error holds addresses and headers)
            failure = _failure(error, trip, host)
        else:
            return response
        finally:
            trip.close()
            for adapter in self.adapters.values():
                adapter.close()
        raise failure  # out here it drags no library's error along as its context

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002
        """None: not even read what stands there."""
        return

    def _trip(self, timeout: Any) -> Trip:
        sending = self._visible
        if sending is None:
            within = float(timeout) if isinstance(timeout, int | float) else READ
            return Trip(self.rules, self.clock, math.inf, within)
        if self._went:
            raise OutcomeUnknown("A second visible request was refused; the first had been made.")
        self._went = True
        return Trip(self.rules, self.clock, sending.starts_by, sending.within)


def answer_of(response: requests.Response, *, visible: bool = True) -> Answer:
    """A response that came over a Line, for `answers.check`."""
    headers: Mapping[str, str] = {name.lower(): text for name, text in response.headers.items()}
    return Answer(
        host=_host(response.request),
        status=response.status_code,
        headers=headers,
        content=response.content,
        visible=visible,
    )


def _host(request: requests.PreparedRequest) -> str:
    """All of an address that a person may see: in paths stand secrets."""
    rest = str(request.url).partition("://")[2]
    return rest.partition("/")[0].rpartition("@")[2].partition("?")[0]


def _read(response: requests.Response, trip: Trip) -> None:
    """All of the body, up to the cap, before the deadline."""
    content = bytearray()
    for chunk in response.iter_content(65_536):
        content += chunk
        if len(content) > LARGEST:
            raise OSError("too large")
    if monotonic() >= trip.ends:
        raise TimeoutError("cut off: what looks like the end of the answer is ours")
    response._content = bytes(content)  # noqa: SLF001  (as requests does when it does not stream)


def _failure(error: Exception, trip: Trip, host: str) -> PlatformError:
    """The one place where a broken exchange becomes an outcome."""
    if trip.stopped is not None:
        return trip.stopped
    is_late = monotonic() >= trip.ends
    if not trip.wrote:
        why = "in time" if is_late else f"({type(_cause(error)).__name__})"
        return NotSent(f"{host} could not be reached {why}. Nothing was sent.")
    what = "did not answer in time" if is_late else "broke off before its answer was complete"
    return OutcomeUnknown(f"{host} {what}. It may have been published.")


def _cause(error: BaseException) -> BaseException:
    """What began it: requests and urllib3 wrap an error several times."""
    while error.__context__ is not None:
        error = error.__context__
    return error
