"""Secrets by reference: `env:NAME`, `file:PATH`, `keyring:SERVICE/NAME`. None is ever kept.

Settings, database and audit hold references only; they are followed when an adapter is made, and
what they lead to lives as long as the adapter. Where an account names no reference for a secret,
it is `env:CAMPAIGN_<ACCOUNT>_<SECRET>`. A file `.env` beside the database, which only its owner
can read, stands in for variables that are not set.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from campaign.domain.reference import default_reference, is_reference
from campaign.errors import CampaignError

ENV_FILE = ".env"
LONGEST = 64 * 1024
_LINE = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)")


class Secrets(Mapping[str, str]):
    """Resolved secrets by name. Printing, formatting or logging it shows the names alone."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Secrets({', '.join(self._values)})"

    def __reduce__(self) -> str:
        raise TypeError("secrets are not written down")


def resolve(
    account: str, settings: Mapping[str, str], names: Iterable[str], folder: Path
) -> Secrets:
    """The secrets that an account's references lead to. `folder` is the database's.

    Raises CampaignError, naming the reference and never what it leads to.
    """
    values = {}
    for name in names:
        reference = settings.get(name) or default_reference(account, name)
        values[name] = _follow(account, name, reference, folder)
    return Secrets(values)


def _follow(account: str, name: str, reference: str, folder: Path) -> str:
    kind, _, rest = reference.partition(":")
    if not is_reference(reference):
        raise CampaignError(
            f"The {name} of {account} is not a reference, and secrets stand in no file of a"
            f" campaign. Write  {name}: {default_reference(account, name)}"
        )
    match kind:
        case "env":
            value = _from_env(rest, folder)
        case "file":
            value = _read(folder / Path(rest).expanduser())
        case _:
            value = _from_keyring(rest)
    value = value.strip()
    if not value:
        raise CampaignError(
            f"The {name} of {account} is missing: {reference} leads to nothing. {_mend(kind, rest)}"
        )
    if not value.isprintable():
        raise CampaignError(f"The {name} of {account} ({reference}) is not one line of text.")
    return value


def _mend(kind: str, rest: str) -> str:
    if kind == "env":
        return f"Set the variable {rest} for the daemon, or write  {rest}=…  into .env"
    if kind == "file":
        return f"Write it into {rest}, then: chmod 600 {rest}"
    return f"Store it: keyring set {rest.replace('/', ' ')}"


def _from_env(name: str, folder: Path) -> str:
    if value := os.environ.get(name):
        return value
    path = folder / ENV_FILE
    return _env_file(_read(path)).get(name, "") if path.exists() else ""


def _env_file(text: str) -> dict[str, str]:
    """NAME=value lines; a value may stand in quotes. Nothing is expanded."""
    found = {}
    for line in text.splitlines():
        if match := _LINE.fullmatch(line.strip()):
            name, value = match[1], match[2].strip()
            if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            found[name] = value
    return found


def _read(path: Path) -> str:
    """A file that only its owner can read, and the owner is who runs this (or root)."""
    try:
        with path.open("rb") as file:
            _refuse_open_to_others(path, os.fstat(file.fileno()))
            return file.read(LONGEST).decode("utf-8")
    except UnicodeDecodeError as error:
        raise CampaignError(f"{path} is not text in UTF-8.") from error
    except OSError as error:
        raise CampaignError(f"{path} could not be read ({error.strerror}).") from error


def _refuse_open_to_others(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise CampaignError(f"{path} is not a file.")
    if os.name != "posix":
        return
    if found.st_mode & 0o077:
        raise CampaignError(
            f"{path} holds secrets, and others on this computer can read it. Close it:"
            f" chmod 600 {path}"
        )
    if found.st_uid not in (os.geteuid(), 0):
        raise CampaignError(f"{path} holds secrets and belongs to somebody else.")


def _from_keyring(rest: str) -> str:
    try:
        import keyring
        import keyring.errors
    except ImportError as error:
        raise CampaignError(
            "The system's keyring needs one more package: pip install keyring"
        ) from error
    service, _, name = rest.partition("/")
    try:
        return keyring.get_password(service, name) or ""
    except keyring.errors.KeyringError:
        failed = CampaignError(f"The system's keyring could not be asked for {rest}.")
    raise failed
