"""Which adapters there are. Found by entry point, loaded when an account needs one."""

from importlib.metadata import EntryPoint, entry_points

from campaign.errors import CampaignError
from campaign.platforms.base import Platform

GROUP = "campaign.platforms"


def adapter_names() -> list[str]:
    """The platforms that can publish here. Nothing is imported."""
    return sorted(entry.name for entry in entry_points(group=GROUP))


def load_adapter(name: str) -> type[Platform]:
    """Raises CampaignError when there is none, or it does not load: only its own accounts stop."""
    entry = _entry(name)
    if entry is None:
        raise CampaignError(
            f'Nothing here can publish to "{name}" yet. There are: {", ".join(adapter_names())}.'
        )
    try:
        adapter = entry.load()
    except Exception as error:  # its text could hold a secret; an import's tells what is missing
        told = error if isinstance(error, ImportError) else type(error).__name__
        raise CampaignError(f'The adapter "{name}" does not load: {told}') from error
    if not (isinstance(adapter, type) and issubclass(adapter, Platform)):
        raise CampaignError(f'The adapter "{name}" ({entry.value}) is not a Platform.')
    return adapter


def _entry(name: str) -> EntryPoint | None:
    return next((entry for entry in entry_points(group=GROUP) if entry.name == name), None)
