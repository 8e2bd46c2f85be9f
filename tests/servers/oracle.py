"""The networks' own JavaScript libraries, asked over a pipe: thousands of texts cost a second."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class Oracle:
    """twitter-text for X; RichText, lexicons and syntax of @atproto for Bluesky."""

    def __init__(self, node: Path, packages: Path) -> None:
        script = Path(__file__).with_name("oracle.mjs")
        self._process = subprocess.Popen(
            [node, script, packages],
            stdin=subprocess.PIPE,  # its end, when we end, ends the process
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def tweet(self, *texts: str) -> list[dict[str, Any]]:
        """weight, valid, urls (those with a scheme)."""
        return self._ask("tweet", texts)

    def rich_text(self, *texts: str) -> list[dict[str, Any]]:
        """graphemes, bytes, facets (start, end, kind, value; mentions unresolved)."""
        return self._ask("richText", texts)

    def record_problem(self, lexicons: Path, record: dict[str, Any]) -> str | None:
        """Why a record breaks its lexicon, or None."""
        problem: str | None = self._ask(
            "recordProblem", [{"folder": str(lexicons), "record": record}]
        )[0]
        return problem

    def is_valid(self, what: str, *texts: str) -> list[bool]:
        """Whether each text is a tid, handle, datetime or recordkey."""
        return self._ask("isValid", [{"what": what, "text": text} for text in texts])

    def close(self) -> None:
        self._process.communicate()

    def _ask(self, question: str, about: Sequence[object]) -> list[Any]:
        asked, answered = self._process.stdin, self._process.stdout
        assert asked
        assert answered
        asked.write(json.dumps({"question": question, "about": about}) + "\n")
        asked.flush()
        answers: list[Any] = json.loads(answered.readline())
        return answers
