"""Files that are no statement: one sentence each, at its place, never a traceback."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from campaign.errors import ContentError, Problem
from campaign.reading.extract import read_statement
from campaign.reading.words import WORDS

ENDINGS = st.sampled_from([".md", ".txt"])


def problem(path: Path, language: str = "en") -> Problem:
    with pytest.raises(ContentError) as error:
        read_statement(path, language=language, observances={})
    (found,) = error.value.problems
    assert found.mend.endswith(".")
    assert found.where == path.name
    return found


@pytest.mark.parametrize(
    ("name", "content", "sentence", "line"),
    [
        ("empty.md", b"", "empty", None),
        ("blank.txt", b" \n\t\n\xef\xbb\xbf"[:4], "empty", None),
        ("latin.txt", b"Title of it\n\nCaf\xe9\n", "0xe9", 3),
        ("wide.txt", "Title".encode("utf-16"), "UTF-16", None),
        ("image.md", b"\x89PNG\x00\x01", "binary", None),
        ("paper.txt", b"%PDF-1.7\n", "binary", None),
        ("large.txt", b"a b\n\n" * 220_000, "1 MiB", None),
        ("wall.md", b"Title\n\n" + b"[" * 60_000, "longer than 50,000", 3),
        ("paper.pdf", b"%PDF-1.7\n", '".pdf"', None),
        ("statement", b"Title\n", "no ending", None),
    ],
)
def test_a_file_that_cannot_be_read(
    tmp_path: Path, name: str, content: bytes, sentence: str, line: int | None
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = problem(path)
    assert sentence in found.what
    assert found.line == line


def test_a_missing_file(tmp_path: Path) -> None:
    assert "no such file" in problem(tmp_path / "none.md").what


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    assert "folder" in problem(tmp_path / "folder.md").what


def test_another_language(tmp_path: Path) -> None:
    path = tmp_path / "statement.de.md"
    path.write_text("Titel\n\nText.\n", "utf-8")
    assert '"de"' in problem(path, language="de").what


PIECES = st.sampled_from(
    [
        *(
            "We urge States to:",
            "- ",
            "\n\n",
            "(a) ",
            "“",
            "”",
            "¹",
            "[1]",
            "14,000",
            ":",
            ";",
            "|",
        ),
        *(
            "said Ann Li",
            "First, we call on all",
            "(i) ",
            "(ii) ",
            "# ",
            "**",
            "<li>",
            "1. ",
            "---\n",
        ),
        *(
            "Nous appelons à :",
            "L'Alliance, réunie, exhorte les États et l'Union à ",
            "pide a los Gobiernos y a las empresas que ",
            "настоятельно призывает государства и власти принять ",
            "تدعو شبكة المياه الدول إلى ",
            "敦促各国和企业、媒体",
            "« ",
            " »",
            "Instamos a:",
            "Мы призываем:",
            "заявил",
            "ندعو إلى:",
            "؛",
        ),
        *("我们呼吁：", "一、", "；", "表示：", "٣", "①", "title: ", "{{< x >}}", "|---|"),
    ]
)


@settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text()), max_size=40).map("".join)),
    ending=ENDINGS,
    language=st.sampled_from(sorted(WORDS)),
)
@example(text="A b c\n\nWe urge States to:\n\n-\n- \n", ending=".md", language="en")
@example(text="A b c\n\nWe urge States to:\n\n- ;\n- .\n", ending=".txt", language="en")
@example(text="> - [](x)\n> - ![a](b)\n\n[x]:", ending=".md", language="en")
def test_any_text_is_read_or_refused(tmp_path: Path, text: str, ending: str, language: str) -> None:
    path = tmp_path / f"any{ending}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(ContentError):
        statement = read_statement(path, language=language, observances={})
        assert all(item.text for item in statement.recommendations)
