"""What may be quoted of a network's own words: one short line, without secrets."""

import re
from collections.abc import Iterable

LONGEST = 200
STRUCK = "[secret]"
SHAPES = re.compile(
    r"(?i)\b(?:bearer|basic|oauth)\s+[\w.~+/=-]{6,}"  # an Authorization header
    r"|\bbot\d{5,}:[\w-]{10,}"  # Telegram has its token in the path
    r"|(?:authorization|access_token|client_secret|api_key|password)\W{1,4}[^\s\"'&,;]{4,}"
    r"|https?://[^\s\"'<>]+"  # addresses of webhooks are secrets
)


def redacted(text: str, secrets: Iterable[str]) -> str:
    """The text on one line, cut short, with the secrets and whatever is shaped like one struck."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= 4:
            text = text.replace(secret, STRUCK)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return SHAPES.sub(STRUCK, text)[:LONGEST]
