"""`python -m bench.sending`: 64 accounts post to a server on this machine that answers in 300 ms.

The ideal: every account has its next request under way the moment the last one is answered. The
server is a process of its own; what is measured is the daemon, between its first request and last.
"""

import logging
import multiprocessing
import socket
import sys
import tempfile
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

from campaign.clock import SkippingClock
from campaign.daemon import Daemon
from campaign.domain.campaign import Account
from campaign.runtime import open_runtime
from tests.factories import DUE, clock_at, database, drafted, fill

ACCOUNTS, POSTS, WAIT = 64, 20, 0.3
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{"id": "1"}'
GOAL = 0.9


def serve(told: Connection) -> None:
    """Answer each connection after WAIT; at the end tell when the first and last one came."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    told.send(listener.getsockname()[1])
    came: list[float] = []
    done: list[float] = []

    def answer(connection: socket.socket) -> None:
        with connection:
            connection.recv(65_536)
            time.sleep(WAIT)
            connection.sendall(ANSWER)
        done.append(time.monotonic())

    while len(came) < ACCOUNTS * POSTS:
        connection, _ = listener.accept()
        came.append(time.monotonic())
        threading.Thread(target=answer, args=(connection,)).start()
    while len(done) < len(came):
        time.sleep(0.01)
    told.send((len(done), max(done) - min(came)))


def account(number: int, port: int, folder: Path) -> Account:
    name = f"a{number}"
    (folder / f"{name}.url").write_text(f"http://127.0.0.1:{port}/{name}")
    (folder / f"{name}.url").chmod(0o600)
    settings = {"allow_loopback": "true", "url": f"file:{name}.url", "secret": f"file:{name}.url"}
    return Account(name=name, platform="webhook", handle=name, language="en", settings=settings)


def main() -> None:
    logging.disable(logging.CRITICAL)
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    with tempfile.TemporaryDirectory(prefix="campaign-bench-") as made:
        folder = Path(made)
        accounts = [account(number, port, folder) for number in range(ACCOUNTS)]
        runtime = open_runtime(database(folder), clock_at(DUE))
        fill(runtime.store, drafted([(f"Text {n}.",) for n in range(POSTS)], accounts=accounts))
        runtime.store.close()
        runtime = open_runtime(database(folder), SkippingClock(DUE))
        begun = time.process_time()
        Daemon(runtime, permits=ACCOUNTS).run(until_done=True)
        spent = time.process_time() - begun
        runtime.store.close()
    count, seconds = ours.recv()
    server.join(5)
    rate, ideal = count / seconds, ACCOUNTS / WAIT
    missed = "" if rate >= GOAL * ideal else "    MISSED"
    print(f"{count} posts, {ACCOUNTS} accounts, answers in {WAIT * 1000:.0f} ms")
    print(f"{rate:.0f} a second, {rate / ideal:.0%} of the ideal {ideal:.0f}{missed}")
    print(f"{spent / count * 1000:.1f} ms of processor time a post")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
