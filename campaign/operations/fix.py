"""`check --fix`: mend what has one meaning in the campaign file, and show what was changed."""

import contextlib
import difflib
import os
import tempfile
from pathlib import Path

from campaign.config.mend import mended
from campaign.config.source import read_source
from campaign.config.tree import read_tree
from campaign.errors import CampaignError, ContentError


def fix(file: Path) -> str:
    """Mend `file` in place; the difference as lines, or nothing.

    Raises ContentError for what is no text, CampaignError where the file cannot be written. There
    is no copy of the old file: the difference shows all of it, and no word has changed.
    """
    before = read_source(file).text
    after = mended(before)
    if after == before or not _means_the_same(file, after):
        return ""
    target = file.resolve()  # of a link, the file it leads to is replaced, not the link
    _replace(target, after, keep_mark=target.read_bytes().startswith(b"\xef\xbb\xbf"))
    old, new = before.splitlines(), after.splitlines()
    lines = difflib.unified_diff(old, new, file.name, f"{file.name} (mended)", lineterm="", n=0)
    return "".join(f"{line}\n" for line in lines)


def _means_the_same(file: Path, after: str) -> bool:
    """A file that could be read before says after it what it said, and what had been lost."""
    try:
        before = read_tree(read_source(file)).data
    except ContentError:
        return True
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / file.name
        copy.write_text(after, encoding="utf-8", newline="")
        try:
            return _kept(before, read_tree(read_source(copy)).data)
        except ContentError:
            return False


def _kept(before: object, after: object) -> bool:
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() <= after.keys() and all(
            _kept(value, after[key]) for key, value in before.items()
        )
    if isinstance(before, list) and isinstance(after, list):
        return len(before) <= len(after) and all(map(_kept, before, after))
    return before is None or before == after


def _replace(target: Path, text: str, *, keep_mark: bool) -> None:
    """All of it or nothing, whatever happens on the way."""
    path = ""
    try:
        handle, path = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(
            handle, "w", encoding="utf-8-sig" if keep_mark else "utf-8", newline=""
        ) as new:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
        Path(path).chmod(target.stat().st_mode & 0o7777)
        Path(path).replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(path).unlink()
        raise CampaignError(
            f"{target.name} could not be written ({error.strerror}), so nothing was mended."
        ) from error
