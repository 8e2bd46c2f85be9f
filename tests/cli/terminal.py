"""A real process on a real terminal (a pseudo-terminal: POSIX has them)."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path


def at_terminal(folder: Path, columns: int, *words: str) -> tuple[int, str]:
    """Run `campaign WORDS` on a terminal so wide; its exit code, and all that it showed."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "NO_COLOR"}}
    done = subprocess.run(
        [sys.executable, "-m", "campaign", *words],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=kept | {"TERM": "xterm-256color"},
        timeout=60,
        check=False,
    )
    os.close(theirs)
    seen = os.read(ours, 65536).decode().replace("\r\n", "\n")
    os.close(ours)
    return done.returncode, seen
