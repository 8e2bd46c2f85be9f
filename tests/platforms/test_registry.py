"""Adapters by entry point: a real plug-in on the path, whole and broken."""

from pathlib import Path

import pytest

from campaign.config.model import AccountKeys
from campaign.errors import CampaignError
from campaign.platforms.outbox import Outbox
from campaign.platforms.registry import adapter_names, load_adapter, plugin_names

BROKEN = {
    "plug_missing": ("import no_such_library", "does not load: No module named 'no_such_library'"),
    "plug_raises": ("raise RuntimeError('token canary-7f3a')", "does not load: RuntimeError"),
    "plug_empty": ("", "does not load: AttributeError"),
    "plug_other": ("class Adapter: ...", "is not a Platform"),
    "plug_value": ("Adapter = 3", "is not a Platform"),
    "plug_newer": (
        "from campaign.platforms.outbox import Outbox\nclass Adapter(Outbox): API = 2",
        "its API is 2, ours 1",
    ),
}


@pytest.fixture
def plug_ins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the broken ones, installed as pip would leave it."""
    for name, (source, _) in BROKEN.items():
        (tmp_path / f"{name}.py").write_text(source)
        own = "outbox = plug_value:Adapter\n" if name == "plug_value" else ""
        info = tmp_path / f"{name}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(
            f"[campaign.platforms]\n{own}{name} = {name}:Adapter\n"
        )
    monkeypatch.syspath_prepend(str(tmp_path))


@pytest.mark.usefixtures("plug_ins")
@pytest.mark.parametrize("name", BROKEN)
def test_broken_plug_in_disables_only_itself(name: str) -> None:
    assert "outbox" in adapter_names()
    assert name in plugin_names()
    with pytest.raises(CampaignError, match=BROKEN[name][1]) as caught:
        load_adapter(name, allowed=True)
    assert "canary" not in str(caught.value)
    assert load_adapter("outbox") is Outbox


@pytest.mark.usefixtures("plug_ins")
def test_plug_in_that_nobody_allowed_is_not_even_imported() -> None:
    with pytest.raises(
        CampaignError, match=r"plug_raises and would be given your secrets. .*plugins:"
    ):
        load_adapter("plug_raises")


@pytest.mark.usefixtures("plug_ins")
def test_plug_in_cannot_take_the_name_of_ours() -> None:
    assert load_adapter("outbox", allowed=True) is Outbox
    assert "outbox" not in plugin_names()


@pytest.mark.usefixtures("plug_ins")
def test_plug_in_for_another_version_says_so() -> None:
    with pytest.raises(CampaignError, match="made for another version of campaign"):
        load_adapter("plug_newer", allowed=True)


def test_unknown_platform_names_those_there_are() -> None:
    with pytest.raises(CampaignError, match=r'publish to "pigeon" yet. There are: .*outbox'):
        load_adapter("pigeon")


@pytest.mark.parametrize("name", adapter_names())
def test_keys_of_an_adapter_are_not_those_of_every_account(name: str) -> None:
    """The account's own key would win, and the adapter would never see its."""
    adapter = load_adapter(name)
    shared = set(AccountKeys.model_fields) - {"folder"}  # the outbox's, from the start
    assert not shared & {*adapter.options, *adapter.needs}
