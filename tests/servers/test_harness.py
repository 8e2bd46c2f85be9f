"""The harness itself: what it starts ends with it, and the wire loses what it is told to lose."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.servers.launch import free_port, running
from tests.servers.mastodon import Mastodon
from tests.servers.wire import wire

SERVER = "import http.server as h; h.test(h.SimpleHTTPRequestHandler, port={}, bind='127.0.0.1')"
HOLDER = """
import sys
from pathlib import Path
from tests.servers.launch import running
with running([sys.executable, "-c", sys.argv[1]], sys.argv[2], Path(sys.argv[3])):
    print("up", flush=True)
    sys.stdin.read()
"""


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=2).ok
    except requests.ConnectionError:
        return False


def test_a_server_ends_with_a_run_that_is_killed(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, SERVER.format(port), url, tmp_path / "log"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert holder.stdout
    assert holder.stdin
    assert holder.stdout.readline() == b"up\n"
    assert answers(url)
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    until = time.monotonic() + 10
    while answers(url) and time.monotonic() < until:
        time.sleep(0.05)
    assert not answers(url)


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no room')"]
    with (
        pytest.raises(AssertionError, match="no room"),
        running(command, f"http://127.0.0.1:{free_port()}/", tmp_path / "log"),
    ):
        pass


def test_the_wire_loses_an_answer_but_not_the_post(mastodon: Mastodon) -> None:
    with wire(mastodon.url) as between:
        near = Mastodon(url=between.url)
        assert near.post("first").ok
        between.lose_next_answer("POST /api/v1/statuses")
        with pytest.raises(requests.ConnectionError):
            near.post("second")
        assert between.lost == 1
        assert near.post("third").ok
    assert mastodon.texts() == ["third", "second", "first"]
