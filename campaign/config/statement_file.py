"""The files that a campaign names: the statement, the templates. They lie beside the campaign."""

import re
from pathlib import Path, PurePosixPath, PureWindowsPath

from campaign.config.model import CampaignKeys
from campaign.config.problems import nearest, quoted
from campaign.config.report import Report
from campaign.config.tree import Path as Place
from campaign.domain.languages import LANGUAGES

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")
BEGINNING = 4096
USUAL_TEMPLATES = "templates"


def read_statements(report: Report, keys: CampaignKeys) -> dict[str, str]:
    """The files' names as written, by language; no name where the file may not be read."""
    match keys.statement:
        case None:
            if not report.has("statement"):
                report.missing("statement is missing.", "Add  statement: statement.en.md")
            return {}
        case str(name):
            name, language = _named(report, name)
            return {language: name} if language else {}
        case files if not files:
            what = "statement names no file."
            report.key(("statement",), what, "Write  statement: statement.en.md")
    return {
        language: _translation(report, language, name or "")
        for language, name in keys.statement.items()
    }


def code_meant(written: str) -> str:
    """`fr`, where `French` is written."""
    names = {name.lower(): code for code, name in LANGUAGES.items()}
    code = names.get(written.strip().lower())
    return f"Did you mean {code}?" if code else "Write two letters: en, fr, es, ar, ru, zh …"


def _translation(report: Report, language: str, name: str) -> str:
    path = ("statement", language)
    if not LANGUAGE.fullmatch(language):
        what = f"{quoted(language)} is not a language code."
        report.key(path, what, code_meant(language))
    return name if name and _is_inside(report, path, name) else ""


def _named(report: Report, name: str) -> tuple[str, str]:
    language = _language_in(name)
    if not _is_inside(report, ("statement",), name):
        return "", language
    if not language:
        what = f"The name {quoted(name)} does not say in which language it is."
        report.value(("statement",), what, f"Write  statement: {{en: {name}}}")
    return name, language


def beginning(report: Report, name: str) -> str:
    """The statement's first lines, as far as they can be read."""
    try:
        with (report.source.folder / name).open("rb") as file:
            return file.read(BEGINNING).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


def _language_in(name: str) -> str:
    parts = PurePosixPath(name).name.split(".")
    return parts[-2] if len(parts) > 2 and LANGUAGE.fullmatch(parts[-2]) else ""


def read_templates(report: Report, keys: CampaignKeys) -> str:
    """The folder of one's own templates."""
    name = keys.templates
    if name is None or not _is_inside(report, ("templates",), name, is_folder=True):
        return USUAL_TEMPLATES
    return name


def _is_inside(report: Report, path: Place, name: str, *, is_folder: bool = False) -> bool:
    """Only files at or below the campaign's folder: nothing else may end up in a post."""
    windows = PureWindowsPath(name)
    folder = report.source.folder
    file = folder / name
    beside = f"Copy it beside {report.source.file}."
    kind = "folder" if is_folder else "file"
    try:
        if windows.drive or windows.root or ".." in windows.parts:
            problem = (f"{quoted(name)} leads out of the folder.", beside)
        elif not file.resolve().is_relative_to(folder.resolve()):
            problem = (f"{quoted(name)} is a link to a {kind} outside the folder.", beside)
        elif not file.exists():
            problem = (f"There is no {kind} {quoted(name)} here.", _other_name(file))
        elif is_folder is not file.is_dir():
            problem = (f"{quoted(name)} is not a {kind}.", _example(kind))
        elif not (is_folder or file.is_file()):
            problem = (f"{quoted(name)} is not a file.", _example(kind))
        else:
            return True
    except (OSError, ValueError, RuntimeError):  # too long, a loop of links, no permission
        problem = (f"{quoted(name)} cannot be opened.", f"Name a {kind} beside this one.")
    report.value(path, *problem)
    return False


def _example(kind: str) -> str:
    if kind == "folder":
        return "Name the folder that holds your templates."
    return "Name the statement, as in statement.en.md"


def _other_name(path: Path) -> str:
    beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
    found = nearest(path.name, [name for name in beside if not name.endswith((".yaml", ".db"))])
    return f"Did you mean {found[0]}?" if found else "Copy it beside the campaign file."
