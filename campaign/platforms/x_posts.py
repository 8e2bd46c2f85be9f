"""A post as X shows it, and what was typed: https://docs.x.com/x-api/fundamentals/data-dictionary"""

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_SHORT = re.compile(r"https?://t\.co/\w+")


def as_typed(post: Mapping[str, Any]) -> str:
    """A post's words as they were sent: X escapes them and puts its own addresses in.

    An address is replaced as a whole, once: one may begin as another does, and what it stands for
    may hold one. (Its place in the text is told too, but whether `&amp;` counts one there or five
    is not.)
    """
    shown = post.get("note_tweet") or post  # a long post's words stand apart
    links = {
        str(link.get("url")): str(link.get("expanded_url") or link.get("url"))
        for link in (shown.get("entities") or {}).get("urls") or []
    }
    text = html.unescape(str(shown.get("text", "")))
    return _SHORT.sub(lambda found: links.get(found[0], found[0]), text)


def answered(post: Mapping[str, Any]) -> str | None:
    """The id of the post that this one replies to."""
    replied = (r for r in post.get("referenced_tweets", []) if r.get("type") == "replied_to")
    return next((str(reference["id"]) for reference in replied), None)


def made(post: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(post["created_at"])).astimezone(UTC)


def said(error: Mapping[str, Any]) -> str:
    """All that an error says: problem+json, or the older list of errors."""
    errors = error.get("errors")
    told = [error.get("title"), error.get("detail")]
    if isinstance(errors, list):
        told += [one.get("message") for one in errors if isinstance(one, dict)]
    return " ".join(str(one) for one in told if one)
