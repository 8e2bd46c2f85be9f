"""What the adapters say while a campaign is planned: limits, problems, prices. Asks nobody."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from campaign.clock import SystemClock
from campaign.domain.campaign import Account, AccountKeys
from campaign.domain.measure import Network
from campaign.domain.plan import Planned
from campaign.errors import CampaignError, Problem
from campaign.platforms.base import DuplicateSafety, Platform
from campaign.platforms.counting import NETWORKS
from campaign.platforms.registry import adapter_for, adapter_names, load_adapter
from campaign.preview.names import count

SHARED = AccountKeys()


def keys_of(platform: str, allowed: bool) -> AccountKeys:
    """The keys that accounts of a platform may have, as its adapter says; none without one."""
    if platform not in adapter_names() and not allowed:
        return SHARED
    adapter = load_adapter(platform, allowed=allowed)
    return AccountKeys(options=frozenset(adapter.options), secrets=frozenset(adapter.needs))


def all_keys() -> dict[str, str]:
    """The keys that accounts of our own networks may have, each with what it is for."""
    adapters = [load_adapter(name) for name in adapter_names()]
    return {
        key: text for one in adapters for key, text in (*one.options.items(), *one.needs.items())
    }


class Adapters:
    """The adapters of a campaign's accounts, each made once, without secrets."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Platform | None] = {}
        self._networks: dict[str, Network] = {}

    def of(self, account: Account) -> Platform | None:
        """None for a network that is only counted and previewed here."""
        if account.name not in self._made:
            self._made[account.name] = self._make(account)
        return self._made[account.name]

    def network(self, account: Account) -> Network:
        """What is counted by for an account; asked for every post, so it is made once."""
        if account.name not in self._networks:
            self._networks[account.name] = self._network(account)
        return self._networks[account.name]

    def _network(self, account: Account) -> Network:
        adapter = self.of(account)
        if adapter is not None and account.platform not in NETWORKS:
            return adapter.network()
        known = NETWORKS[account.platform]
        if adapter is None:
            return known
        theirs = adapter.network()
        return replace(known, measure=theirs.measure, threads=theirs.threads)

    def networks(self, accounts: Iterable[Account]) -> Mapping[str, Network]:
        """By platform: what screens need to know of each, those of plug-ins too."""
        theirs = {account.platform: self.network(account) for account in accounts}
        return {**theirs, **NETWORKS}

    def problems(self, planned: Sequence[Planned]) -> Iterator[Problem]:
        """What a network would refuse or drop, at the place in the source of the words."""
        for one in planned:
            adapter = self.of(one.post.account)
            place, name = one.message.place, f"{one.message.title} on {one.post.account.name}"
            for said in adapter.lint(one.post.bodies) if adapter is not None else ():
                yield place.problem(f"{name}: {said}")

    def prices(self, planned: Sequence[Planned]) -> Iterator[str]:
        """What posting will cost, an account a line."""
        sums: dict[tuple[str, str], tuple[Decimal, int]] = {}
        for one in planned:
            adapter = self.of(one.post.account)
            price = adapter.estimate(one.post.bodies) if adapter is not None else None
            if price is not None:
                key = (one.post.account.name, price.currency)
                amount, number = sums.get(key, (Decimal(0), 0))
                sums[key] = (amount + price.amount, number + 1)
        for (name, currency), (amount, number) in sums.items():
            posts = count(number, "post")
            yield f"{name} will charge about {amount:.2f} {currency} for {posts}."

    def asking(self, accounts: Iterable[Account]) -> frozenset[str]:
        """The accounts that nobody but a person can look at: in doubt, one is asked."""
        made = ((account.name, self.of(account)) for account in accounts)
        ask = DuplicateSafety.ASK
        return frozenset(
            name for name, one in made if one and one.capabilities().duplicate_safety is ask
        )

    def _make(self, account: Account) -> Platform | None:
        try:
            adapter = adapter_for(account)
        except CampaignError:
            if account.platform in NETWORKS:
                return None  # previewed all the same; `schedule` says that it cannot publish
            raise
        return adapter(account, clock=SystemClock(), folder=self._folder)
