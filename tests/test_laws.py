"""The laws of the house that no other tool watches."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.store.engine import open_store
from tests.factories import clock_at

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "campaign").rglob("*.py"))
REGISTRY = re.compile(
    r"(?:https?://|@)[\w.-]*(?:pypi|pythonhosted|artifactory|nexus|devpi)", re.IGNORECASE
)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_import_contracts_hold() -> None:
    command: list[str | Path] = [Path(sys.executable).with_name("lint-imports"), "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_is_short_and_says_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    assert len(text.splitlines()) <= 300
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in functions(tree)
        if node.end_lineno and node.end_lineno - node.lineno >= 45
    ]
    assert not long


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_no_file_names_a_registry_or_this_checkout() -> None:
    files = tracked_files()
    if not files:
        missing = pytest.fail if os.environ.get("CAMPAIGN_CI") == "1" else pytest.skip
        missing("not a git checkout")
    found = []
    for path in files:
        text = path.read_bytes().decode("utf-8", "replace")
        if REGISTRY.search(text) or f"{ROOT}/" in text:
            found.append(str(path.relative_to(ROOT)))
    assert not found


@pytest.mark.parametrize(
    "name", ["constraints.txt", "constraints-dev.txt", "constraints-postgres.txt"]
)
def test_constraints_name_no_address(name: str) -> None:
    assert "://" not in (ROOT / name).read_text("utf-8")


STORE = {"sqlalchemy", "alembic"}
CONTENT = {"pydantic", "jinja2", "ruamel", "markdown_it"}
SENDING = {"apscheduler", "requests", "urllib3", "tweepy", "psycopg", "lemminflect"}


@pytest.mark.parametrize(
    ("command", "slow"),
    [
        ("--help", STORE | CONTENT | SENDING),
        ("check", STORE | SENDING),
        ("plan", STORE | SENDING),
        ("status", CONTENT | SENDING | {"alembic"}),
    ],
)
def test_a_command_imports_nothing_slow_that_it_does_not_need(
    tmp_path: Path, command: str, slow: set[str]
) -> None:
    for path in (ROOT / "messages" / "international-migrants-day").glob("*.*"):
        shutil.copy(path, tmp_path)
    if command == "status":
        open_store(tmp_path / "campaign.db", clock_at()).close()
    code = (
        "import sys\n"
        f"sys.argv = ['campaign', '{command}']\n"
        "from campaign.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end\n"
        f"print('slow:', sorted({slow} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("slow: []\n")
