"""Starts a server on a port of its own, waits until it answers, ends it with the test run."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests

START = 60  # seconds; the PDS needs three on an idle machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(command: Sequence[str | Path], health: str, log: Path) -> Iterator[None]:
    """`health` is an address that answers 200 once the server is ready."""
    leash = Path(__file__).with_name("leash.py")
    with log.open("ab") as output:
        held = subprocess.Popen(
            [sys.executable, leash, *command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for the test run, which then lets go of the leash
        )
    try:
        _await(held, health, log)
        yield
    finally:
        assert held.stdin
        held.stdin.close()
        held.wait(30)


def _await(held: "subprocess.Popen[bytes]", health: str, log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and held.poll() is None:
        try:
            if requests.get(health, timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError(f"{health} did not come up:\n{log.read_text('utf-8')[-4000:]}")
