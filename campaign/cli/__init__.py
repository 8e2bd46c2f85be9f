"""What a person types. Nothing slow is imported until a command runs."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import TYPE_CHECKING

import click

from campaign import __version__

if TYPE_CHECKING:
    from campaign.errors import ContentError

# name: (module in this folder, the line `--help` shows), in the order of the work
COMMANDS = {
    "init": ("authoring", "Start a campaign from a statement: four questions, one folder."),
    "check": (
        "checking",
        "Find every problem of the files at once. Writes nothing.",
    ),
    "preview": ("preview", "Read what each network will show, with that network's own count."),
    "plan": ("planning", "Show what scheduling would change. Writes nothing."),
    "schedule": ("planning", "Show the plan, ask, and put exactly that into the queue."),
    "approve": ("review", "Read the words that wait for you, and approve them."),
    "reject": ("review", "Say no to the words of a post, and why."),
    "revoke": ("review", "Take your approval back, as long as nothing was sent."),
    "run": ("running", "Publish what comes due, until you stop it."),
    "rehearse": ("running", "Play the whole campaign in seconds, into a folder of files."),
    "status": ("status", "See what went out, what comes next, and what needs a person."),
    "pause": ("control", "Stop posts from going out, at once."),
    "resume": ("control", "Let them go out again."),
    "schema": ("schema", "Print the campaign file's keys for editors, as JSON Schema."),
    "accounts": ("accounts", "Ask the networks whether our keys open the right accounts."),
    "platforms": ("platforms", "See which networks can be published to, and what each carries."),
    "cancel": ("second_chances", "Take posts out of the queue; retry brings them back."),
    "retry": ("second_chances", "Give what failed, was skipped, late or cancelled another chance."),
    "resolve": ("second_chances", "Say whether a post in doubt is there, after you have looked."),
    "audit": ("audit", "Prove what was published, when, and who approved it."),
    "renew": ("renewing", "Start the same campaign for another year, in a new folder."),
    "db": ("db", "Bring a PostgreSQL database up to this version."),
}
LASTING = {"run", "rehearse"}


class Commands(click.Group):
    """Commands that are imported when they are called; `--help` needs only their lines."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        gc.disable()  # a short command ends before its garbage counts: looking for it costs a tenth
        module = importlib.import_module(f"campaign.cli.{COMMANDS[cmd_name][0]}")
        if cmd_name in LASTING:
            gc.enable()
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_module, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            ctx.fail(f'There is no command "{args[0]}".{hint}')
        return super().resolve_command(ctx, args)


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExample:  campaign init --statement FILE\n          campaign init --example",
)
@click.version_option(__version__, message="campaign %(version)s")
def campaign() -> None:
    """Social campaigns as code: plan, review, publish, prove."""


def main() -> None:
    """The `campaign` command: 0 fine, 1 a problem in content, data or the world, 2 wrong usage."""
    # Zone data of the tzdata package, not the system's, which may be years old. Read on import.
    os.environ.setdefault("PYTHONTZPATH", "")
    sys.exit(_run())


def _run() -> int:
    from campaign.errors import CampaignError, ContentError, UsageError

    try:
        code = campaign.main(prog_name="campaign", standalone_mode=False)
    except click.ClickException as error:
        return _explain(error)
    except (click.Abort, KeyboardInterrupt):
        _say("\nStopped.")
    except ContentError as error:
        _say(_problems(error))
    except UsageError as error:
        _say(_folded(str(error)))
        return 2
    except CampaignError as error:
        _say(_folded(str(error)))
    except BrokenPipeError:
        # The reader of our output went away (`campaign audit | head`): nothing to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # noqa: BLE001  (a person never meets a traceback)
        _say(_folded(_own_fault(error)))
    else:
        return code if isinstance(code, int) else 0
    return 1


def _explain(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return error.exit_code
    _say(error.format_message())
    context = error.ctx if isinstance(error, click.UsageError) else None
    named = [word for word in sys.argv[1:2] if word in COMMANDS]
    path = context.command_path if context else " ".join(["campaign", *named])
    _say(f"\nNext: {path} --help")
    return error.exit_code


def _problems(error: ContentError) -> str:
    """Every problem, and the command to give again once they are mended."""
    import shlex

    from campaign.cli.words import width
    from campaign.config.problems import render

    number = len(error.problems)
    typed = shlex.join(["campaign", *sys.argv[1:]])
    again = typed if len(typed) <= 60 and typed.isprintable() else f"campaign {sys.argv[1]}"
    which = "it" if number == 1 else f"1–{number}"
    return (
        f"{render(error.problems, width=width())}\n\n"
        f"Next: mend {which} and run  {again}  again. Nothing was written or sent."
    )


def _folded(text: str) -> str:
    """On a screen as wide as it is, with a command to paste on one line; a script gets one line."""
    if not sys.stderr.isatty():
        return text
    from campaign.cli.words import paragraph, width

    return "\n".join(line for one in text.splitlines() for line in paragraph(one, width()))


def _own_fault(error: Exception) -> str:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="campaign-fault-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(error, file=file)
    return (
        f"This is a fault in campaign itself ({type(error).__name__}), not in your files."
        f" What happened is written in {file.name}: please send it to whoever looks after"
        " campaign for you."
    )


def _say(text: str) -> None:
    click.echo(text, err=True)
