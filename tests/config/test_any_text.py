"""Whatever is in the file: a campaign or problems, soon, and never another error."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.config.load import load_campaign
from campaign.config.problems import render
from campaign.errors import ContentError, Problem
from tests.config.conftest import GOOD, OBSERVANCES, PLATFORMS, yaml_with

PIECES = [
    *GOOD, *GOOD.values(), "calendar", "hashtags", "people", "approval", "by", "late", "then", "link",
    "D-7 10:00 headline", "D 08:00 recommendations every 2h on x", "D", "10:00", "again", "on", ",",
    "null", "~", "''", '"', "'", "#", "@", "&a", "*a", "!x", "|", ">", "%", "`", "\\", "<<", "...",
    "---", "?", ": ", ":", "- ", "-", "{", "}", "[", "]", "[[[[", "{{", "\n", "\n", "\n  ", "\n    ",
    "\t", "\r\n", "\0", "\x07", "\ufeff", "é", "国", "\u202e", "\u2028", "0", "1e9", "=", "x" * 200,
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)
KEYS = [*GOOD, "calendar", "hashtags", "people", "approval", "late", "link", "form"]
VALUES = st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, TEXTS))
SETTINGS = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def load_soon(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    started = time.monotonic()
    problems: tuple[Problem, ...] = ()
    try:
        load_campaign(path, observances=OBSERVANCES, platforms=PLATFORMS)
    except ContentError as error:
        problems = error.problems or pytest.fail("an error without a problem")
    assert render(problems).encode()
    assert time.monotonic() - started < 30


@SETTINGS
@given(text=TEXTS)
def test_any_text(tmp_path: Path, text: str) -> None:
    load_soon(tmp_path / "campaign.yaml", text.encode("utf-8", "surrogatepass"))


@pytest.mark.slow
@SETTINGS
@given(changes=VALUES)
def test_any_values(tmp_path: Path, changes: dict[str, str]) -> None:
    load_soon(tmp_path / "campaign.yaml", yaml_with(**changes).encode("utf-8", "surrogatepass"))


@SETTINGS
@given(data=st.binary(max_size=200))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    load_soon(tmp_path / "campaign.yaml", data)


@pytest.mark.slow
def test_large_files_take_no_long_time(tmp_path: Path) -> None:
    path = tmp_path / "campaign.yaml"
    many = "".join(f"key{n}: \n" for n in range(4_900))
    for text in ("# x\n" * 200_000, "a:\n" + "  x\n" * 30_000, many, "[" * 150 + "\n" + many):
        load_soon(path, text.encode())
