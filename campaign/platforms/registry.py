"""Which adapters there are. Found by entry point, loaded when an account needs one.

An adapter from another distribution runs with our secrets, so it is loaded only for accounts of a
campaign file that names it under `plugins`. `schedule` writes that into the account's settings,
because the daemon reads no campaign file.
"""

import sys
from functools import cache
from importlib.metadata import Distribution, EntryPoint, entry_points

from campaign.domain.campaign import Account
from campaign.errors import CampaignError
from campaign.platforms.base import Platform

GROUP = "campaign.platforms"
OURS = "campaign"
PLUGIN = "plugin"  # in an account's settings: the campaign file allows the adapter from outside


def adapter_names() -> list[str]:
    """The platforms that can publish here without a plug-in. Nothing is imported."""
    return sorted(entry.name for entry in _entries() if _is_ours(entry))


def plugin_names() -> list[str]:
    """The platforms that adapters from other distributions offer. Nothing is imported."""
    return sorted({entry.name for entry in _entries()} - set(adapter_names()))


def adapter_for(account: Account) -> type[Platform]:
    """The adapter of an account's platform; see `load_adapter`."""
    return load_adapter(account.platform, allowed=PLUGIN in account.settings)


def load_adapter(name: str, *, allowed: bool = False) -> type[Platform]:
    """Raises CampaignError when there is none, or it does not load: only its own accounts stop.

    `allowed`: an adapter of another distribution may be loaded. Ours win over one of their name.
    """
    entry = _entry(name)
    if entry is None:
        raise CampaignError(
            f'Nothing here can publish to "{name}" yet. There are: {", ".join(adapter_names())}.'
        )
    if not allowed and not _is_ours(entry):
        raise CampaignError(
            f'The adapter "{name}" comes from {_from(entry)} and would be given your secrets. If'
            f" you trust it, write  plugins: [{name}]  into the campaign file."
        )
    try:
        adapter = entry.load()
    except Exception as error:  # its text could hold a secret; an import's tells what is missing
        told = error if isinstance(error, ImportError) else type(error).__name__
        raise CampaignError(f'The adapter "{name}" does not load: {told}') from error
    if not (isinstance(adapter, type) and issubclass(adapter, Platform)):
        raise CampaignError(f'The adapter "{name}" ({entry.value}) is not a Platform.')
    if adapter.API != Platform.API:
        raise CampaignError(
            f'The adapter "{name}" is made for another version of campaign (its API is'
            f" {adapter.API}, ours {Platform.API}). Install the {_from(entry)} that fits."
        )
    return adapter


def _entries() -> tuple[EntryPoint, ...]:
    return _read_entries(tuple(sys.path))


@cache
def _read_entries(_path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """Read once for each search path: it opens a file for every distribution there is."""
    return tuple(entry_points(group=GROUP))


def _entry(name: str) -> EntryPoint | None:
    found = [entry for entry in _entries() if entry.name == name]
    return min(found, key=lambda entry: not _is_ours(entry), default=None)


def _is_ours(entry: EntryPoint) -> bool:
    return entry.dist is not None and _name(entry.dist) == OURS


@cache
def _name(distribution: Distribution) -> str:
    """Read once: it parses all metadata. Not kept by entry: two distributions' can be equal."""
    return distribution.name


def _from(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else entry.value
