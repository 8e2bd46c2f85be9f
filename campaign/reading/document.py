"""The statement's file to its text: everything that can be wrong with a file, as a sentence."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from campaign.domain.statement import Place
from campaign.errors import ContentError, Problem
from campaign.reading.blocks import Block, piece
from campaign.reading.readers.scalar import unquoted

LIMIT = 1 << 20
LONGEST_PARAGRAPH = 50_000
SAVE_AS_UTF8 = "Save the statement as UTF-8 text and try again."
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
TITLE = re.compile(r"^title:[ \t]*(?P<title>\S.*(?:\n[ \t]+\S.*){0,5})$", re.MULTILINE)
SHORTCODE = re.compile(r"\{\{[<%][^{}\n]{0,300}[%>]\}\}")
MARKDOWN = re.compile(
    r"\A---[ \t]*\n|^#{1,6} \S|^> |\*\*\S|^\|?[ \t]*:?-{3,}:?[ \t]*\|", re.MULTILINE
)
COMMENT = re.compile(r"^[ \t]*<!--(?:(?!-->)[\s\S]){0,5000}-->[ \t]*$", re.MULTILINE)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file's blocks, and the hash of its bytes. `title` stood above them, in front matter."""

    file: str
    sha256: str
    blocks: tuple[Block, ...]
    title: Block | None = None


def read_document(path: Path) -> Document:
    """Raises ContentError when there is no such text."""
    _check_ending(path)
    data = _bytes(path)
    text = _decoded(path, data).removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise _problem(path, "The file is empty.", "Put the statement's text into it.")
    _check_paragraphs(path, text)
    read = _reader(path, text)
    title = _title(text, path.name)
    text = COMMENT.sub(_blank, FRONT_MATTER.sub(_blank, text))
    text = SHORTCODE.sub(lambda found: " " * len(found[0]), text)
    return Document(
        file=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=tuple(read(text, path.name)),
        title=title,
    )


def _reader(path: Path, text: str) -> Callable[[str, str], list[Block]]:
    """Markdown in a .txt file is read as Markdown."""
    if path.suffix.lower() == ".txt" and not MARKDOWN.search(text):
        from campaign.reading.readers.text import read_text

        return read_text
    from campaign.reading.readers.markdown import read_markdown

    return read_markdown


def _title(text: str, file: str) -> Block | None:
    front = FRONT_MATTER.match(text)
    found = TITLE.search(front[0]) if front else None
    if found is None:
        return None
    title = unquoted(found["title"])
    line = text.count("\n", 0, found.start()) + 1
    return piece(title, Place(file=file, line=line, column=8)) if title else None


def _check_ending(path: Path) -> None:
    if path.suffix.lower() in {".txt", ".md"}:
        return
    what = f'A statement that ends in "{path.suffix}" cannot be read: only .md and .txt can.'
    if not path.suffix:
        what = "The file's name has no ending, so I cannot tell how to read it."
    raise _problem(path, what, "Save it as Markdown (.md) or plain text (.txt).")


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _problem(path, "This is a folder, not a statement.", "Name a file inside it.")
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except FileNotFoundError:
        raise _problem(
            path, "There is no such file.", "Check its name, or put the statement there."
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _problem(
            path, f"The file cannot be opened: {reason}.", "Mend that, or name another file."
        ) from None
    if len(data) > LIMIT:
        raise _problem(
            path,
            "The file is larger than 1 MiB; a statement's text is far smaller.",
            "Check that this is the statement, and leave only its text.",
        )
    return data


def _decoded(path: Path, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _problem(path, "The file is UTF-16 text, not UTF-8.", SAVE_AS_UTF8)
    if CONTROL.search(data) or data.startswith(b"%PDF"):
        raise _problem(
            path, "The file is not text: it holds binary data.", "Save its text as .md or .txt."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        what = f"The file is not UTF-8: the byte {byte:#04x} here means nothing in it."
        raise _problem(path, what, SAVE_AS_UTF8, line=line) from None


def _check_paragraphs(path: Path, text: str) -> None:
    """Markdown takes a paragraph's length squared: a file without blank lines would hang."""
    line = 1
    for paragraph in re.split(r"(\n[ \t]*\n)", text):
        if len(paragraph) > LONGEST_PARAGRAPH and paragraph.strip():
            what = (
                f"The paragraph that begins here is longer than {LONGEST_PARAGRAPH:,} characters."
            )
            mend = "Put blank lines between the paragraphs."
            raise _problem(path, what, mend, line=line)
        line += paragraph.count("\n")


def _blank(found: re.Match[str]) -> str:
    """As many lines as before, so that the rest keeps its places."""
    return "\n" * found[0].count("\n")


def _problem(path: Path, what: str, mend: str, line: int | None = None) -> ContentError:
    return ContentError([Problem(where=path.name or str(path), what=what, mend=mend, line=line)])
