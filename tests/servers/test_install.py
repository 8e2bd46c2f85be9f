"""The wheel, installed as a person would: by pip, with what it depends on from the index."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def call(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_pip_install_gives_a_campaign_that_works(tmp_path: Path) -> None:
    build: list[str | Path] = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    call(*build, "--outdir", tmp_path, ROOT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    versions = re.findall(
        r"^[\w.-]+==[^\\\n]+", (ROOT / "constraints.txt").read_text(), re.MULTILINE
    )
    (tmp_path / "versions.txt").write_text("\n".join(versions))
    call(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    there = tmp_path / "venv" / "bin"
    pip: list[str | Path] = [
        there / "python",
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
    ]
    call(*pip, "-c", tmp_path / "versions.txt", wheel, cwd=tmp_path)
    assert call(there / "campaign", "--version", cwd=tmp_path).startswith("campaign ")
    assert "rehearse" in call(there / "campaign", "--help", cwd=tmp_path)
    shown = call(there / "campaign", "platforms", cwd=tmp_path)
    assert [name for name in ("bluesky", "mastodon", "webhook", "x") if name not in shown] == []
    call(there / "python", "-m", "pip", "check", cwd=tmp_path)
