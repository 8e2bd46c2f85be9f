"""Whether what stands on a network is what was sent: networks compose, trim and respell."""

import re
import unicodedata

_SCHEME = re.compile(r"https?://")


def plain(text: str) -> str:
    """The words alone: in composed letters (NFC), however they are spaced."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def without_schemes(text: str) -> str:
    """`plain`, with addresses as people write them: a network that finds example.org in a text
    gives back http://example.org, or https://example.org/ for what had no slash.
    """
    return " ".join(_SCHEME.sub("", word).rstrip("/") for word in plain(text).split())
