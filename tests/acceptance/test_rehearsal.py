"""What `make demo` plays: the shipped campaign, as files."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import SHIPPED, Shell

pytestmark = pytest.mark.slow


def outbox(folder: Path) -> dict[str, Any]:
    """Each file's content, without the one thing a clock decides."""
    files = {path.name: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    for content in files.values():
        content.pop("published_at")
    return files


def test_rehearsal_makes_the_same_files_anew(shell: Shell) -> None:
    file, out = SHIPPED / "campaign.yaml", shell.folder / "demo"
    said = shell.run("rehearse", file, "--out", out)
    assert "48 posts in 58 parts went into the outbox." in said
    names = {path.name for path in out.iterdir() if not path.name.startswith(".")}
    assert names == {"outbox", "preview.html", "timeline.html", "audit.csv", "campaign.db"}
    first = outbox(out / "outbox")
    assert len(first) == 58
    assert "48 published" in shell.run("audit", "--database", out / "campaign.db")
    assert "chain intact" in shell.run("audit", "verify", "--database", out / "campaign.db")

    (out / "outbox" / "left-over.json").write_text("{}")
    shell.run("rehearse", file, "--out", out)
    again = outbox(out / "outbox")
    # the idempotency keys hold the database's own id
    assert {name: content | {"key": ""} for name, content in again.items()} == {
        name: content | {"key": ""} for name, content in first.items()
    }
    assert not (Path(file).parent / "campaign.db").exists()


def test_a_folder_with_other_files_is_left_alone(shell: Shell) -> None:
    mine = shell.folder / "mine.txt"
    mine.write_text("mine")
    said = shell.run("rehearse", SHIPPED / "campaign.yaml", "--out", ".", code=1)
    assert "holds files that no rehearsal made" in said
    assert [path.name for path in shell.folder.iterdir()] == ["mine.txt"]
