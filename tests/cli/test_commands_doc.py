"""docs/commands.md names every command, argument and option, and none that does not exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from campaign.cli import campaign

FOLDER = Path(__file__).resolve().parents[2]
DOCS = (FOLDER / "docs" / "commands.md").read_text("utf-8")
EVERYWHERE = {"--help", "--version", "-h"}


def walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something of its own, by the words a person types."""
    if not isinstance(command, click.Group) or command.invoke_without_command:
        yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from walk(inner, f"{path} {name}")


TREE = dict(walk(campaign, "campaign"))


def usage(path: str, command: click.Command) -> str:
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    context = click.Context(command)
    return " ".join([path, *(one.make_metavar(context) for one in arguments)])


def sections() -> dict[str, str]:
    """The text below each command's line, by that line."""
    _, _, rest = DOCS.partition("<!-- commands -->\n")
    found = re.split(r"^### (.+)\n", rest.partition("<!-- /commands -->")[0], flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


def test_every_command_has_its_section_and_no_other() -> None:
    assert list(sections()) == [usage(path, command) for path, command in TREE.items()]


@pytest.mark.parametrize("path", TREE)
def test_a_section_names_the_options_of_its_command(path: str) -> None:
    command = TREE[path]
    options = [one for one in command.params if isinstance(one, click.Option)]
    section = sections()[usage(path, command)]
    spans = " ".join(re.findall(r"`(-[^`]*)`", section))
    documented = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", spans))
    assert documented == {name for one in options for name in one.opts} - EVERYWHERE
    for option in options:  # what stands behind it is what it takes
        if not option.is_flag and option.metavar:
            assert f"{option.opts[-1]} {option.metavar}`" in section


@pytest.mark.parametrize("name", ["docs/commands.md", "README.md", "docs/campaign-file.md"])
def test_what_is_typed_elsewhere_exists(name: str) -> None:
    """`campaign NAME … --option` in running text."""
    text = (FOLDER / name).read_text("utf-8")
    for typed in re.findall(r"campaign ((?:[a-z]+ )*[a-z]+)((?: [^`\n#|]*)?)", text):
        words, rest = typed[0].split(), typed[1]
        command = TREE.get(f"campaign {' '.join(words[:2])}", TREE.get(f"campaign {words[0]}"))
        said = re.findall(r" (--[a-z-]+)", rest)
        if said:
            assert command is not None, typed
            known = {name for one in command.params for name in one.opts} | EVERYWHERE
            assert set(said) <= known, typed


def test_every_option_of_the_page_exists_somewhere() -> None:
    known = {name for command in TREE.values() for one in command.params for name in one.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", DOCS)) <= known | EVERYWHERE
