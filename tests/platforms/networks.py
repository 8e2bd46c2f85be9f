"""The real adapters, each with the network that its contract is proved on: for tests of them all."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from campaign.domain.campaign import Account
from campaign.domain.reference import default_reference
from campaign.testing.stand import Stand
from tests.platforms import test_bluesky, test_mastodon, test_webhook, test_x

# Whoever adds an adapter, or a way in which one behaves otherwise, adds a row.
NETWORKS: Mapping[str, type[Stand]] = MappingProxyType(
    {
        "x": test_x.TestContract,
        "mastodon": test_mastodon.TestContract,
        "fork": test_mastodon.TestForkThatIgnoresKeys,
        "bluesky": test_bluesky.TestContract,
        "webhook": test_webhook.TestJsonAsk,
        "webhook-keys": test_webhook.TestJsonReplay,
        "slack": test_webhook.TestSlack,
        "discord": test_webhook.TestDiscord,
        "teams": test_webhook.TestTeams,
        "wordpress": test_webhook.TestWordPress,
    }
)


def keep_secrets(folder: Path, account: Account, secrets: Mapping[str, str]) -> None:
    """Where the daemon looks for them: in .env beside the database, for its owner alone."""
    names = {name: default_reference(account.name, name) for name in secrets}
    lines = [f"{names[name].removeprefix('env:')}={value}\n" for name, value in secrets.items()]
    path = folder / ".env"
    path.touch(mode=0o600)
    path.write_text(path.read_text() + "".join(lines))
