"""A post that may be public: what was sent, what came back, where to look, what to type then."""

from collections.abc import Iterator
from datetime import datetime

from campaign.cli.words import moment, width
from campaign.domain.campaign import Account
from campaign.domain.message import excerpt_title
from campaign.domain.post import StoredPost
from campaign.operations.resolve import QUIET
from campaign.preview.terminal import bar_lines
from campaign.store.doubts import Doubt

PLACES = {
    "x": "https://x.com/{handle}",
    "bluesky": "https://bsky.app/profile/{handle}",
    "linkedin": "https://www.linkedin.com/company/{handle}",
    "facebook": "https://www.facebook.com/{handle}",
    "instagram": "https://www.instagram.com/{handle}",
    "threads": "https://www.threads.com/@{handle}",
    "telegram": "https://t.me/{handle}",
}


def doubt_lines(
    stored: StoredPost, doubt: Doubt, *, now: datetime, needs_two: bool, name: str, there: str
) -> Iterator[str]:
    """`name` is the post as a person types it, `there` the option that finds the database."""
    post = stored.post
    part = f" part {doubt.part}" if len(post.bodies) > 1 else ""
    what = f"{excerpt_title(post.excerpt_ref)}{part} · {post.account.name}"
    zone = post.zone
    yield f"! {moment(post.due_at, zone)}  {what}   UNKNOWN: it may be public."
    yield f"      Sent {moment(doubt.armed_at, zone)[-5:]}, and then: {doubt.detail}."
    for line in bar_lines(doubt.text, post.language, width() - 4):
        yield f"    {line}"
    look = f" Next look {moment(doubt.looked_for, zone)[-5:]}." if doubt.looked_for else ""
    yield "      It is never sent again blindly, and looked for by itself where that"
    yield f"      network can be read.{look}"
    if place := timeline(post.account):
        yield f"      Look: {place}"
    command = f"campaign resolve {name}"
    yield f"      It is there       {command} --url URL{there}"
    yield f'      It is not there   {command} --absent --reason "…"{there}'
    yield f"                        {_resend(stored, doubt, now, needs_two=needs_two)}"


def _resend(stored: StoredPost, doubt: Doubt, now: datetime, *, needs_two: bool) -> str:
    first, zone = doubt.armed_at + QUIET, stored.post.zone
    if doubt.part == 1 and max(first, now) > stored.post.not_after:
        return "(its time is over: afterwards  campaign retry --at  gives it a new one)"
    person = "needs a second person and " if needs_two else ""
    possible = "is possible now" if first <= now else f"is possible from {moment(first, zone)[-5:]}"
    return f"(--resend {person}{possible})"


def timeline(account: Account) -> str:
    """Where an account's posts can be seen; nothing for what has no page."""
    handle = account.handle.removeprefix("@")
    if account.platform == "mastodon" and "@" in handle:
        user, _, server = handle.partition("@")
        return f"https://{server}/@{user}"
    return PLACES.get(account.platform, "").format(handle=handle)
