"""Which posts a person means: a name, a full key, or a scope such as one account."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from campaign.domain.post import Post, StoredPost
from campaign.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """What a no, a yes taken back or a cancel met: posts that are held now, posts that are held
    should they come back unsent, and posts that are public, of a cancel also those public in part.
    """

    held: list[StoredPost]
    on_their_way: list[StoredPost]
    public: list[StoredPost]


def select(posts: Mapping[str, StoredPost], names: Iterable[str]) -> list[StoredPost]:
    """The posts that `names` mean; all of them for no names.

    `recommendation-3`, `recommendation-3/en/un-x`, `un-x` and the full key all work. Raises
    UsageError for a name that means nothing, with the nearest one.
    """
    names = list(names)
    if not names:
        return list(posts.values())
    chosen: dict[str, StoredPost] = {}
    for name in names:
        if name in posts:  # a full key means itself alone: `approve` hands in thousands of them
            chosen[name] = posts[name]
            continue
        found = {key: post for key, post in posts.items() if is_meant(key, name)}
        if not found:
            raise UsageError(unknown_post(posts, name))
        chosen |= found
    return list(chosen.values())


def is_meant(key: str, name: str) -> bool:
    """Whether `name` is a run of whole pieces of `key`."""
    return f"/{name.strip('/').replace(' ', '-')}/" in f"/{key}/"


def scopes_of(post: Post) -> set[str]:
    """Every scope that covers a post, as `pause` stores them."""
    return {
        "all",
        f"campaign:{post.campaign_id}",
        f"account:{post.account.name}",
        f"platform:{post.account.platform}",
        f"language:{post.language}",
        f"post:{post.key}",
    }


def in_scope(posts: Mapping[str, StoredPost], scope: str) -> list[StoredPost]:
    """The posts that a scope covers. A `post:` scope may mean several. Raises UsageError."""
    kind, _, name = scope.partition(":")
    if kind == "post":
        return select(posts, [name])
    found = [stored for stored in posts.values() if scope in scopes_of(stored.post)]
    if not found:
        spelled = {each.partition(":") for s in posts.values() for each in scopes_of(s.post)}
        known = {each for one, _, each in spelled if one == kind}
        raise UsageError(unknown_name(kind, name, known))
    return found


def unknown_name(kind: str, name: str, known: Iterable[str]) -> str:
    """What to say of an account, a language … that is not here: the nearest, and all there are."""
    there = {each.lower(): each for each in sorted(known)}
    near = get_close_matches(name.lower(), there, n=1)
    hint = f" Did you mean {there[near[0]]}?" if near else ""
    listed = ", ".join(there.values()) or "none yet"
    return f'No {kind} here is called "{name}".{hint} There are: {listed}.'


def unknown_post(keys: Iterable[str], name: str, where: str = "campaign status --all") -> str:
    """What to say of a post that is not here: the nearest piece of a name, or where all are."""
    pieces = sorted({piece for key in keys for piece in key.split("/")})
    if not pieces:
        return "Nothing is scheduled here yet. Schedule a campaign first: campaign schedule"
    near = get_close_matches(name.replace(" ", "-"), pieces, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"See them: {where}"
    return f'No post is called "{name}". {hint}'
