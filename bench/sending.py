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
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from bench.figure import Figure, Spread
from bench.stage import Stage
from campaign.clock import SkippingClock
from campaign.daemon import Daemon
from campaign.domain.campaign import Account
from campaign.runtime import open_runtime
from tests.factories import DUE, clock_at, database, drafted, fill

ACCOUNTS, POSTS, WAIT = 64, 20, 0.3
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{"id": "1"}'
IDEAL, GOAL = ACCOUNTS / WAIT, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Posts a second as the server saw them, and the daemon's processor time a post."""

    rate: float
    milliseconds: float


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


def send() -> Sent:
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
    return Sent(rate=count / seconds, milliseconds=spent / count * 1000)


def measure(stage: Stage) -> list[Figure]:
    logging.disable(logging.CRITICAL)
    spent: list[float] = []

    def share() -> float:
        sent = send()
        spent.append(sent.milliseconds)
        return sent.rate / IDEAL

    what = f"{ACCOUNTS} accounts, answers in {WAIT * 1000:.0f} ms"
    found = stage.rounds_of(f"{what}, share of the ideal", {"campaign": share})
    return [
        Figure(
            subject=f"campaign, sqlite: {what} over HTTP, share of the ideal {IDEAL:.0f}/s",
            unit="of it",
            ours=found["campaign"],
            at_least=GOAL,
        ),
        Figure(
            subject=f"campaign, sqlite: {what} over HTTP, processor time",
            unit="ms/post",
            ours=Spread(spent),
        ),
    ]


def main() -> None:
    logging.disable(logging.CRITICAL)
    sent = send()
    is_missed = sent.rate < GOAL * IDEAL
    print(f"{ACCOUNTS * POSTS} posts, {ACCOUNTS} accounts, answers in {WAIT * 1000:.0f} ms")
    print(f"{sent.rate:.0f} a second, {sent.rate / IDEAL:.0%} of the ideal {IDEAL:.0f}")
    print(f"{sent.milliseconds:.1f} ms of processor time a post{'    MISSED' * is_missed}")
    sys.exit(is_missed)


if __name__ == "__main__":
    main()
