"""X's weighted length (twitter-text, config v3), and the links twitter-text sees in a text.

Source: PLATFORMS §2. The library is exact but takes half a second to import, so ordinary text is
counted here; whatever could be counted differently is left to the library.
"""

import re
import unicodedata
import warnings
from types import ModuleType

LINK_WEIGHT = 23

# A whole word that twitter-text certainly takes as one link: nothing after it to trim, a well-known
# top-level domain (not "co", whose t.co has rules of its own).
_PLAIN_LINK = re.compile(
    r"(?<![^ \n])https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
    r"(?:com|org|net|int|edu|gov|info|ngo|eu|ch|uk|fr|de|es|it|nl|be|at|se|no|dk|ie|ca|au|za|ke|in)"
    r"(?:/(?:[A-Za-z0-9_/=%.~-]*[A-Za-z0-9_/=-])?)?(?:\?[A-Za-z0-9_=&%.-]*[A-Za-z0-9_=&-])?"
    r"(?![^ \n])"
)
# A dot before a letter may begin a top-level domain ("example.com"), except in "U.N." and "e.g."
_MAYBE_DOMAIN = re.compile(r"\.[^\W\d_](?![\s.,;:!?)\]”’»]|$)")

# twitter-text's own JavaScript sees an address without a scheme right behind these too; the library
# does not: behind Arabic or Hebrew letters, "。" or a region's flag, say.
_GLUED_DOMAIN = re.compile(
    r"(?<!://)([^\x00-\x7fÀ-ɏ][.:/-]*)(?=[a-z0-9À-ɏ][a-z0-9À-ɏ.-]*\.\w)", re.IGNORECASE
)

# No emoji stands in or begins in these ranges; © and ® are left out because they are emoji.
_LIGHT = "\t\n\x20-\x7e\xa0-\xa8\xaa-\xad\xaf-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037"
_HEAVY = "\u1100-\u1fff\u2020-\u2027\u20ac\u3000-\u302f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_HEAVY += "\uff01-\uff60"  # full width: the commas and colons of Chinese
_ORDINARY = re.compile(f"[{_LIGHT}{_HEAVY}]*")
_HEAVY_CHARACTER = re.compile(f"[{_HEAVY}]")


def weigh(text: str) -> int:
    """Characters to U+10FF and common punctuation weigh 1, others and each emoji 2, a link 23."""
    text = unicodedata.normalize("NFC", text)
    rest, links = _PLAIN_LINK.subn("", text) if "http" in text else (text, 0)
    too_long = links and len(text) > 4000  # twitter-text takes no link of more than 4096
    if too_long or _MAYBE_DOMAIN.search(rest) or not _ORDINARY.fullmatch(rest):
        return _weigh_by_library(text)
    heavy = 0 if rest.isascii() else len(_HEAVY_CHARACTER.findall(rest))
    return len(rest) + heavy + links * LINK_WEIGHT


def _weigh_by_library(text: str) -> int:
    """In doubt the larger one: a text too long would be refused when its hour has come."""
    text = text.replace("\r\n", "\n\n")  # the library takes the two for one
    apart, glued = _GLUED_DOMAIN.subn(r"\1 ", text)
    weigh_one = _library().parse_tweet
    weight: int = weigh_one(text).weightedLength
    return max(weight, weigh_one(apart).weightedLength - glued) if glued else weight


def replace_links(text: str, replacement: str) -> str:
    """Every http(s) link replaced, as Mastodon does, which borrows twitter-text's rules."""
    if "://" not in text:
        return text
    rest = _PLAIN_LINK.sub(replacement, text)
    if "://" not in rest:
        return rest
    for link in reversed(_library().extract_urls_with_indices(text, False)):
        start, end = link["indices"]
        text = text[:start] + replacement + text[end:]
    return text


def holds_link(text: str) -> bool:
    """Whether X makes a link of anything here: of a bare example.com too."""
    if _PLAIN_LINK.search(text):
        return True
    if "://" not in text and not _MAYBE_DOMAIN.search(text):
        return False
    return bool(_library().extract_urls_with_indices(text))


def is_domain(name: str) -> bool:
    """Whether a bare name such as example.com ends in a top-level domain that there is."""
    found = _library().extract_urls_with_indices(name)
    return any(link["url"] == name for link in found)


def _library() -> ModuleType:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
        import twitter_text  # slow import
    module: ModuleType = twitter_text
    return module
