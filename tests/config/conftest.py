"""A campaign file with one thing changed, beside a statement."""

from collections.abc import Callable
from pathlib import Path

import pytest

from campaign.config.load import load_campaign
from campaign.domain.campaign import Campaign
from campaign.domain.observance import Observance
from campaign.errors import ContentError, Problem

PLATFORMS = ("bluesky", "linkedin", "mastodon", "outbox", "x")
OBSERVANCES = {
    one.id: one
    for one in (
        Observance(
            id="international-migrants-day",
            month=12,
            day=18,
            names={"en": "International Migrants Day"},
        ),
        Observance(id="human-rights-day", month=12, day=10, names={"en": "Human Rights Day"}),
        Observance(id="leap-day", month=2, day=29, names={"en": "Leap Day"}),
        Observance(id="world-refugee-day", month=6, day=20, names={"en": "World Refugee Day"}),
    )
}
GOOD = {
    "id": "imd-2021",
    "campaign": "International Migrants Day 2021",
    "day": "international-migrants-day 2021",
    "timezone": "Europe/Zurich",
    "statement": "statement.en.md",
    "accounts": "{x: {handle: example}, un-m: {platform: mastodon, handle: a@b.example}}",
}

Load = Callable[..., Campaign]
Refuse = Callable[..., list[Problem]]


def yaml_with(**changes: str | None) -> str:
    """The good file with keys replaced, added or, by None, left out."""
    keys = {**GOOD, **changes}
    return "".join(f"{key}: {value}\n" for key, value in keys.items() if value is not None)


@pytest.fixture
def load(tmp_path: Path) -> Load:
    (tmp_path / "statement.en.md").write_text("Title\n\nGeneva - On the occasion of the day\n")

    def load(text: str | bytes | None = None, **changes: str | None) -> Campaign:
        path = tmp_path / "campaign.yaml"
        given = yaml_with(**changes) if text is None else text
        path.write_bytes(given if isinstance(given, bytes) else given.encode())
        return load_campaign(path, observances=OBSERVANCES, platforms=PLATFORMS)

    return load


@pytest.fixture
def refuse(load: Load) -> Refuse:
    """The problems of a file that must not load."""

    def refuse(text: str | bytes | None = None, **changes: str | None) -> list[Problem]:
        with pytest.raises(ContentError) as caught:
            load(text, **changes)
        return list(caught.value.problems)

    return refuse
