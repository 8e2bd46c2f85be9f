"""An account's own keys: known ones reach its adapter, secrets as references only."""

from pathlib import Path

import pytest

from campaign.config.load import load_campaign
from campaign.domain.campaign import AccountKeys, Campaign
from campaign.errors import ContentError, Problem

FILE = """\
id: test-1
date: 2021-12-18
timezone: UTC
statement: statement.en.md
accounts:
  board: {{platform: board, handle: un{more}}}
plugins: [board]
"""
OWN = AccountKeys(options=frozenset({"server", "visibility"}), secrets=frozenset({"token"}))


def load(folder: Path, more: str = "", text: str = FILE) -> Campaign:
    (folder / "statement.en.md").write_text("# A\n\nB.\n")
    (folder / "campaign.yaml").write_text(text.format(more=more))
    return load_campaign(
        folder / "campaign.yaml", observances={}, platforms=["x"], plugins=["board"],
        keys_of=lambda name, allowed: OWN if name == "board" and allowed else AccountKeys(),
    )  # fmt: skip


def refused(folder: Path, more: str, text: str = FILE) -> Problem:
    with pytest.raises(ContentError) as caught:
        load(folder, more, text)
    (problem,) = caught.value.problems
    return problem


def test_own_keys_reach_the_adapter(tmp_path: Path) -> None:
    more = ", server: https://board.example, visibility: unlisted, token: env:BOARD"
    (board,) = load(tmp_path, more).accounts
    assert board.settings == {
        "server": "https://board.example",
        "visibility": "unlisted",
        "token": "env:BOARD",
        "plugin": "board",
    }
    assert board.shown == {"visibility": "unlisted"}


def test_unknown_key_is_said_with_the_nearest(tmp_path: Path) -> None:
    problem = refused(tmp_path, ", sever: https://board.example")
    assert (problem.what, problem.mend) == (
        '"sever" is not a key of an account.', "Did you mean server?"
    )  # fmt: skip
    assert problem.line == 6


def test_secret_has_to_be_a_reference(tmp_path: Path) -> None:
    problem = refused(tmp_path, ", token: open-sesame")
    assert "token is a secret" in problem.what
    assert "token: env:CAMPAIGN_BOARD_TOKEN" in problem.mend


TOKENS = [
    "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ",
    "xoxb-123456789012-abcdefghijkl",
    "ghp_abcdefghijklmnop1234567890",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc",
    "whsec_MfKQ9r8GKYqrTwjUPD8I",
    "https://hooks.slack.com/services/T000/B000/XXXX",
    "https://discord.com/api/webhooks/1/abc",
    "Bearer abcdefghijklmnop",
    "abcd-efgh-ijkl-mnop",
    "AbCdEfGh1234567890IjKlMnOpQr",
]


@pytest.mark.parametrize("token", TOKENS)
def test_what_looks_like_a_secret_is_refused(tmp_path: Path, token: str) -> None:
    problem = refused(tmp_path, f', server: "{token}"')
    assert "looks like a secret" in problem.what
    assert token not in problem.what + problem.mend


@pytest.mark.parametrize(
    "text",
    ["https://example.org/hooks", "un-network", "2021-12-18", "Recognize migrants-of-the-sea"],
)
def test_what_is_none_is_not_refused(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, f', server: "{text}"')


def test_plug_in_that_is_not_installed_is_said(tmp_path: Path) -> None:
    text = FILE.replace("plugins: [board]", "plugins: [board, bord]")
    problem = refused(tmp_path, "", text)
    assert 'no adapter "bord" from elsewhere' in problem.what
    assert "board" in problem.mend
