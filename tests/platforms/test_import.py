"""An adapter is imported when an account needs it, quickly, and does nothing by that."""

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from campaign.platforms.registry import GROUP, adapter_names

pytestmark = pytest.mark.slow

NAMES = [name for name in adapter_names() if name != "outbox"]


def said(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_asking_which_there_are_imports_none() -> None:
    code = (
        "import sys; from campaign.platforms.registry import adapter_names\n"
        "adapter_names(); import campaign.daemon, campaign.runtime, campaign.operations.plan\n"
        "print(sorted({'requests', 'tweepy', 'urllib3'} & set(sys.modules)))"
    )
    assert said(code) == "[]"


@pytest.mark.parametrize("name", NAMES)
def test_import_asks_nobody_starts_nothing_and_needs_no_library(name: str) -> None:
    (entry,) = [one for one in entry_points(group=GROUP) if one.name == name]
    code = (
        "import socket, sys, threading\n"
        "def refuse(*_a, **_k): raise SystemExit('it went to the network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        f"import {entry.module}\n"
        "slow = {'requests', 'urllib3', 'tweepy', 'pytest'}\n"
        "print(threading.active_count(), sorted(slow & set(sys.modules)))"
    )
    assert said(code) == "1 []"
