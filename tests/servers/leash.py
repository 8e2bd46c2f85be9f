"""Runs a command for as long as somebody holds our standard input open.

A test run that is killed cannot stop what it started. The pipe to us ends with it, whatever its
end was, and then the command is ended, by its own process id.
"""

import os
import subprocess
import sys
import threading

GRACE = 5  # seconds between asking and ending


def main(command: list[str]) -> None:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=_follow, args=(process,), daemon=True).start()
    sys.stdin.buffer.read()
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()


def _follow(process: "subprocess.Popen[bytes]") -> None:
    """A command that ended by itself leaves nothing to hold."""
    os._exit(process.wait())


if __name__ == "__main__":
    main(sys.argv[1:])
