"""What needs a person at once: a post that may be public, one that was refused, one that was edited
shortly before its time. What happened, where to look, what to type then.
"""

from collections.abc import Iterator
from datetime import datetime

from campaign.cli.words import moment, paragraph, title, width
from campaign.domain.campaign import Account
from campaign.domain.post import StoredPost
from campaign.domain.states import State
from campaign.operations.resolve import QUIET
from campaign.operations.status import CampaignStatus, Edited, Status
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
INDENT = " " * 6


def trouble_lines(now: Status, each: CampaignStatus, there: str) -> Iterator[str]:
    """`there` is the option that finds the database."""
    posts = {stored.post.key: stored for stored in each.posts}
    for doubt in now.doubts:
        if doubt.post_key in posts:
            yield from _doubt(now, each, posts[doubt.post_key], doubt, there)
            yield ""
    for stored in each.standing(State.FAILED):
        yield from _failed(now, each, stored, there)
        yield ""
    for edited in each.edited:
        yield from _edited(now, each, edited, there)
        yield ""


def typed(now: Status, key: str) -> str:
    """A post's name as it is typed: without the campaign's id where there is only one."""
    return key.partition("/")[2] if len(now.campaigns) == 1 else key


def _doubt(
    now: Status, each: CampaignStatus, stored: StoredPost, doubt: Doubt, there: str
) -> Iterator[str]:
    post = stored.post
    part = f", part {doubt.part} of {len(post.bodies)}" if len(post.bodies) > 1 else ""
    head = title(post, each.polyglots)
    yield f"! {moment(post.due_at, post.zone)}  {head}{part}   UNKNOWN: it may be public."
    yield from _said(
        f"Sent {moment(doubt.armed_at, post.zone)[-5:]}, and then: {doubt.detail.rstrip('.')}."
    )
    for line in bar_lines(doubt.text, post.language, width() - 4):
        yield f"    {line}"
    told = "We will not send it again by ourselves; everything else goes on."
    yield from _said(f"{told} {_look(now, stored, doubt)}")
    if place := timeline(post.account):
        yield f"{INDENT}Look: {place}"
    command = f"campaign resolve {typed(now, post.key)}"
    yield f"{INDENT}It is there       {command} --url URL{there}"
    yield f'{INDENT}It is not there   {command} --absent --reason "…"{there}'
    resend = _resend(stored, doubt, now.now, needs_two=len(each.rule.by) > 1)
    yield from (f"{INDENT}{'':<18}{line}" for line in paragraph(resend, width() - 24))


def _said(text: str) -> list[str]:
    return [INDENT + line for line in paragraph(text, width() - len(INDENT))]


def _look(now: Status, stored: StoredPost, doubt: Doubt) -> str:
    """Who looks for it: a worker, where the network can be read."""
    name = stored.post.account.name
    if name in now.asking:
        return f"{name} cannot be read from here, so a person has to look."
    due = doubt.looked_for
    when = f", next at {moment(due, stored.post.zone)[-5:]}" if due and due > now.now else ""
    return f"While campaign run is running it is looked for{when}."


def _resend(stored: StoredPost, doubt: Doubt, now: datetime, *, needs_two: bool) -> str:
    first, zone = doubt.armed_at + QUIET, stored.post.zone
    if doubt.part == 1 and max(first, now) > stored.post.not_after:
        return "(its time is over: afterwards  campaign retry --at  gives it a new one)"
    person = "needs a second person and " if needs_two else ""
    possible = "is possible now" if first <= now else f"is possible from {moment(first, zone)[-5:]}"
    return f"(--resend {person}{possible})"


def _failed(now: Status, each: CampaignStatus, stored: StoredPost, there: str) -> Iterator[str]:
    post, name = stored.post, typed(now, stored.post.key)
    head = title(post, each.polyglots)
    yield f"! {moment(post.due_at, post.zone)}  {head}   It did not go out."
    if said := now.refused.get(post.key):
        yield from _said(f"What came back: {said.rstrip('.')}.")
    yield f"{INDENT}Its whole story    campaign audit show {name}{there}"
    yield f"{INDENT}Once it is mended  campaign retry {name}{there}"


def _edited(now: Status, each: CampaignStatus, edited: Edited, there: str) -> Iterator[str]:
    post = edited.stored.post
    when, due = moment(edited.at, post.zone)[-5:], moment(post.due_at, post.zone)[-5:]
    yield f"! {title(post, each.polyglots)} was changed at {when} by {edited.person};"
    yield f"{INDENT}its approval was for other words. It will not go out at {due}."
    yield f"{INDENT}Approve: campaign approve {typed(now, post.key)}{there}"


def timeline(account: Account) -> str:
    """Where an account's posts can be seen; nothing for what has no page."""
    handle = account.handle.removeprefix("@")
    if account.platform == "mastodon" and "@" in handle:
        user, _, server = handle.partition("@")
        return f"https://{server}/@{user}"
    return PLACES.get(account.platform, "").format(handle=handle)
