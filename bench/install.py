"""The peers' own interpreter and node folder under build/bench, pinned; never part of the product.

A peer that cannot be installed is named and left out.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

HOME = Path("build/bench")
PYTHON = HOME / "python/bin/python"
NODE_MODULES = HOME / "node/node_modules"
PYTHON_PEERS = {
    "huey": ["huey==3.5.4"],
    "apscheduler": ["apscheduler==3.11.3", "sqlalchemy==2.1.9"],
    "procrastinate": ["procrastinate==3.10.0", "psycopg[binary]==3.3.9"],
    "pgqueuer": ["pgqueuer[asyncpg]==1.6.0", "asyncpg==0.32.0", "uvloop==0.23.0"],
    "toot": ["toot==0.52.1"],
}
NODE_PEERS = {"graphile-worker": ["graphile-worker@0.17.3"]}


def install() -> set[str]:
    """Install what is missing; returns the peers that are here, and says which are not."""
    HOME.mkdir(parents=True, exist_ok=True)
    if not PYTHON.exists():
        _run(sys.executable, "-m", "venv", HOME / "python")
    here = {name for name, packages in PYTHON_PEERS.items() if _python(name, packages)}
    return here | {name for name, packages in NODE_PEERS.items() if _node(name, packages)}


def _python(name: str, packages: list[str]) -> bool:
    return _once(
        name,
        packages,
        lambda: _run(PYTHON, "-m", "pip", "install", "--disable-pip-version-check", *packages),
    )


def _node(name: str, packages: list[str]) -> bool:
    npm = shutil.which("npm")
    if npm is None:
        print(f"{name} is left out: node and npm are not installed.")
        return False
    folder = HOME / "node"
    folder.mkdir(exist_ok=True)
    command: list[str | Path] = [npm, "install", "--no-fund", "--no-audit", "--prefix", folder]
    return _once(name, packages, lambda: _run(*command, *packages))


def _once(name: str, packages: list[str], run: Callable[[], str]) -> bool:
    stamp = HOME / f"{name}.installed"
    if stamp.exists() and stamp.read_text().split() == packages:
        return True
    print(f"Installing {name} for comparison ...", flush=True)
    trouble = run()
    if trouble:
        print(f"{name} is left out: it could not be installed ({trouble}).")
        return False
    stamp.write_text("\n".join(packages))
    return True


def _run(*command: str | Path) -> str:
    """Returns the last line of what went wrong, empty where nothing did."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = done.stderr.strip().splitlines()
    return "" if not done.returncode else (lines[-1] if lines else f"exit {done.returncode}")
