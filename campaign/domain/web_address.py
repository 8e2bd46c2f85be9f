"""Is it a web address, and one that is what it seems to be?"""

import re
import unicodedata
from functools import cache
from urllib.parse import urlsplit

LINK = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_NO_SCRIPT = frozenset({"DIGIT", "HYPHEN-MINUS", "FULL", "LOW"})


@cache
def fault_of(address: str) -> str | None:
    """Half a sentence that says what is wrong with it, or None: "is not a web address"."""
    try:
        url = urlsplit(address)
        host = url.hostname or ""
    except ValueError:
        return "is not a web address"
    if url.scheme not in ("http", "https") or not host or re.search(r"\s", address):
        return "is not a web address"
    scripts = next((found for label in host.split(".") if len(found := _scripts(label)) > 1), [])
    if scripts:
        return f"mixes {' and '.join(scripts)} letters in its name, as forged links do"
    return None


def _scripts(label: str) -> list[str]:
    """The scripts of a label's letters. Japanese and Korean mix theirs by right."""
    found = {unicodedata.name(char, "").split(" ")[0] for char in label if char.isalpha()}
    if found & {"CJK", "HIRAGANA", "KATAKANA", "HANGUL"}:
        found -= {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "LATIN"}
        return sorted({"Chinese", *(name.capitalize() for name in found)})
    return sorted(name.capitalize() for name in found - _NO_SCRIPT)
