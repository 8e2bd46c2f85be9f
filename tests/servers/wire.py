"""A wire between us and a server, of our own, that can lose the answer after the post has landed.

No server can be asked for that: those that inject faults answer without doing the work.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

SIZE = 65_536


class Wire:
    """Carries every byte, until told to lose an answer."""

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self._server = (parts.hostname or "localhost", parts.port or 80)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._to_lose: list[bytes] = []
        self.lost = 0
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def lose_next_answer(self, request: str) -> None:
        """To the next request that begins so, as in "POST /api/v1/statuses"."""
        self._to_lose.append(request.encode())

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                near, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        losing = threading.Event()
        with near, suppress(OSError), socket.create_connection(self._server) as far:
            back = threading.Thread(target=self._back, args=(far, near, losing), daemon=True)
            back.start()
            while data := near.recv(SIZE):
                for request in [one for one in self._to_lose if data.startswith(one)]:
                    self._to_lose.remove(request)
                    losing.set()
                far.sendall(data)
            far.shutdown(socket.SHUT_WR)
            back.join(30)

    def _back(self, far: socket.socket, near: socket.socket, losing: threading.Event) -> None:
        with suppress(OSError):
            while data := far.recv(SIZE):
                if losing.is_set():  # the answer is here, so the work is done
                    self.lost += 1
                    break
                near.sendall(data)
            near.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(server: str) -> Iterator[Wire]:
    made = Wire(server)
    try:
        yield made
    finally:
        made.close()
