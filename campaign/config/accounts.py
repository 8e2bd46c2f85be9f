"""The accounts of a campaign: one identity each, on a platform that is known."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from campaign.config.model import AccountKeys, CampaignKeys
from campaign.config.problems import did_you_mean, listed, quoted
from campaign.config.report import Report
from campaign.config.statement_file import LANGUAGE
from campaign.config.times import read_duration
from campaign.domain.campaign import Account
from campaign.domain.pace import read_limit

STAGGER = timedelta(minutes=5)
NAME_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def read_accounts(
    report: Report, keys: CampaignKeys, platforms: Collection[str], languages: Sequence[str]
) -> tuple[Account, ...]:
    """The accounts without a problem; the others are reported."""
    if keys.accounts is None:
        if not report.has("accounts"):
            what = "accounts are missing; a campaign needs at least one."
            report.missing(what, "Add  accounts: {x: {handle: your-name}}")
        return ()
    if not keys.accounts:
        what = "accounts is empty; a campaign needs at least one."
        report.value(("accounts",), what, "Write  accounts: {x: {handle: your-name}}")
    accounts: dict[str, Account] = {}
    for name, account_keys in keys.accounts.items():
        if account_keys is None:  # reported already
            continue
        account = _account(report, name, account_keys, platforms, languages)
        if account is None:
            continue
        same = accounts.setdefault(account.identity.lower(), account)
        if same is not account:
            line = report.place(("accounts", same.name)).line
            what = f"{name} and {same.name} (line {line}) are the same account on {same.platform}."
            report.key(("accounts", name), what, "Keep one of them.")
    return tuple(accounts.values())


def names_for_lists(keys: CampaignKeys, platforms: Collection[str]) -> frozenset[str]:
    """What `on` and `except` may name: the accounts, and the platforms they are on."""
    accounts = keys.accounts or {}
    on = {account.platform or name for name, account in accounts.items() if account}
    return frozenset(accounts) | (on & set(platforms))


def _account(
    report: Report,
    name: str,
    keys: AccountKeys,
    platforms: Collection[str],
    languages: Sequence[str],
) -> Account | None:
    path = ("accounts", name)
    if not name or len(name) > 40 or not NAME_LETTERS.issuperset(name):
        what = f"{quoted(name)} cannot name an account."
        report.key(path, what, "Use letters, digits and hyphens, 40 at most.")
        return None
    platform = _platform(report, name, keys, platforms)
    handle = _handle(report, name, keys)
    if keys.folder is not None and platform not in ("outbox", None):
        what = "folder belongs to the outbox only."
        report.key((*path, "folder"), what, f"Take it out; {platform} has no folder.")
    if not platform or not handle:
        return None
    spoken = _languages(report, name, keys, languages)
    return Account(
        name=name,
        platform=platform,
        handle=handle,
        language=spoken[0] if spoken else "",
        settings=_settings(report, name, keys),
        languages=spoken,
        stagger=_stagger(report, name, keys),
    )


def _settings(report: Report, name: str, keys: AccountKeys) -> dict[str, str]:
    """What the adapter and the publisher need to know of the account; never a secret."""
    path = ("accounts", name)
    settings = {"folder": keys.folder} if keys.folder else {}
    if keys.limit is not None:
        settings["limit"] = keys.limit
        if read_limit(keys.limit) is None:
            what = f"{quoted(keys.limit)} is not a limit."
            report.value((*path, "limit"), what, "Write  limit: 100/day  (minute, hour, week)")
    if keys.spacing is not None:
        distance = read_duration(keys.spacing)
        settings["spacing"] = str(int(distance.total_seconds())) if distance else ""
        if distance is None or distance > timedelta(hours=12):
            what = f"{quoted(keys.spacing)} is not a distance of up to 12h."
            report.value((*path, "spacing"), what, "Write  spacing: 2m")
    return settings


def _languages(
    report: Report, name: str, keys: AccountKeys, languages: Sequence[str]
) -> tuple[str, ...]:
    """As listed; without a list, the statement's first."""
    if keys.language is None:
        return tuple(languages[:1])
    path = ("accounts", name, "language")
    written = [keys.language] if isinstance(keys.language, str) else keys.language
    spoken = [one for one in written if one]
    for index, one in enumerate(spoken):
        here = path if isinstance(keys.language, str) else (*path, index)
        if not LANGUAGE.fullmatch(one):
            what = f"{quoted(one)} is not a language code."
            report.value(here, what, "Write two letters: en, fr, es, ar, ru, zh …")
        elif one in spoken[:index]:
            report.value(here, f"{one} is in the list twice.", "Keep one of them.")
    if languages and spoken and not set(spoken) & set(languages):
        what = f"{name} speaks {listed(spoken)}, and the statement {listed(languages)}."
        report.value(path, what, f"Add that language under statement:, or write {languages[0]}.")
    return tuple(spoken)


def _stagger(report: Report, name: str, keys: AccountKeys) -> timedelta:
    found = read_duration(keys.stagger) if keys.stagger else STAGGER
    if found is None or found > timedelta(hours=12):
        what = f"{quoted(keys.stagger)} is not a distance of up to 12h."
        report.value(("accounts", name, "stagger"), what, "Write  stagger: 5m")
        return STAGGER
    return found


def _platform(
    report: Report, name: str, keys: AccountKeys, platforms: Collection[str]
) -> str | None:
    path, given = ("accounts", name), keys.platform
    known = f"Platforms are {listed(sorted(platforms))}."
    if name in platforms and given not in (None, name):
        what = f"{name} is a platform's name, so it cannot be an account on {given}."
        report.key(path, what, f"Call the account un-{given}, for example.")
    elif given is not None and given not in platforms:
        mend = did_you_mean(given, platforms, known)
        report.value((*path, "platform"), f"{quoted(given)} is not a platform.", mend)
    elif given is not None or name in platforms:
        return given or name
    elif not report.has(*path, "platform"):
        part = [platform for platform in name.split("-") if platform in platforms]
        mend = (
            f"Add  platform: {part[0]}"
            if part
            else did_you_mean(name, platforms, f"Add platform. {known}")
        )
        report.key(path, f"{name} does not say on which platform it is.", mend)
    return None


def _handle(report: Report, name: str, keys: AccountKeys) -> str | None:
    path = ("accounts", name, "handle")
    if keys.handle is None:
        if not report.has(*path):
            mend = f"Write  {name}: {{handle: your-name}}"
            report.key(path[:2], f"{name} has no handle, the name it posts under.", mend)
        return None
    handle = keys.handle.strip().removeprefix("@")
    if not is_handle(handle):
        what = f"{quoted(keys.handle)} is not a handle."
        report.value(path, what, "Write the account's name alone, as in example-network.")
        return None
    return handle


def is_handle(text: str) -> bool:
    """One word, no address: the account's name without its @."""
    return text.split() == [text] and "://" not in text and len(text) <= 200
