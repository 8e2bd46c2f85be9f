"""A pooler between a program and PostgreSQL, in front of one server: as in front of production.

It speaks just enough of the protocol (https://www.postgresql.org/docs/current/protocol-flow.html).
In transaction mode all clients share one session of the server; in session mode each has its own.
"""

import socket
import struct
import threading
from pathlib import Path
from typing import Any

FAKE_PID = 4242  # a pooler answers with a process id of its own


class Pooler:
    def __init__(self, socket_path: Path, *, by_transaction: bool) -> None:
        self._target = str(socket_path)
        self._shared: tuple[socket.socket, bytes] | None = None
        self._by_transaction = by_transaction
        self._turn = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()
        if self._shared is not None:
            self._shared[0].close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        server: socket.socket | None = None
        try:
            startup = self._startup(client)
            server, greeting = self._session(startup)
            client.sendall(greeting)
            while True:
                first = _message(client)  # an idle client holds nothing up
                with self._turn if self._by_transaction else threading.Lock():
                    self._transaction(client, server, first)
        except (OSError, EOFError):
            client.close()
            if server is not None and not self._by_transaction:
                server.close()

    def _startup(self, client: socket.socket) -> bytes:
        while True:
            (length,) = struct.unpack("!I", _exactly(client, 4))
            body = _exactly(client, length - 4)
            if struct.unpack("!I", body[:4])[0] == 196608:
                return struct.pack("!I", length) + body
            client.sendall(b"N")  # no TLS, no GSS: it asks again without

    def _session(self, startup: bytes) -> tuple[socket.socket, bytes]:
        if self._by_transaction and self._shared is not None:
            return self._shared
        server = socket.socket(socket.AF_UNIX)
        server.connect(self._target)
        server.sendall(startup)
        greeting = b""
        while True:
            kind, message = _message(server)
            if kind == b"K":
                message = kind + struct.pack("!III", 12, FAKE_PID, 0)
            greeting += message
            if kind == b"Z":
                break
        self._shared = (server, greeting)
        return server, greeting

    def _transaction(
        self, client: socket.socket, server: socket.socket, first: tuple[bytes, bytes]
    ) -> None:
        """Pass on until the server says that it is idle outside of a transaction."""
        kind, message = first
        while True:
            if kind == b"X":
                raise EOFError
            server.sendall(message)
            if kind in {b"Q", b"S"}:
                while message[:1] != b"Z":
                    _kind, message = _message(server)
                    client.sendall(message)
                if message[-1:] == b"I":
                    return
            kind, message = _message(client)


def _message(source: socket.socket) -> tuple[bytes, bytes]:
    kind = _exactly(source, 1)
    length = _exactly(source, 4)
    return kind, kind + length + _exactly(source, struct.unpack("!I", length)[0] - 4)


def _exactly(source: Any, number: int) -> bytes:
    got = b""
    while len(got) < number:
        piece = source.recv(number - len(got))
        if not piece:
            raise EOFError
        got += piece
    return got
