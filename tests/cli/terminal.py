"""A real process on a real terminal of so many columns."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path


def on_a_terminal(folder: Path, *words: str, columns: int) -> tuple[int, str]:
    """The exit code, and all that stands on the screen."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    unset = {"COLUMNS", "NO_COLOR", "CAMPAIGN_DATABASE_URL"}
    env = {name: value for name, value in os.environ.items() if name not in unset}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "campaign", *words],
            cwd=folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=env | {"TERM": "xterm-256color"},
            timeout=60,
            check=False,
        )
    finally:
        os.close(theirs)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    return done.returncode, seen.replace("\r\n", "\n")
