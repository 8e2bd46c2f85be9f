"""`python -m tests.platforms.matrix`: each adapter against each item of the contract, in Markdown.

The tests are run; a cell says how many cases passed, `–` that the item is not for this network.
"""

import sys
from collections import Counter, defaultdict

import pytest

from campaign.testing import PlatformContract
from tests.platforms.networks import NETWORKS


class Book:
    """What came of every test of the contract, by item and adapter."""

    def __init__(self) -> None:
        self.cells: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(
            lambda: defaultdict(Counter)
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            file, kind, *rest = report.nodeid.split("::")
            item = (rest[-1] if rest else kind).partition("[")[0]
            name = self._named(file, kind)
            if name and hasattr(PlatformContract, item):
                self.cells[item][name][report.outcome] += 1

    def _named(self, file: str, kind: str) -> str | None:
        for name, stand in NETWORKS.items():
            if stand.__qualname__ == kind and f"{stand.__module__.rpartition('.')[2]}.py" in file:
                return name
        return None

    def table(self) -> str:
        lines = ["| contract | " + " | ".join(NETWORKS) + " |", "|---" * (len(NETWORKS) + 1) + "|"]
        for item, row in self.cells.items():
            words = item.removeprefix("test_").replace("_", " ")
            lines.append(f"| {words} | " + " | ".join(_cell(row[name]) for name in NETWORKS) + " |")
        return "\n".join(lines)


def _cell(came: Counter[str]) -> str:
    if came["failed"]:
        return f"**{came['failed']} failed**"
    return str(came["passed"]) if came["passed"] else "–"


def main() -> int:
    book = Book()
    code = pytest.main(["-qq", "--no-header", "tests/platforms"], [book])
    print(book.table())
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
