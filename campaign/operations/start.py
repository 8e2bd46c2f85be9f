"""`init`: a folder with a campaign file and a statement, from a few answers."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path

from campaign.config.blank import blank_campaign
from campaign.config.calendar_line import DEFAULT
from campaign.domain.statement import Statement
from campaign.errors import CampaignError
from campaign.operations.answers import Day
from campaign.reading.extract import read_statement
from campaign.reading.observances import load_observances
from campaign.shipped import folder as shipped_folder

FILE = "campaign.yaml"
EXAMPLE = "international-migrants-day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What `init` asks. `accounts` maps a platform to the handle on it."""

    statement: Path
    language: str
    day: Day
    zone: str
    link: str | None
    accounts: Mapping[str, str]


def look_at(statement: Path, language: str) -> Statement:
    """The statement as it reads. Raises ContentError when it cannot be read."""
    return read_statement(statement, language=language, observances=load_observances())


def statements_in(folder: Path) -> list[str]:
    """Files that may be a statement, by name."""
    try:
        return sorted(file.name for file in folder.iterdir() if file.suffix in (".md", ".txt"))
    except OSError:
        return []


def refuse_taken(folder: Path) -> None:
    """Raises CampaignError where a campaign is already."""
    _free(folder, FILE)


def start(folder: Path, answers: Answers) -> Path:
    """Write `campaign.yaml` and a copy of the statement; returns the campaign file's path.

    Raises CampaignError rather than overwrite anything.
    """
    statement = look_at(answers.statement, answers.language)
    name = f"statement.{answers.language}{answers.statement.suffix}"
    text = blank_campaign(
        id=answers.day.id,
        title=answers.day.title,
        day_line=answers.day.line,
        timezone=answers.zone,
        statement_name=name,
        link=answers.link,
        accounts=answers.accounts,
        calendar=usual_calendar(statement),
    )
    file = _free(folder, FILE)
    copy = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not copy.exists() or not copy.samefile(answers.statement):
            shutil.copyfile(answers.statement, _free(folder, name))
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise _unwritable(folder, error) from error
    return file


def usual_calendar(statement: Statement) -> list[str]:
    """The usual calendar, without the lines this statement has nothing for.

    Many recommendations follow each other faster, so that all of them fit into the day.
    """
    calls, quotes = len(statement.recommendations), len(statement.quotes)
    there = {
        " fact": bool(statement.facts),
        " quote 1": quotes > 0,
        " quote 2": quotes > 1,
        " recommendations": calls > 0,
        " roundup": calls > 0,
    }
    paces = {"2h": 8, "1h": 16, "30m": 32, "15m": 64, "5m": 190, "1m": 950}
    pace = next((pace for pace, most in paces.items() if calls <= most), "1m")
    lines = [
        line for line in DEFAULT if all(has or word not in line for word, has in there.items())
    ]
    return [line.replace("every 2h", f"every {pace}") for line in lines]


def start_example(folder: Path) -> Path:
    """Copy the shipped campaign; returns the campaign file's path. Overwrites nothing."""
    _free(folder, FILE)
    try:
        with as_file(shipped_folder("messages") / EXAMPLE) as example:
            # copyfile: a read-only original must not make a read-only copy
            shutil.copytree(example, folder, copy_function=shutil.copyfile, dirs_exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return folder / FILE


def _free(folder: Path, name: str) -> Path:
    path = folder / name
    if path.exists():
        raise CampaignError(
            f"{path} is there already, so nothing was written. Name another folder."
        )
    return path


def _unwritable(folder: Path, error: OSError) -> CampaignError:
    return CampaignError(f"{folder} cannot be written ({error.strerror}). Name another folder.")
