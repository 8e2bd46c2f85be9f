"""What `--help` says, and that README knows every command."""

from pathlib import Path

import pytest

from campaign.cli import COMMANDS
from tests.cli.conftest import Person
from tests.cli.terminal import at_terminal

README = Path(__file__).resolve().parents[2] / "README.md"


def test_help_lists_every_command(person: Person) -> None:
    screen = person.types("--help")
    assert screen.code == 0
    for name, (_module, line) in COMMANDS.items():
        assert f"  {name} " in screen.out
        assert line in screen.out


@pytest.mark.parametrize("name", [*COMMANDS, "audit show", "audit verify"])
def test_command_has_help_with_an_example(person: Person, name: str) -> None:
    screen = person.types(*name.split(), "--help")
    assert screen.code == 0
    assert f"Example:  campaign {name}" in screen.out


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_names_every_command(name: str) -> None:
    assert f"campaign {name}" in README.read_text("utf-8")


def test_version(person: Person) -> None:
    assert person.types("--version").out.startswith("campaign ")


@pytest.mark.parametrize(
    ("words", "says", "then"),
    [
        (["statsu"], "Did you mean status?", "Next: campaign --help"),
        (["status", "--jsn"], "Did you mean '--json'?", "Next: campaign status --help"),
        (["audit", "vrify"], "Did you mean 'verify'?", "Next: campaign audit --help"),
        (["rehearse", "--out"], "requires an argument", "Next: campaign rehearse --help"),
        (["run", "--permits", "0"], "not in the range", "Next: campaign run --help"),
    ],
)
def test_wrong_usage_says_what_is_near(
    person: Person, words: list[str], says: str, then: str
) -> None:
    screen = person.types(*words)
    assert screen.code == 2
    assert says in screen.err
    assert screen.last == then


def test_campaign_alone_shows_the_help(person: Person) -> None:
    screen = person.types()
    assert screen.code == 2
    assert "Commands:" in screen.err


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 100])
def test_an_error_keeps_to_the_screen(tmp_path: Path, columns: int) -> None:
    code, seen = at_terminal(tmp_path, columns, "status")
    assert code == 1
    assert max(map(len, seen.splitlines())) <= columns
    assert seen.splitlines()[-1].endswith("campaign schedule")  # not cut in two


def test_an_error_is_one_line_for_a_script(person: Person) -> None:
    screen = person.types("status")
    assert screen.code == 1
    assert len(screen.err.splitlines()) == 1
