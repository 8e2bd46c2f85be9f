"""What becomes a link, a hashtag or a mention in a Bluesky post: spans of its UTF-8 bytes.

Bluesky finds none by itself; a client says where they are (docs.bsky.app/docs/advanced-guides/
post-richtext). The spans are those that Bluesky's own app would make, so that a text looks as if
it had been typed there.
"""

from collections.abc import Callable, Iterator
from typing import Any

import regex

from campaign.platforms.weighted import is_domain

FACET = "app.bsky.richtext.facet"
LONGEST_TAG = 64  # graphemes; lexicon app.bsky.richtext.facet#tag

_INVISIBLE = r"\u00AD\u2060\u200A\u200B\u200C\u200D\u20e2"
_START = r"(?:^|(?<=[\s(]))"
_LINK = regex.compile(
    _START + r"(https?://\S+|[a-z][a-z0-9]*(?:\.[a-z0-9]+)+\S*)", regex.IGNORECASE | regex.MULTILINE
)
_DOMAIN = regex.compile(r"[a-z][a-z0-9]*(?:\.[a-z0-9]+)+", regex.IGNORECASE)
_MENTION = regex.compile(_START + r"@([a-zA-Z0-9.-]+)\b")
_TAG = regex.compile(
    rf"(?:^|(?<=\s))[#\uFF03]((?!\uFE0F)[^\s{_INVISIBLE}]*[^\d\s\p{{P}}{_INVISIBLE}][^\s{_INVISIBLE}]*)"
)
_CASHTAG = regex.compile(_START + r"\$([A-Za-z][A-Za-z0-9]{0,4})(?=\s|$|[.,;:!?)\"'\u2019])")
_PUNCTUATION = regex.compile(r"\p{P}+$")

Feature = dict[str, str]
Found = tuple[int, int, Feature]  # from and to, in characters


def find_facets(text: str, did_of: Callable[[str], str | None]) -> list[dict[str, Any]]:
    """The facets of a text, in order, none over another.

    `did_of` a handle: its account's DID, or None when there is none; then it stays plain text.
    """
    found = sorted(
        [*_mentions(text, did_of), *_links(text), *_tags(text)], key=lambda one: (one[0], one[1])
    )
    facets, end = [], 0
    for start, stop, feature in found:
        if start >= end:
            index = {"byteStart": _bytes(text[:start]), "byteEnd": _bytes(text[:stop])}
            facets.append({"index": index, "features": [feature]})
            end = stop
    return facets


def _mentions(text: str, did_of: Callable[[str], str | None]) -> Iterator[Found]:
    for match in _MENTION.finditer(text):
        handle = match[1]
        if "." in handle and (did := did_of(handle)):
            yield match.start(), match.end(), {"$type": f"{FACET}#mention", "did": did}


def _links(text: str) -> Iterator[Found]:
    for match in _LINK.finditer(text):
        shown = match[1]
        if not shown.lower().startswith("http"):
            domain = _DOMAIN.match(shown)
            if domain is None or not is_domain(domain[0]):
                continue
        if shown[-1] in ".,;:!?":
            shown = shown[:-1]
        if shown.endswith(")") and "(" not in shown:
            shown = shown[:-1]
        uri = shown if shown.lower().startswith("http") else f"https://{shown}"
        yield match.start(), match.start() + len(shown), {"$type": f"{FACET}#link", "uri": uri}


def _tags(text: str) -> Iterator[Found]:
    for match in _TAG.finditer(text):
        tag = _PUNCTUATION.sub("", match[1].strip())
        if 0 < len(tag) <= LONGEST_TAG:
            stop = match.start() + 1 + len(tag)
            yield match.start(), stop, {"$type": f"{FACET}#tag", "tag": tag}
    for match in _CASHTAG.finditer(text):
        feature = {"$type": f"{FACET}#tag", "tag": f"${match[1].upper()}"}
        yield match.start(), match.end(), feature


def _bytes(text: str) -> int:
    return len(text.encode())
