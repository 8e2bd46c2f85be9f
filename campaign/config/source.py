"""The campaign file as text: read safely, split into the lines that problems point at."""

import codecs
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from campaign.config.problems import nearest, printable
from campaign.errors import ContentError, Problem

MAX_BYTES = 1024 * 1024
MAX_LINE = 10_000
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as ruamel counts lines
MAGIC = {b"PK\x03\x04": "a Word, Excel or zip file", b"%PDF": "a PDF", b"\xd0\xcf": "a Word file"}
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE_AS = "Save it again as text, with the encoding UTF-8."


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in the file; `line` and `column` count from 1."""

    line: int
    column: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file's text. `file` is its name in messages; `folder` is where it lies."""

    file: str
    folder: Path
    text: str
    lines: tuple[str, ...]
    sha256: str

    def problem(self, spot: Spot, what: str, mend: str = "") -> Problem:
        return Problem(
            where=self.file,
            what=what,
            mend=mend,
            line=spot.line,
            column=spot.column,
            excerpt=printable(self.line(spot.line)),
            width=max(spot.width, 1),
        )

    def line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def spot(self, index: int) -> Spot:
        """The line and column of a character of the text."""
        before = LINE_END.split(self.text[:index])
        return Spot(line=len(before), column=len(before[-1]) + 1)


def read_source(path: Path) -> Source:
    """The campaign file's text. Raises ContentError where it is not text that we can read."""
    data = _bytes(path)
    text = _decoded(path, data)
    source = Source(
        file=printable(path.name),
        folder=path.parent,
        text=text,
        lines=tuple(LINE_END.split(text)),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    for number, line in enumerate(source.lines, start=1):
        if len(line) > MAX_LINE:
            what = f"This line has {len(line):,} characters; a campaign file has short lines."
            raise ContentError([source.problem(Spot(line=number), what, "Is it the right file?")])
    return source


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _refused(
                path, "This is a folder.", f"Name the file in it: {path.name}/campaign.yaml"
            )
        if not path.exists():
            raise _refused(path, "There is no such file.", _other_name(path))
        if not path.is_file():
            raise _refused(path, "This is a device, not a file.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refused(path, f"The file cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise _refused(path, "This cannot be the name of a file.") from error
    if len(data) > MAX_BYTES:
        raise _refused(
            path,
            "The file is larger than 1 MiB; a campaign file has a page.",
            "Is it the right one?",
        )
    return data


def _other_name(path: Path) -> str:
    beside = [other.name for other in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
    found = nearest(path.name, beside)
    return f"Did you mean {found[0]}?" if found else "Begin one with  campaign init"


def _decoded(path: Path, data: bytes) -> str:
    if data.startswith(UTF_16):
        raise _refused(path, 'The file is saved as UTF-16 (Windows calls it "Unicode").', SAVE_AS)
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            raise _refused(path, f"This is {kind}, not a text file.", "Name the campaign.yaml.")
    if data[:400:2].count(0) > 20 or data[1:400:2].count(0) > 20:
        raise _refused(path, "The file is saved as UTF-16, or is not text.", SAVE_AS)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(path, data, error.start) from error
    if "\0" in text:
        raise _refused(path, "This is not a text file: it has NUL bytes.", "Is it the right one?")
    return text


def _not_utf8(path: Path, data: bytes, position: int) -> ContentError:
    """Latin-1 and Windows text, told by the first letter that is not UTF-8."""
    good, rest = data[:position].decode(), data[position:].decode("cp1252", "replace")
    before = LINE_END.split(good)
    line = LINE_END.split(good + rest)[len(before) - 1]
    return ContentError(
        [
            Problem(
                where=printable(path.name),
                what=f'The file is not UTF-8; "{printable(rest[0])}" is Latin-1 or Windows-1252.',
                mend=SAVE_AS,
                line=len(before),
                column=len(before[-1]) + 1,
                excerpt=printable(line[:MAX_LINE]),
            )
        ]
    )


def _refused(path: Path, what: str, mend: str = "") -> ContentError:
    return ContentError([Problem(where=printable(path.name or str(path)), what=what, mend=mend)])


def with_lines(path: Path, problems: Sequence[Problem]) -> list[Problem]:
    """Problems found once the file was read, each with the line its caret points into."""
    if all(problem.excerpt is not None or not problem.line for problem in problems):
        return list(problems)
    source = read_source(path)
    return [
        replace(problem, excerpt=printable(source.line(problem.line)))
        if problem.where == source.file and problem.line and problem.excerpt is None
        else problem
        for problem in problems
    ]
