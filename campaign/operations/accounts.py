"""`accounts verify`: ask each network whose account our key opens. A good answer lifts a block."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from campaign.domain.campaign import Account
from campaign.errors import CampaignError, UsageError
from campaign.platforms.base import AccountBlocked, PlatformError, Verified
from campaign.runtime import Runtime
from campaign.store import control, posts, queue


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of one account. `problem`: why it cannot post, or could not be asked."""

    account: Account
    verified: Verified | None = None
    problem: str | None = None
    is_blocked: bool = False
    unblocked: bool = False

    @property
    def is_good(self) -> bool:
        """The network has answered, and it is this account."""
        return self.verified is not None and bool(self.verified.handle or self.verified.remote_id)


def verify(runtime: Runtime, names: Collection[str], person: str) -> list[Checked]:
    """Ask for the accounts of these names, or for all of them, and write down what was found.

    Raises UsageError for a name that this database does not know.
    """
    with runtime.store.read() as connection:
        known = posts.accounts(connection)
    if unknown := sorted(set(names) - {account.name for account in known}):
        there = ", ".join(account.name for account in known) or "none yet"
        raise UsageError(f'No account here is called "{unknown[0]}". There are: {there}.')
    chosen = [account for account in known if not names or account.name in names]
    return [_write(runtime, _ask(runtime, account), person) for account in chosen]


def unready(runtime: Runtime, accounts: Iterable[Account]) -> Iterator[str]:
    """What will keep them from sending, such as a missing secret. No network is asked."""
    for account in accounts:
        try:
            runtime.platform(account)
        except CampaignError as error:
            yield str(error)
        except Exception as error:  # noqa: BLE001  (a plug-in's error could hold a secret)
            yield f"The adapter of {account.name} ended in {type(error).__name__}."


def _ask(runtime: Runtime, account: Account) -> Checked:
    """Outside of any transaction: a network may take its time."""
    try:
        return Checked(account=account, verified=runtime.platform(account).verify())
    except AccountBlocked as error:
        return Checked(account=account, problem=str(error), is_blocked=True)
    except (PlatformError, CampaignError) as error:
        return Checked(account=account, problem=str(error))
    except Exception as error:  # noqa: BLE001  (a plug-in's error could hold a secret)
        return Checked(account=account, problem=f"Its adapter ended in {type(error).__name__}.")


def _write(runtime: Runtime, checked: Checked, person: str) -> Checked:
    name, scope = checked.account.name, f"account:{checked.account.name}"
    unblocked = False
    with runtime.store.write(person) as tx:
        if checked.is_blocked:
            queue.block_account(tx, name, checked.problem or "")
            tx.record("blocked", scope, reason=checked.problem)
        elif checked.is_good and checked.verified is not None:
            unblocked = control.unblock(tx, name)
            told = checked.verified
            tx.record(
                "verified", scope, person=person, handle=told.handle, remote_id=told.remote_id,
                unblocked=unblocked,
            )  # fmt: skip
    return Checked(
        account=checked.account,
        verified=checked.verified,
        problem=checked.problem,
        is_blocked=checked.is_blocked,
        unblocked=unblocked,
    )
