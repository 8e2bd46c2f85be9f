"""What a campaign makes of a statement without recommendations, or with more than one list."""

from pathlib import Path

import pytest

from campaign.domain.statement import Kind
from campaign.errors import ContentError
from campaign.operations.draft import Drafted, draft

CAMPAIGN = """id: water-2021
campaign: Water 2021
date: 2021-03-22
timezone: Africa/Nairobi
statement: statement.en.md
link: https://water.example/statement
accounts: {outbox: {handle: water}}
"""
OPENING = "# Water Is a Right of All\n\nThe Water Alliance speaks for people in all countries.\n\n"
TWO = "We urge States to:\n\n- save rivers\n- dig wells\n\nWe invite firms to:\n\n- pay\n- report\n"


def drafted(folder: Path, body: str, more: str = "") -> Drafted:
    (folder / "statement.en.md").write_text(OPENING + body, "utf-8")
    path = folder / "campaign.yaml"
    path.write_text(CAMPAIGN + more, "utf-8")
    return draft(path)


def test_the_campaign_file_picks_a_list(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"pick: \[1, 2\]"):
        drafted(tmp_path, TWO)
    found = drafted(tmp_path, TWO, "pick: [2]\ncalendar: [D 09:00 recommendations every 1h]\n")
    assert [item.text for item in found.statement.recommendations] == ["pay", "report"]
    assert len(found.planned) == 2


def test_what_is_to_be_stopped_is_never_posted_alone(tmp_path: Path) -> None:
    body = "We urge States not to:\n\n- sell rivers\n- close wells\n"
    with pytest.raises(ContentError, match="would say the opposite"):
        drafted(tmp_path, body, "pick: [1]\n")


def test_without_recommendations_a_line_that_posts_them_is_a_mistake(tmp_path: Path) -> None:
    calendar = "calendar: [D 08:00 headline, D 09:00 recommendations every 1h]\n"
    with pytest.raises(ContentError, match="No recommendations here") as error:
        drafted(tmp_path, "Rivers die.\n", calendar)
    assert [problem.line for problem in error.value.problems] == [8]


def test_without_recommendations_the_rest_is_posted(tmp_path: Path) -> None:
    found = drafted(tmp_path, "Rivers die.\n", "calendar: [D 08:00 headline]\n")
    assert [one.message.kind for one in found.planned] == [Kind.HEADLINE]
