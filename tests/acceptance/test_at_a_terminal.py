"""Questions as a terminal asks them, and what happens where there is none: nobody waits for ever."""

import os
import pty
import select
import signal
import subprocess
from collections.abc import Sequence
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.acceptance.conftest import COMMAND, SHIPPED, Shell
from tests.cli.conftest import RULE, campaign_text

pytestmark = pytest.mark.slow

HANGS = 30  # seconds: whoever has not answered by then waits for an answer that nobody gives
QUESTION = b"[y/N]: "
CALENDAR_LINE = "  - D 10:00 headline\n"


@pytest.fixture
def office(shell: Shell) -> Shell:
    """Two posts of the day after tomorrow, scheduled, that wait for comms and legal."""
    (shell.folder / "statement.en.md").write_bytes((SHIPPED / "statement.en.md").read_bytes())
    text = campaign_text(RULE, days=2)
    (shell.folder / "campaign.yaml").write_text(text, "utf-8")
    shell.run("schedule", "--yes")
    (shell.folder / "campaign.yaml").write_text(
        text.replace(CALENDAR_LINE, "  - D 09:00 headline\n"), "utf-8"
    )
    return shell


def at_a_terminal(shell: Shell, answer: bytes, *words: str) -> tuple[int, str]:
    """The exit code, and what stood on the terminal: its own, so that Ctrl-C is a signal to it."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(shell.folder)
        os.execve(COMMAND, ["campaign", *words], shell.env | {"COLUMNS": "100", "TERM": "dumb"})
    seen, quiet = b"", 0
    while quiet < HANGS:
        is_quiet = not select.select([terminal], [], [], 1)[0]
        if is_quiet:
            quiet += 1
        elif piece := _read(terminal):
            seen, quiet = seen + piece, 0
        else:
            break
        # Again after a second: a key that comes before the program listens is lost.
        if seen.endswith(QUESTION) or (is_quiet and QUESTION in seen):
            os.write(terminal, answer)
    else:
        os.kill(child, signal.SIGKILL)
        pytest.fail(f"nothing was said for {HANGS} s after: {seen!r}")
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, seen.decode("utf-8", "replace").replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says EIO where the other end is closed
        return b""


def in_a_pipe(shell: Shell, words: Sequence[str], **given: Any) -> CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *words],
        cwd=shell.folder,
        env=shell.env,
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
        **given,
    )


ASKED = {
    "approve": (["approve", "--as", "ann"], "Approve these 2 posts as ann?", "approved"),
    "schedule": (["schedule", "--as", "ann"], "Put this change into the queue?", "scheduled"),
}
NO = {"n": b"n\n", "Enter": b"\n", "Ctrl-C": b"\x03", "Ctrl-D": b"\x04"}


@pytest.mark.parametrize("verb", ASKED)
def test_no_at_a_terminal(office: Shell, verb: str) -> None:
    words, question, done = ASKED[verb]
    before = (office.folder / "campaign.db").read_bytes()
    for key, answer in NO.items():
        code, seen = at_a_terminal(office, answer, *words)
        assert code == 1, (key, seen)
        assert question in seen
        assert seen.rstrip().splitlines()[-1] == f"Nothing was {done}."
        assert (office.folder / "campaign.db").read_bytes() == before


@pytest.mark.parametrize("verb", ASKED)
def test_yes_at_a_terminal(office: Shell, verb: str) -> None:
    words, question, done = ASKED[verb]
    code, seen = at_a_terminal(office, b"y\n", *words)
    assert code == 0, seen
    assert question in seen
    assert f"{done.capitalize()}" in seen
    assert "\nNext: " in seen


@pytest.mark.parametrize("verb", ASKED)
def test_a_pipe_that_nobody_writes_into_is_not_waited_for(office: Shell, verb: str) -> None:
    words, question, done = ASKED[verb]
    before = (office.folder / "campaign.db").read_bytes()
    reading, writing = os.pipe()
    try:
        process = in_a_pipe(office, words, stdin=reading)
    finally:
        os.close(reading)
        os.close(writing)
    assert process.returncode == 2
    assert f"Nobody is here to be asked, so nothing was {done}." in process.stderr
    assert question not in process.stdout
    assert (office.folder / "campaign.db").read_bytes() == before


def test_a_yes_in_a_pipe_is_no_persons(office: Shell) -> None:
    """`yes | campaign approve` approves nothing: nobody has read the words."""
    for words in (["approve", "--as", "ann"], ["schedule"]):
        assert in_a_pipe(office, words, input="y\n" * 10).returncode == 2
    assert "2 waiting for a person" in office.run("status")
    assert not (office.folder / "outbox").exists()
