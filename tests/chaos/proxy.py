"""A line to PostgreSQL that breaks exactly while it commits: before the server hears of it, or after
it has committed and before anybody is told.
"""

import shutil
import socket
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

from campaign.store.place import Server

COMMIT = b"COMMIT\0"
NAME = ".s.PGSQL.5432"


class Line:
    """One connection."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.client, self.server = client, server
        self._is_mute = False
        self._committed = threading.Event()

    def commit_untold(self, data: bytes) -> None:
        self._is_mute = True
        self.server.sendall(data)
        assert self._committed.wait(10)

    def answer(self) -> None:
        with suppress(OSError):
            while data := self.server.recv(65_536):
                if self._is_mute:
                    self._committed.set()
                    break
                self.client.sendall(data)
        self.close()

    def close(self) -> None:
        _close(self.client)
        _close(self.server)


class Proxy:
    """`cut` is asked at each COMMIT: "before", "after", or None to let it pass."""

    def __init__(self, behind: Server, cut: Callable[[], str | None]) -> None:
        self._behind = str(Path(dict(behind.options)["host"]) / NAME)
        self._cut = cut
        self._folder = Path(tempfile.mkdtemp(prefix="campaign-cut-", dir="/tmp"))
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self._folder / NAME))
        self._listener.listen()
        options = (("host", str(self._folder)),)
        self.server = Server(user=behind.user, name=behind.name, options=options)
        self._start(self._accept)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        _close(self._listener)
        shutil.rmtree(self._folder)

    def _start(self, target: Callable[..., None], *args: object) -> None:
        threading.Thread(target=target, args=args, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._behind)
                line = Line(client, server)
                self._start(self._ask, line)
                self._start(line.answer)

    def _ask(self, line: Line) -> None:
        with suppress(OSError):
            while data := line.client.recv(65_536):
                how = self._cut() if COMMIT in data else None
                if how == "after":
                    line.commit_untold(data)
                if how:
                    break
                line.server.sendall(data)
        line.close()


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
