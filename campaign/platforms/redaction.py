"""What may be quoted of a network's own words: one short line, without secrets."""

import re
from collections.abc import Iterable, Iterator

LONGEST = 200
STRUCK = "[secret]"
SHAPES = re.compile(
    r"(?i)\b(?:bearer|basic|oauth)\s+[\w.~+/=-]{6,}"  # an Authorization header
    r"|\bbot\d{5,}:[\w-]{10,}"  # Telegram has its token in the path
    r"|(?:authorization|access_token|client_secret|api_key|password)\W{1,4}"
    r"(?:(?:bearer|basic|oauth)\s+)?[^\s\"'&,;]{4,}"
    r"|https?://[^\s\"'<>]+"  # addresses of webhooks are secrets
)


def redacted(text: str, secrets: Iterable[str]) -> str:
    """The text on one line, cut short, with the secrets and whatever is shaped like one struck."""
    forms = {form for secret in secrets for form in _forms(secret)}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, STRUCK)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return SHAPES.sub(STRUCK, text)[:LONGEST]


def _forms(secret: str) -> Iterator[str]:
    """The secret; of an address also its path and the long pieces of it, as a network may say
    them back alone.
    """
    if len(secret) >= 4:
        yield secret
    if "://" in secret:
        path = secret.partition("://")[2].partition("/")[2]
        yield from (form for form in (path, *re.split(r"[/?&=]", path)) if len(form) >= 8)
