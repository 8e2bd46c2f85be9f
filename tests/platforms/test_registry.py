"""Adapters by entry point: a real plug-in on the path, whole and broken."""

from pathlib import Path

import pytest

from campaign.errors import CampaignError
from campaign.platforms.outbox import Outbox
from campaign.platforms.registry import adapter_names, load_adapter

BROKEN = {
    "plug_missing": ("import no_such_library", "does not load: No module named 'no_such_library'"),
    "plug_raises": ("raise RuntimeError('token canary-7f3a')", "does not load: RuntimeError"),
    "plug_empty": ("", "does not load: AttributeError"),
    "plug_other": ("class Adapter: ...", "is not a Platform"),
    "plug_value": ("Adapter = 3", "is not a Platform"),
}


@pytest.fixture
def plug_ins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the broken ones, installed as pip would leave it."""
    for name, (source, _) in BROKEN.items():
        (tmp_path / f"{name}.py").write_text(source)
        info = tmp_path / f"{name}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[campaign.platforms]\n{name} = {name}:Adapter\n")
    monkeypatch.syspath_prepend(str(tmp_path))


@pytest.mark.usefixtures("plug_ins")
@pytest.mark.parametrize("name", BROKEN)
def test_broken_plug_in_disables_only_itself(name: str) -> None:
    assert {"outbox", name} <= set(adapter_names())
    with pytest.raises(CampaignError, match=BROKEN[name][1]) as caught:
        load_adapter(name)
    assert "canary" not in str(caught.value)
    assert load_adapter("outbox") is Outbox


def test_unknown_platform_names_those_there_are() -> None:
    with pytest.raises(CampaignError, match=r'publish to "pigeon" yet. There are: .*outbox'):
        load_adapter("pigeon")
