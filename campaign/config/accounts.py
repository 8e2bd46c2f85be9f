"""The accounts of a campaign: one identity each, on a platform that is known."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from campaign.config.guesses import did_you_mean_one_of, meant_duration, meant_handle
from campaign.config.model import AccountKeys, CampaignKeys
from campaign.config.problems import did_you_mean, listed, nearest, quoted
from campaign.config.report import Report
from campaign.config.statement_file import LANGUAGE, code_meant
from campaign.config.times import read_duration
from campaign.config.zone import check_zone
from campaign.domain.campaign import Account
from campaign.domain.campaign import AccountKeys as PlatformKeys
from campaign.domain.pace import read_limit
from campaign.domain.reference import default_reference, is_reference

STAGGER = timedelta(minutes=5)
LONGEST_LEAD = 120
NAME_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


KeysOf = Callable[[str, bool], PlatformKeys]  # of a platform; may its plug-in be loaded?


def no_keys(_platform: str, _allowed: bool) -> PlatformKeys:
    return PlatformKeys()


def read_plugins(report: Report, keys: CampaignKeys, installed: Collection[str]) -> set[str]:
    """The platforms whose adapters come from elsewhere and may be used here."""
    allowed = set()
    for index, name in enumerate(keys.plugins or ()):
        if name and name in installed:
            allowed.add(name)
        elif name:
            there = f"Installed are {listed(sorted(installed))}." if installed else ""
            mend = did_you_mean(name, installed, f"Install it, or take it out. {there}".strip())
            what = f"There is no adapter {quoted(name)} from elsewhere here."
            report.value(("plugins", index), what, mend)
    return allowed


def read_accounts(
    report: Report,
    keys: CampaignKeys,
    platforms: Collection[str],
    languages: Sequence[str],
    plugins: Collection[str] = (),
    keys_of: KeysOf = no_keys,
) -> tuple[Account, ...]:
    """The accounts without a problem; the others are reported. `keys_of` a platform: its own."""
    if keys.accounts is None:
        if not report.has("accounts"):
            what = "accounts are missing; a campaign needs at least one."
            report.missing(what, "Add  accounts: {x: {handle: your-name}}")
        return ()
    if not keys.accounts:
        what = "accounts is empty; a campaign needs at least one."
        report.value(("accounts",), what, "Write  accounts: {x: {handle: your-name}}")
    accounts: dict[str, Account] = {}

    def own(platform: str) -> PlatformKeys:
        return keys_of(platform, platform in plugins)

    for name, account_keys in keys.accounts.items():
        if account_keys is None:  # reported already
            continue
        account = _account(report, name, account_keys, platforms, languages, own)
        if account is None:
            continue
        if account.platform in plugins:  # said in the settings: the daemon reads no campaign file
            settings = {**account.settings, "plugin": account.platform}
            account = replace(account, settings=settings)
        same = accounts.setdefault(account.who, account)
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
    keys_of: Callable[[str], PlatformKeys],
) -> Account | None:
    path = ("accounts", name)
    if not name or len(name) > 40 or not NAME_LETTERS.issuperset(name):
        what = f"{quoted(name)} cannot name an account."
        report.key(path, what, "Use letters, digits and hyphens, 40 at most.")
        return None
    for unknown in keys.model_extra or {}:
        near = nearest(unknown, AccountKeys.model_fields)
        report.meant |= {(*path, one) for one in near}
    platform = _platform(report, name, keys, platforms)
    handle = _handle(report, name, keys, platform)
    if keys.folder is not None and platform not in ("outbox", None):
        what = "folder belongs to the outbox only."
        report.key((*path, "folder"), what, f"Take it out; {platform} has no folder.")
    known = keys_of(platform) if platform else PlatformKeys()
    settings = _settings(report, name, keys, known)
    if not platform or not handle:
        return None
    spoken = _languages(report, name, keys, languages)
    return Account(
        name=name,
        platform=platform,
        handle=handle,
        language=spoken[0] if spoken else "",
        settings=settings,
        languages=spoken,
        stagger=_stagger(report, name, keys),
        zone=_zone(report, name, keys),
        lead=_lead(report, name, keys),
    )


def _settings(
    report: Report, account: str, keys: AccountKeys, known: PlatformKeys
) -> dict[str, str]:
    """The platform's own keys: plain text, and references where a secret is wanted."""
    settings = {"folder": keys.folder} if keys.folder else {}
    settings |= _pace(report, account, keys)
    valid = [*AccountKeys.model_fields, *sorted({*known.options, *known.secrets} - {"folder"})]
    for name, text in (keys.model_extra or {}).items():
        path = ("accounts", account, name)
        if name not in valid:
            what = f"{quoted(name)} is not a key of an account."
            report.key(path, what, did_you_mean(name, valid, f"It knows {listed(valid)}."))
        elif text and name in known.secrets and not is_reference(text):
            what = f"{name} is a secret, and a campaign file is read by many."
            mend = f"Write  {name}: {default_reference(account, name)}"
            report.value(path, what, f"{mend}, and put it into .env beside the file.")
        elif text:
            settings[name] = text
    return settings


def _lead(report: Report, name: str, keys: AccountKeys) -> str:
    lead = " ".join((keys.lead or "").split())
    if keys.lead is not None and not 0 < len(lead) <= LONGEST_LEAD:
        what = f"The lead of {name} is empty or longer than {LONGEST_LEAD} characters."
        report.value(("accounts", name, "lead"), what, "Write one short line.")
    return lead


def _pace(report: Report, account: str, keys: AccountKeys) -> dict[str, str]:
    """How much the account takes: the publisher keeps to it, whoever sends."""
    path, pace = ("accounts", account), dict[str, str]()
    if keys.limit is not None:
        pace["limit"] = keys.limit
        if read_limit(keys.limit) is None:
            what = f"{quoted(keys.limit)} is not a limit."
            report.value((*path, "limit"), what, "Write  limit: 100/day  (minute, hour, week)")
    if keys.spacing is not None:
        distance = read_duration(keys.spacing)
        pace["spacing"] = str(int(distance.total_seconds())) if distance else ""
        if distance is None or distance > timedelta(hours=12):
            what = f"{quoted(keys.spacing)} is not a distance of up to 12h."
            report.value((*path, "spacing"), what, _distance(keys.spacing, "Write  spacing: 2m"))
    return pace


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
            report.value(here, what, code_meant(one))
            languages = ()  # whether it is the statement's is another question
        elif one in spoken[:index]:
            report.value(here, f"{one} is in the list twice.", "Keep one of them.")
    if "statement" in report.spoilt:
        languages = ()
    if languages and spoken and not set(spoken) & set(languages):
        what = f"{name} speaks {listed(spoken)}, and the statement {listed(languages)}."
        report.value(path, what, f"Add that language under statement:, or write {languages[0]}.")
    return tuple(dict.fromkeys(spoken))


def _zone(report: Report, name: str, keys: AccountKeys) -> str:
    """Its own clock's, for `local` and quiet hours; empty where it is the campaign's."""
    written = keys.timezone
    known = written and check_zone(report, ("accounts", name, "timezone"), written)
    return written if written and known else ""


def _stagger(report: Report, name: str, keys: AccountKeys) -> timedelta:
    found = read_duration(keys.stagger) if keys.stagger else STAGGER
    if found is None or found > timedelta(hours=12):
        what = f"{quoted(keys.stagger)} is not a distance of up to 12h."
        mend = _distance(keys.stagger or "", "Write  stagger: 5m")
        report.value(("accounts", name, "stagger"), what, mend)
        return STAGGER
    return found


def _distance(written: str, otherwise: str) -> str:
    """The distance that was meant, where it is one of up to twelve hours."""
    meant = meant_duration(written, "m")
    found = read_duration(meant) if meant else None
    return f"Did you mean {meant}?" if found and found <= timedelta(hours=12) else otherwise


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


def _handle(report: Report, name: str, keys: AccountKeys, platform: str | None) -> str | None:
    path = ("accounts", name, "handle")
    if keys.handle is None:
        if not report.has(*path):
            mend = f"Write  {name}: {{handle: your-name}}"
            report.key(path[:2], f"{name} has no handle, the name it posts under.", mend)
        return None
    handle = keys.handle.strip().removeprefix("@")
    if not is_handle(handle):
        what = f"{quoted(keys.handle)} is not a handle."
        meant = [found] if (found := meant_handle(keys.handle)) else []
        mend = "Write the account's name alone, as in example-network."
        report.value(path, what, did_you_mean_one_of(meant, mend))
        return None
    has_server = "@" in handle or "server" in (keys.model_extra or {})
    if platform == "mastodon" and not has_server:
        what = f"{quoted(keys.handle)} does not name its server."
        report.value(path, what, f"Write it as in  {handle}@mastodon.example")
        return None
    return handle


def is_handle(text: str) -> bool:
    """One word, no address: the account's name without its @."""
    return text.split() == [text] and "://" not in text and len(text) <= 200
