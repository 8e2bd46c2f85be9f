"""The line: one deadline, one request, and the truth about whether a byte has left."""

import logging
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import trustme

from campaign.clock import SystemClock
from campaign.platforms.addresses import Rules
from campaign.platforms.base import AccountBlocked, NotSent, OutcomeUnknown, Sending
from campaign.platforms.transport import LARGEST, Line

if TYPE_CHECKING:
    import requests

HERE = Rules(loopback=True)
Talk = Callable[[socket.socket], None]


@contextmanager
def server(talk: Talk, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """One connection at a time, each handed to `talk`."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.02)
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            connection.settimeout(5)
            try:
                with (
                    context.wrap_socket(connection, server_side=True)
                    if context
                    else connection as c
                ):
                    talk(c)
            except OSError:
                pass
            finally:
                connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    port = listener.getsockname()[1]
    try:
        yield f"{'https' if context else 'http'}://127.0.0.1:{port}"
    finally:
        over.set()
        thread.join(6)
        listener.close()


def hear(connection: socket.socket) -> bytes:
    """A whole request: to close on unread bytes would be a reset, and lose the answer."""
    data = b""
    while b"\r\n\r\n" not in data or len(data.partition(b"\r\n\r\n")[2]) < _length(data):
        more = connection.recv(65_536)
        if not more:
            break
        data += more
    return data


def _length(data: bytes) -> int:
    found = re.search(rb"(?i)content-length: (\d+)", data)
    return int(found[1]) if found else 0


def says(*pieces: bytes, every: float = 0.0) -> Talk:
    """One piece after the other, `every` so many seconds, while somebody listens."""

    def talk(connection: socket.socket) -> None:
        hear(connection)
        for piece in pieces:
            connection.sendall(piece)
            if every and hung_up(connection, every):
                return

    return talk


def hung_up(connection: socket.socket, within: float) -> bool:
    connection.settimeout(within)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False


def going(within: float = 5.0, starts_by: float = 1e18) -> Sending:
    return Sending(
        post_key="a/b/en/c", part=1, key="k", body={"text": "t"}, within=within, starts_by=starts_by
    )


def line(rules: Rules = HERE) -> Line:
    return Line(SystemClock(), rules)


def publish(url: str, within: float = 1.0) -> object:
    return line().publish(going(within), "POST", url + "/secret-path", json={"text": "t"})


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def test_answer_comes_whole() -> None:
    with server(
        says(b"HTTP/1.1 201 Made\r\nX-Id: 7\r\nContent-Length: 9\r\n\r\n", b'{"id": 1}')
    ) as url:
        answer = line().publish(going(), "POST", url, json={})
    assert (answer.status, answer.headers["x-id"], answer.need("id")) == (201, "7", "1")


BROKEN = {
    "closed at once": says(),
    "not http": says(b"220 mail.example ESMTP\r\n"),
    "cut short": says(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}"),
    "cut in a chunk": says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}"),
    "bad gzip": says(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"),
    "too large": says(
        b"HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n", b" " * (LARGEST + 70_000)
    ),
    "drips headers": says(b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 20, every=0.3),
    "drips its body": says(
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", *[b" "] * 20, every=0.3
    ),
    "100 without end": says(*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 20, every=0.3),
    "nothing": says(b"", every=4.0),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_answer_leaves_the_doubt_in_time(name: str) -> None:
    with server(BROKEN[name]) as url:
        begun = time.monotonic()
        with pytest.raises(OutcomeUnknown, match=r"127.0.0.1.*may have been published") as caught:
            publish(url)
        spent = time.monotonic() - begun
    assert spent < 3.5  # they would take longer
    assert caught.value.__context__ is None
    assert "secret-path" not in str(caught.value)


def test_what_nobody_sees_is_not_sent_however_it_breaks() -> None:
    with server(says()) as url, pytest.raises(NotSent, match="broke off") as caught:
        line().ask("GET", url)
    assert "published" not in str(caught.value)


def test_refused_connection_sent_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(NotSent, match=r"could not be reached \(ConnectionRefusedError\)"):
        publish(f"http://127.0.0.1:{port}")


def test_unknown_name_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_more: object) -> None:
        raise socket.gaierror(8, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NotSent, match=r"social.example could not be found"):
        line().publish(going(), "POST", "https://social.example/x")


def test_name_that_leads_inside_is_never_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is one that leads elsewhere when it is looked up a second time."""
    asked: list[str] = []

    def find(host: str, port: int, **_more: object) -> list[object]:
        asked.append(host)
        ip = "10.0.0.1" if len(asked) == 1 else "93.184.216.34"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    monkeypatch.setattr(socket, "getaddrinfo", find)
    with pytest.raises(AccountBlocked, match="inside this network"):
        line(Rules()).publish(going(), "POST", "https://social.example/x")
    assert asked == ["social.example"]


def test_redirect_is_returned_and_not_followed() -> None:
    asked = []

    def talk(connection: socket.socket) -> None:
        asked.append(hear(connection))
        connection.sendall(b"HTTP/1.1 307 Go\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n")

    with server(talk) as url:
        assert line().publish(going(), "POST", url, json={}).status == 307
        assert line().ask("GET", url).status == 307
    assert len(asked) == 2


def test_old_permission_sends_nothing() -> None:
    asked = []
    with server(lambda connection: asked.append(connection.recv(9))) as url:
        late = going(starts_by=SystemClock().elapsed() - 0.001)
        with pytest.raises(NotSent):
            line().publish(late, "POST", url, json={})
    assert asked in ([], [b""])


def test_second_visible_request_is_refused() -> None:
    with server(says(OK)) as url:
        ours = line()
        with ours.visible(going()):
            assert ours.post(url, json={}).status_code == 200
            with pytest.raises(OutcomeUnknown, match="second visible request"):
                ours.post(url, json={})
        assert ours.publish(going(), "POST", url, json={}).status == 200


def test_certificate_has_to_fit(tmp_path: Path) -> None:
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))

    def context(name: str) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ca.issue_cert(name).configure_cert(made)
        return made

    ours = line()
    with server(says(OK), context("127.0.0.1")) as url:
        with pytest.raises(NotSent):  # its maker is unknown
            ours.publish(going(), "POST", url, json={})
        ours.verify = str(tmp_path / "ca.pem")
        assert ours.publish(going(), "POST", url, json={}).status == 200
    with server(says(OK), context("other.example")) as url, pytest.raises(NotSent):
        ours.publish(going(), "POST", url, json={})
    with server(says(b"", every=5), context("127.0.0.1")) as url:  # the deadline cuts TLS too
        begun = time.monotonic()
        with pytest.raises(OutcomeUnknown, match="in time"):
            ours.publish(going(0.5), "POST", url, json={})
        assert time.monotonic() - begun < 3.5


def test_handshake_that_hangs_sent_nothing() -> None:
    with server(says(b"", every=5)) as url:
        begun = time.monotonic()
        with pytest.raises(NotSent, match="in time"):
            publish(url.replace("http:", "https:"), 0.5)
        assert time.monotonic() - begun < 3.5


def test_every_request_opens_a_connection_of_its_own() -> None:
    count = []

    def talk(connection: socket.socket) -> None:
        count.append(1)
        says(OK)(connection)

    with server(talk) as url:
        ours = line()
        for _ in range(3):
            ours.publish(going(), "POST", url, json={})
    assert len(count) == 3


def test_library_with_a_session_goes_the_same_way(caplog: pytest.LogCaptureFixture) -> None:
    """Its headers and addresses are in no log, at any level."""
    caplog.set_level(logging.DEBUG)
    with server(says()) as url:
        session: requests.Session = line()
        with pytest.raises(OutcomeUnknown):
            session.post(f"{url}/bot123456:canary", headers={"Authorization": "Bearer canary"})
    assert "canary" not in caplog.text


def test_proxy_and_netrc_of_the_machine_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login eve password evil")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    heard = []

    def talk(connection: socket.socket) -> None:
        heard.append(hear(connection))
        connection.sendall(OK)

    with server(talk) as url:
        line().publish(going(), "POST", url, json={})
    assert b"authorization" not in heard[0].lower()
