"""What a running command holds: the store, the clock, and the platforms of its accounts."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from campaign.clock import Clock
from campaign.domain.campaign import Account
from campaign.platforms.base import Platform
from campaign.platforms.registry import load_adapter
from campaign.store.engine import Store, open_store
from campaign.store.place import Place, folder_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """`adapter_of` maps a platform's name to its adapter; a rehearsal answers the outbox to all."""

    store: Store
    clock: Clock
    folder: Path
    adapter_of: Callable[[str], type[Platform]] = load_adapter

    def platform(self, account: Account) -> Platform:
        """An adapter with the account's present settings, for one thread.

        Raises CampaignError where there is none.
        """
        adapter = self.adapter_of(account.platform)
        return adapter(account, clock=self.clock, folder=self.folder)


def open_runtime(
    database: Place,
    clock: Clock,
    *,
    create: bool = True,
    adapter_of: Callable[[str], type[Platform]] = load_adapter,
) -> Runtime:
    """Raises StoreError when the database cannot be used."""
    store = open_store(database, clock, create=create)
    folder = folder_of(database)
    return Runtime(store=store, clock=store.clock, folder=folder, adapter_of=adapter_of)
