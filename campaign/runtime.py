"""What a running command holds: the store, the clock, the platforms of its accounts."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from campaign.clock import Clock
from campaign.domain.campaign import Account
from campaign.platforms.base import Platform
from campaign.platforms.registry import adapter_for
from campaign.secrets import resolve
from campaign.store.engine import Store, open_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """`adapter_of` finds an account's adapter; a rehearsal answers the outbox to all."""

    store: Store
    clock: Clock
    folder: Path
    adapter_of: Callable[[Account], type[Platform]] = adapter_for

    def platform(self, account: Account) -> Platform:
        """An adapter with the account's present settings and secrets, for one thread.

        Raises CampaignError where there is none, or a secret is missing.
        """
        adapter = self.adapter_of(account)
        needed = adapter.needed(account.settings)
        secrets = resolve(account.name, account.settings, needed, self.folder)
        return adapter(account, clock=self.clock, folder=self.folder, secrets=secrets)


def open_runtime(
    database: Path,
    clock: Clock,
    *,
    create: bool = True,
    adapter_of: Callable[[Account], type[Platform]] = adapter_for,
) -> Runtime:
    """Raises StoreError when the database cannot be used."""
    store = open_store(database, clock, create=create)
    folder = database.resolve().parent
    return Runtime(store=store, clock=clock, folder=folder, adapter_of=adapter_of)
