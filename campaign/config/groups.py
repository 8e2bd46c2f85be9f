"""Names for several accounts: `groups:`, for `on` and `except` in the calendar."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from campaign.config.accounts import NAME_LETTERS
from campaign.config.calendar_line import MESSAGES
from campaign.config.calendar_modifiers import MODIFIERS
from campaign.config.model import CampaignKeys
from campaign.config.problems import did_you_mean, listed, quoted
from campaign.config.report import Report

Groups = Mapping[str, tuple[str, ...]]


def read_groups(
    report: Report, keys: CampaignKeys, accounts: Collection[str], platforms: Collection[str]
) -> Groups:
    """The members of each group. `accounts` are the names that may be members."""
    return {
        name: tuple(_members(report, name, members, accounts))
        for name, members in (keys.groups or {}).items()
        if members is not None and _is_free(report, name, accounts, platforms)
    }


def members_of(names: Sequence[str], groups: Groups) -> tuple[str, ...]:
    """The accounts and platforms that a calendar line names, those of its groups among them."""
    found = (one for name in names for one in groups.get(name, (name,)))
    return tuple(dict.fromkeys(found))


def _is_free(
    report: Report, name: str, accounts: Collection[str], platforms: Collection[str]
) -> bool:
    path = ("groups", name)
    if name in accounts or name in platforms:
        what = f"{quoted(name)} is an account's or a platform's name already."
        report.key(path, what, "Give the group another name.")
    elif name in (*MESSAGES, *MODIFIERS):
        what = f"{quoted(name)} means something else on the calendar already."
        report.key(path, what, "Give the group another name, such as regions.")
    elif not name or len(name) > 40 or not NAME_LETTERS.issuperset(name):
        what = f"{quoted(name)} cannot name a group."
        report.key(path, what, "Use letters, digits and hyphens, 40 at most.")
    else:
        return True
    return False


def _members(
    report: Report, name: str, members: Sequence[str | None], accounts: Collection[str]
) -> Iterator[str]:
    if not members:
        report.key(("groups", name), f"The group {name} is empty.", "Name its accounts.")
    for index, member in enumerate(members):
        if member is None:  # reported already
            continue
        if member in accounts:
            yield member
        else:
            what = f"{quoted(member)} is not an account here."
            mend = did_you_mean(member, accounts, f"There are {listed(sorted(accounts))}.")
            report.value(("groups", name, index), what, mend)
