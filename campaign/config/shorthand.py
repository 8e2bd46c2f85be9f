"""Short ways to write a value, spelled out before anything else looks at it.

One word where a list may stand, a handle for an account, a text for a message, roles for
`approval`, a wait or a word for `late`. Each part keeps the place of what was written.
"""

import re
from typing import Any

from campaign.config.tree import Path, Tree

WORD = re.compile(r"[^\s,]+")
LISTS = ("hashtags", "skip")
LISTS_IN = ("hashtags", "skip", "people", "groups")
GROUPS = {"accounts": "handle", "messages": "text"}
WAIT = re.compile(r"\d.*")


def spell_out(tree: Tree) -> None:
    """Put the long form in place of each short one."""
    for key in LISTS:
        _as_list(tree, (key,))
    for key in LISTS_IN:
        for name in _names(tree, key):
            _as_list(tree, (key, name))
    for key, inner in GROUPS.items():
        for name in _names(tree, key):
            _as_group(tree, (key, name), inner)
    _approval(tree)
    late = tree.data.get("late")
    if isinstance(late, str):
        _as_group(tree, ("late",), "after" if WAIT.fullmatch(late) else "then")


def _names(tree: Tree, key: str) -> list[str]:
    group = tree.data.get(key)
    return list(group) if isinstance(group, dict) else []


def _holder(tree: Tree, path: Path) -> dict[str, Any]:
    at: Any = tree.data
    for step in path[:-1]:
        at = at[step]
    held: dict[str, Any] = at
    return held


def _as_list(tree: Tree, path: Path) -> None:
    """One word, or the name of one excerpt; several words are more likely a list without [ ]."""
    holder, key = _holder(tree, path), str(path[-1])
    value = holder.get(key)
    is_name = path[0] == "skip" and isinstance(value, str) and "," not in value
    if isinstance(value, str) and (is_name or WORD.fullmatch(value)):
        holder[key] = [value]
        tree.values[*path, 0] = tree.values[path]


def _as_group(tree: Tree, path: Path, inner: str) -> None:
    holder, key = _holder(tree, path), str(path[-1])
    if isinstance(holder[key], str):
        holder[key] = {inner: holder[key]}
        tree.keys[*path, inner] = tree.values[*path, inner] = tree.values[path]


def _approval(tree: Tree) -> None:
    """`approval: comms` and `approval: [comms, legal]`."""
    written = tree.data.get("approval")
    if isinstance(written, list):
        tree.data["approval"] = {"by": written}
        tree.keys["approval", "by"] = tree.values["approval", "by"] = tree.values["approval",]
        for index in range(len(written)):
            tree.values["approval", "by", index] = tree.values["approval", index]
    elif isinstance(written, str) and WORD.fullmatch(written):
        _as_group(tree, ("approval",), "by")
    if isinstance(tree.data.get("approval"), dict) and "by" in tree.data["approval"]:
        _as_list(tree, ("approval", "by"))
