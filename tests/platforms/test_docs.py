"""The example accounts of docs/campaign-file.md: one for each network, and the secrets it needs."""

import re
from pathlib import Path

from ruamel.yaml import YAML

from campaign.domain.campaign import Account
from campaign.domain.reference import default_reference
from campaign.platforms.registry import adapter_names, load_adapter
from campaign.platforms.webhook import FORMS

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "campaign-file.md").read_text("utf-8")
SECTION = DOCS.partition("## Accounts, network by network")[2].partition("\n## ")[0]
COMMON = {"platform", "handle"}


def accounts() -> list[Account]:
    (block,) = re.findall(r"^```yaml\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL)
    found = YAML(typ="base").load(block)["accounts"]
    return [
        Account(
            name=name,
            platform=keys["platform"],
            handle=keys["handle"],
            language="en",
            settings={key: str(value) for key, value in keys.items() if key not in COMMON},
        )
        for name, keys in found.items()
    ]


def test_every_network_and_preset_has_an_example_with_keys_that_it_knows() -> None:
    assert {account.platform for account in accounts()} == set(adapter_names())
    presets = {a.settings.get("preset", "") for a in accounts() if a.platform == "webhook"}
    assert presets == set(FORMS)
    for account in accounts():
        assert set(account.settings) <= set(load_adapter(account.platform).options), account.name


def test_the_secrets_of_the_examples_are_all_that_they_need() -> None:
    needed = {
        default_reference(account.name, secret).removeprefix("env:")
        for account in accounts()
        for secret in load_adapter(account.platform).needed(account.settings)
    }
    assert set(re.findall(r"^(CAMPAIGN_\w+)=", SECTION, re.MULTILINE)) == needed
