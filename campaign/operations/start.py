"""`init`: a folder with a campaign file and a statement, from a few answers."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path

from campaign.config.blank import blank_campaign
from campaign.domain.observance import Observance
from campaign.errors import CampaignError
from campaign.reading.extract import read_statement
from campaign.reading.observances import load_observances
from campaign.shipped import folder as shipped_folder

FILE = "campaign.yaml"
EXAMPLE = "international-migrants-day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What `init` asks. `day` is `NAME YEAR` or a date; `accounts` maps platform to handle."""

    statement: Path
    language: str
    id: str
    title: str
    day_line: str
    zone: str
    link: str | None
    accounts: Mapping[str, str]


def suggest_day(statement: Path, language: str) -> Observance | None:
    """The observance the statement names. Raises ContentError when it cannot be read."""
    observances = load_observances()
    read = read_statement(statement, language=language, observances=observances)
    return observances.get(read.observance or "")


def start(folder: Path, answers: Answers) -> Path:
    """Write `campaign.yaml` and a copy of the statement; returns the campaign file's path.

    Raises CampaignError rather than overwrite anything.
    """
    name = f"statement.{answers.language}{answers.statement.suffix}"
    text = blank_campaign(
        id=answers.id,
        title=answers.title,
        day_line=answers.day_line,
        timezone=answers.zone,
        statement_name=name,
        link=answers.link,
        accounts=answers.accounts,
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


def start_example(folder: Path) -> Path:
    """Copy the shipped campaign; returns the campaign file's path. Overwrites nothing."""
    _free(folder, FILE)
    try:
        with as_file(shipped_folder("messages") / EXAMPLE) as example:
            shutil.copytree(example, folder, dirs_exist_ok=True)
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
