"""An adapter from outside: built, installed, kept out until it is allowed, and whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "campaign-platform-noticeboard"
STATEMENT = ROOT / "messages" / "international-migrants-day" / "statement.en.md"
CAMPAIGN = """\
id: test-1
date: 2090-12-18
timezone: UTC
statement: statement.en.md
links: {{Missing Migrants Project: omit, concrete and actionable pledges: omit}}
accounts:
  board: {{platform: noticeboard, handle: un-network, server: https://board.example{more}}}
calendar:
  - D 10:00 headline
{plugins}
"""


def call(*command: str | Path, cwd: Path, path: Path | None = None, code: int = 0) -> str:
    """What a command says. The example is found where `path` leads, and nowhere else."""
    places = [str(place) for place in (path, ROOT) if place]
    here = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*places, *filter(None, here)])}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dist, site = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
    call(*build, dist, EXAMPLE, cwd=dist)
    (wheel,) = dist.glob("campaign_platform_noticeboard-1.0-*.whl")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    call(*pip, "--no-deps", "--no-index", "--target", site, wheel, cwd=dist)
    return site


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "statement.en.md").write_bytes(STATEMENT.read_bytes())
    return tmp_path


def write(desk: Path, *, plugins: str = "plugins: [noticeboard]", more: str = "") -> None:
    (desk / "campaign.yaml").write_text(CAMPAIGN.format(plugins=plugins, more=more))


def test_example_keeps_the_contract(installed: Path, tmp_path: Path) -> None:
    pytest_ = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    said = call(*pytest_, EXAMPLE / "test_noticeboard.py", cwd=tmp_path, path=installed)
    assert " passed" in said


def test_platforms_names_it_and_does_not_load_it(installed: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "campaign", "platforms", "--json"]
    found = json.loads(call(*command, cwd=tmp_path, path=installed))
    (board,) = [one for one in found if one["name"] == "noticeboard"]
    assert (board["outside"], board["publishes"]) == (True, False)


def test_campaign_file_has_to_allow_it(installed: Path, desk: Path) -> None:
    command = [sys.executable, "-m", "campaign", "schedule", "--yes"]
    write(desk, plugins="")
    assert '"noticeboard" is not a platform' in call(*command, cwd=desk, path=installed, code=1)
    write(desk)
    assert "no adapter" in call(*command, cwd=desk, code=1)
    said = call(*command, cwd=desk, path=installed)
    assert "Next: campaign" in said
    preview = call(sys.executable, "-m", "campaign", "preview", cwd=desk, path=installed)
    assert " of 1000\n" in preview


def test_its_keys_and_secrets_are_checked(installed: Path, desk: Path) -> None:
    command = [sys.executable, "-m", "campaign", "plan"]
    write(desk, more=", serevr: x, token: my-own-token")
    said = call(*command, cwd=desk, path=installed, code=1)
    assert "Did you mean server?" in said
    assert "token: env:CAMPAIGN_BOARD_TOKEN" in said
    assert "my-own-token" not in said.replace("token: my-own-token", "")


def test_daemon_without_it_blocks_only_its_account(installed: Path, desk: Path) -> None:
    write(desk)
    call(sys.executable, "-m", "campaign", "schedule", "--yes", cwd=desk, path=installed)
    command = [sys.executable, "-m", "campaign", "accounts", "verify"]
    assert "Nothing here can publish" in call(*command, cwd=desk, code=1)
    assert "CAMPAIGN_BOARD_TOKEN" in call(*command, cwd=desk, path=installed, code=1)
