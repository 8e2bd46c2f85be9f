"""What a server of Mastodon's interface says of itself, held against an account's settings.

https://docs.joinmastodon.org/methods/instance/#v2
"""

from collections.abc import Mapping
from typing import Any

from campaign.domain.campaign import Account


def handle_at(instance: Mapping[str, Any], username: str, account: Account) -> str:
    """The whole handle of a user of this server, in the form in which the account's is written.

    Where the handles end, the server says: its address may be another. Forks mean other things.
    """
    _, at, domain = account.handle.lstrip("@").partition("@")
    told = "" if _is_fork(instance) else str(instance.get("domain") or "")
    return f"{username}@{told or domain}" if at else username


def unlike(instance: Mapping[str, Any], host: str, account: Account, limit: int) -> str | None:
    """Why the settings do not fit this server, if they do not: its memory for keys, its limit."""
    if _is_fork(instance) and account.settings.get("keeps_keys") != "no":
        return (
            f"{host} is not Mastodon itself and may ignore our keys. Write  keeps_keys: no  for"
            f" {account.name}; then doubts are looked up, not sent again."
        )
    allowed: Any = instance
    for step in ("configuration", "statuses", "max_characters"):
        allowed = allowed.get(step) if isinstance(allowed, Mapping) else None
    if isinstance(allowed, int) and allowed < limit:
        return (
            f"{host} takes {allowed} characters, and the campaign counts with {limit}. Write "
            f" characters: {allowed}  for {account.name}, then schedule again."
        )
    return None


def _is_fork(instance: Mapping[str, Any]) -> bool:
    return "compatible" in str(instance.get("version", ""))
