"""The wheel holds all it needs, and works far from the checkout."""

import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
ADAPTERS = ("bluesky", "mastodon", "outbox", "webhook", "x")


def call(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    call(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


def test_wheel_holds_the_shipped_folders(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for path in [*(ROOT / "messages").rglob("*.*"), *(ROOT / "migrations").rglob("*.py")]:
        assert f"campaign/_shipped/{path.relative_to(ROOT)}" in names
    assert "campaign/reading/observances.json" in names
    for path in (ROOT / "campaign").rglob(
        "*.py"
    ):  # campaign.testing too: adapters' authors need it
        assert str(path.relative_to(ROOT)) in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests")]


def test_sdist_can_build_the_wheel(built: Path, tmp_path: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        tmp_path,
    ]
    call(*command, source, cwd=tmp_path)
    (again,) = tmp_path.glob("*.whl")
    (wheel,) = built.glob("*.whl")
    names = [sorted(zipfile.ZipFile(path).namelist()) for path in (again, wheel)]
    assert names[0] == names[1]


def test_installed_far_away_it_plays_the_example(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    venv, desk = tmp_path / "venv", tmp_path / "desk"
    desk.mkdir()
    call(sys.executable, "-m", "venv", "--without-pip", venv, cwd=desk)
    python = venv / "bin" / "python"
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "--disable-pip-version-check",
    ]
    call(*pip, "install", "-q", "--no-deps", "--no-index", wheel, cwd=desk)
    # What it depends on comes from here: no registry is asked.
    (site,) = venv.glob("lib/python*/site-packages")
    (site / "here.pth").write_text(sysconfig.get_path("purelib"))
    command = venv / "bin" / "campaign"
    assert call(command, "--version", cwd=desk).startswith("campaign")
    assert "rehearse" in call(command, "--help", cwd=desk)
    shown = call(command, "platforms", cwd=desk)
    assert [name for name in ADAPTERS if name not in shown] == []
    call(python, "-c", "import campaign.testing", cwd=desk)
    call(command, "init", "demo", "--example", cwd=desk)
    said = call(command, "rehearse", "demo/campaign.yaml", cwd=desk)
    assert "48 posts in 58 parts went into the outbox." in said
    where = call(python, "-c", "import campaign; print(campaign.__file__)", cwd=desk)
    assert where.startswith(str(venv))
