"""Which posts a person means: a full key, or any run of its pieces."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from campaign.domain.post import StoredPost
from campaign.errors import UsageError


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
        found = {key: post for key, post in posts.items() if is_meant(key, name)}
        if not found:
            raise UsageError(_unknown(posts, name))
        chosen |= found
    return list(chosen.values())


def is_meant(key: str, name: str) -> bool:
    """Whether `name` is a run of whole pieces of `key`."""
    return f"/{name.strip('/').replace(' ', '-')}/" in f"/{key}/"


def _unknown(posts: Mapping[str, StoredPost], name: str) -> str:
    if not posts:
        return "Nothing is scheduled here yet. Schedule a campaign first: campaign schedule"
    pieces = sorted({piece for key in posts for piece in key.split("/")})
    near = get_close_matches(name.replace(" ", "-"), pieces, n=1)
    hint = f" Did you mean {near[0]}?" if near else f" One of them: {next(iter(posts))}"
    return f'No post is called "{name}".{hint}'
