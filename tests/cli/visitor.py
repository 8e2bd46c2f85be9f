"""A visitor: somebody who may read a folder, and write nothing there."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.publisher.fuse import in_child


def read_only_copy(folder: Path, copy: Path) -> None:
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    for path in (copy, *copy.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)


def as_nobody(work: Callable[[], None]) -> None:
    """Run `work` in a forked child that may not write everything, as root may."""

    def whole() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        work()

    assert in_child(whole) == 0
