"""`platforms`: the networks that are known here, and what an adapter says of each."""

from dataclasses import dataclass, field
from pathlib import Path

from campaign.clock import SystemClock
from campaign.domain.campaign import Account
from campaign.domain.measure import Network
from campaign.errors import CampaignError
from campaign.platforms.base import Capabilities, Platform
from campaign.platforms.counting import NETWORKS
from campaign.platforms.registry import adapter_names, load_adapter, plugin_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One platform. `network` where its texts are counted here, `capabilities` where an adapter
    can publish to it, `problem` where that does not load. `outside`: from another distribution,
    not loaded unless a campaign file allows it.
    """

    name: str
    title: str
    network: Network | None = None
    capabilities: Capabilities | None = None
    keys: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    problem: str | None = None
    outside: bool = False


def platforms() -> list[Listed]:
    """Those that can be published to first, then those that are only counted and previewed."""
    ours, outside = adapter_names(), plugin_names()
    listed = [_ours(name) for name in ours]
    listed += [Listed(name=name, title=name, outside=True) for name in outside]
    counted = [network for name, network in NETWORKS.items() if name not in {*ours, *outside}]
    return listed + [
        Listed(name=network.name, title=network.title, network=network) for network in counted
    ]


def _ours(name: str) -> Listed:
    try:
        adapter = load_adapter(name)
        made = _unset(adapter)
        return Listed(
            name=name,
            title=adapter.title,
            network=made.network(),
            capabilities=made.capabilities(),
            keys=dict(adapter.options),
            secrets=dict(adapter.needs),
        )
    except CampaignError as error:
        return Listed(name=name, title=name, problem=str(error))


def _unset(adapter: type[Platform]) -> Platform:
    """As an account without settings has it."""
    nobody = Account(name=adapter.name, platform=adapter.name, handle="", language="en")
    return adapter(nobody, clock=SystemClock(), folder=Path())
