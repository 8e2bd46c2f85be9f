"""A store on the day before, and the shipped campaign in a folder of its own, keys changed."""

import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from campaign.errors import ContentError, Problem
from campaign.operations.draft import Drafted, draft
from campaign.shipped import folder
from tests.factories import DUE, SetClock, clock_at

SHIPPED = Path(str(folder("messages"))) / "international-migrants-day"
Write = Callable[..., Drafted]
Refused = Callable[..., list[Problem]]


@pytest.fixture
def clock() -> SetClock:
    return clock_at(DUE - timedelta(days=1))


def changed(text: str, changes: dict[str, str | None]) -> str:
    """The file's text with top-level keys replaced, added or, by None, left out."""
    for key, value in changes.items():
        name = key.rstrip("_")
        text = re.sub(rf"^{name}:.*\n(?:(?: +.*)?\n)*?(?=\S|\Z)", "", text, flags=re.MULTILINE)
        text += "" if value is None else f"{name}: {value}\n"
    return text


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Draft the shipped campaign with some of its keys changed; `statement_text` changes that."""
    shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "campaign.yaml"
    original = file.read_text("utf-8")

    def write(replace: tuple[str, str] | None = None, **changes: str | None) -> Drafted:
        file.write_text(changed(original, changes), "utf-8")
        if replace:
            statement = tmp_path / "statement.en.md"
            text = statement.read_text("utf-8")
            assert replace[0] in text
            statement.write_text(text.replace(*replace), "utf-8")
        return draft(file)

    return write


@pytest.fixture
def refused(write: Write) -> Refused:
    def refused(replace: tuple[str, str] | None = None, **changes: str | None) -> list[Problem]:
        with pytest.raises(ContentError) as caught:
            write(replace, **changes)
        return list(caught.value.problems)

    return refused
