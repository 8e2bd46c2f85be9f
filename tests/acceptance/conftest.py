"""Real processes, as a person starts them, on the machine's own clock."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaign.shipped import folder as shipped_folder

SHIPPED = Path(str(shipped_folder("messages"))) / "international-migrants-day"
COMMAND = Path(sys.executable).with_name("campaign")
CAMPAIGN = """\
id: today-1
campaign: Today
date: {now:%Y-%m-%d}
timezone: UTC
statement: statement.en.md
links:
  Missing Migrants Project: omit
  concrete and actionable pledges: omit
accounts:
  outbox: {{handle: press-office}}
  second: {{platform: outbox, handle: second-office, folder: elsewhere}}
calendar:
  - D {now:%H:%M} headline
form: imperative
"""

Process = subprocess.Popen[str]


class Shell:
    """A folder, and the processes started in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[Process] = []
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("CAMPAIGN_")}

    def run(self, *words: str | Path, code: int = 0) -> str:
        """`campaign WORDS`; both streams. Fails the test on another exit code."""
        done = subprocess.run(
            [COMMAND, *words],
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def start(self, *words: str | Path) -> Process:
        process = subprocess.Popen(
            words,
            cwd=self.folder,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.processes.append(process)
        return process

    def outbox(self, name: str = "outbox") -> list[Path]:
        return sorted((self.folder / name).glob("*.json"))


def wait_for(what: Callable[[], bool], seconds: float) -> None:
    """Fails the test when it does not come true in time."""
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            pytest.fail(f"nothing came of it in {seconds} s")
        time.sleep(0.05)


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(tmp_path)
    yield shell
    for process in shell.processes:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def today(shell: Shell) -> Shell:
    """A campaign of this minute: its posts are due, and are sent as soon as one runs."""
    shutil.copyfile(SHIPPED / "statement.en.md", shell.folder / "statement.en.md")
    text = CAMPAIGN.format(now=datetime.now(UTC))
    (shell.folder / "campaign.yaml").write_text(text, "utf-8")
    return shell
