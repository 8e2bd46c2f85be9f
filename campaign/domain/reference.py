"""A reference to a secret: `env:NAME`, `file:PATH`, `keyring:SERVICE/NAME`. Never the secret."""

import re

KINDS = ("env", "file", "keyring")


def is_reference(text: str) -> bool:
    kind, colon, rest = text.partition(":")
    return kind in KINDS and bool(colon) and bool(rest.strip())


def default_reference(account: str, name: str) -> str:
    """`env:CAMPAIGN_UN_X_TOKEN` for the token of un-x."""
    return "env:CAMPAIGN_" + re.sub(r"[^A-Z0-9]", "_", f"{account}_{name}".upper())
