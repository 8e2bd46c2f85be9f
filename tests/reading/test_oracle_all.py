"""Every statement beside the checkout: right, stopped with the right lists to pick, or wrong."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from campaign.errors import ContentError
from campaign.reading.choice import UndecidedError
from campaign.reading.extract import read_statement
from campaign.reading.observances import load_observances


def statements(shared: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for oracle in sorted((shared / "statements").glob("*.expected.json")):
        expected = json.loads(oracle.read_text("utf-8"))
        stem = oracle.name.removesuffix(".expected.json")
        for ending in (".txt", ".md"):
            path = oracle.with_name(stem + ending)
            if path.is_file():
                yield path, expected


def texts(recommendations: list[Any]) -> list[str]:
    found = (item if isinstance(item, str) else item["text"] for item in recommendations)
    return [" ".join(text.split()) for text in found]


def verdict(path: Path, expected: dict[str, Any]) -> tuple[str, str]:
    """One of right, stopped, wrong; and what was found."""
    wanted = texts(expected["recommendations"])
    language = expected["language"]
    observances = load_observances()
    try:
        statement = read_statement(path, language=language, observances=observances)
    except UndecidedError as error:
        pick = [
            one.number for one in error.candidates if set(texts(list(one.items))) <= set(wanted)
        ]
        statement = read_statement(
            path, language=language, observances=observances, pick=pick or [0]
        )
        found = texts([item.text for item in statement.recommendations])
        return ("stopped" if found == wanted and pick else "wrong"), f"pick {pick}: {error}"
    except ContentError as error:
        return "wrong", str(error)
    found = texts([item.text for item in statement.recommendations])
    return ("right" if found == wanted else "wrong"), json.dumps(found, ensure_ascii=False)


def test_no_statement_is_read_wrong(shared: Path) -> None:
    table = [(path.name, *verdict(path, expected)) for path, expected in statements(shared)]
    assert not [row for row in table if row[1] == "wrong"]
    counts = Counter(judgement for name, judgement, _ in table if name.endswith(".txt"))
    assert counts["right"] >= 15
    assert counts.total() == 18


def test_no_decoy_is_offered_as_a_sure_list(shared: Path) -> None:
    for path, expected in statements(shared):
        decoys = set(texts(expected["not_recommendations"]))
        try:
            statement = read_statement(
                path, language=expected["language"], observances=load_observances()
            )
        except ContentError:
            continue
        assert not decoys & set(texts([item.text for item in statement.recommendations]))


@pytest.mark.parametrize("number", ["02", "11", "15"])
def test_the_headline_and_the_day_are_read(shared: Path, number: str) -> None:
    for path, expected in statements(shared):
        if path.name.startswith(number) and path.suffix == ".txt":
            language = expected["language"]
            try:
                statement = read_statement(path, language=language, observances={})
            except UndecidedError as error:
                pick = [one.number for one in error.candidates]
                statement = read_statement(path, language=language, observances={}, pick=pick)
            assert expected["headline"] in statement.headline.text
