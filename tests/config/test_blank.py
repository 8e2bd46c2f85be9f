"""The file that init writes must load, whatever was typed."""

from pathlib import Path
from unicodedata import category

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from campaign.config.blank import blank_campaign
from campaign.config.load import load_campaign
from tests.config.conftest import OBSERVANCES, PLATFORMS


def blank(title: str, link: str | None = None, handle: str = "example") -> str:
    return blank_campaign(
        id="imd-2021",
        title=title,
        day_line="day: international-migrants-day 2021",
        timezone="Europe/Zurich",
        statement_name="statement.en.md",
        link=link,
        accounts={"x": handle, "mastodon": "a@b.example"},
    )


def test_blank_is_short_and_plain() -> None:
    text = blank("International Migrants Day 2021", link="https://example.org/statement")
    assert "campaign: International Migrants Day 2021\n" in text
    assert "  x: {handle: example}\n" in text
    assert "link: https://example.org/statement " in text
    assert len(text.splitlines()) <= 24
    assert max(map(len, text.splitlines())) <= 100


def test_blank_keeps_link_and_handle(tmp_path: Path) -> None:
    (tmp_path / "statement.en.md").write_text("Title")
    path = tmp_path / "campaign.yaml"
    path.write_text(blank("A day", "https://example.org/?a=[b]#c, d".replace(" ", ""), "a,b#c"))
    campaign = load_campaign(path, observances=OBSERVANCES, platforms=PLATFORMS)
    assert campaign.link == "https://example.org/?a=[b]#c,d"
    assert campaign.account("x").handle == "a,b#c"


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=st.text(max_size=40))
@example(title="")
@example(title="null")
@example(title="Live: the event")
@example(title='He said "no" # not a comment')
@example(title="@everyone, it's [our] {day}\n---\n")
@example(title="День мигранта 国际移徙者日 اليوم 👩‍👩‍👧 \ufeff\u2028\ufffe")
@example(title="\x1b\r\x1b")
@example(title="- a")
@example(title="a:")
def test_blank_loads_with_any_title(tmp_path: Path, title: str) -> None:
    (tmp_path / "statement.en.md").write_text("Title")
    path = tmp_path / "campaign.yaml"
    path.write_text(blank(title), encoding="utf-8")
    campaign = load_campaign(path, observances=OBSERVANCES, platforms=PLATFORMS)
    shown = (" " if category(char) == "Cc" else char for char in title if category(char) != "Cs")
    kept = "".join(shown)
    assert campaign.title == (" ".join(kept.split()) or "imd-2021")
