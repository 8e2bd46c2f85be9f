"""How problems look."""

from campaign.config.problems import did_you_mean, listed, nearest, quoted, render
from campaign.errors import Problem

LINE = "  un-x-fr: {platform: x, handle: UNMigrationFR, langauge: fr}"


def problem(**changes: object) -> Problem:
    values: dict[str, object] = {
        "where": "campaign.yaml",
        "what": '"langauge" is not a key of an account.',
        "mend": "Did you mean language?",
        "line": 12,
        "column": LINE.index("langauge") + 1,
        "excerpt": LINE,
        "width": 8,
    }
    return Problem(**{**values, **changes})  # type: ignore[arg-type]


def test_render_as_in_the_papers() -> None:
    assert render([problem(), problem(line=22)], title="International Migrants Day 2026") == (
        f"{'campaign.yaml · International Migrants Day 2026':<89} 2 problems\n\n"
        ' 1  campaign.yaml:12:49  "langauge" is not a key of an account. Did you mean language?\n'
        "      12 │   un-x-fr: {platform: x, handle: UNMigrationFR, langauge: fr}\n"
        "         │                                                 ^^^^^^^^\n\n"
        ' 2  campaign.yaml:22:49  "langauge" is not a key of an account. Did you mean language?\n'
        "      22 │   un-x-fr: {platform: x, handle: UNMigrationFR, langauge: fr}\n"
        "         │                                                 ^^^^^^^^"
    )


def test_render_without_a_line() -> None:
    text = render([problem(line=None, column=None, excerpt=None)])
    assert text.splitlines()[0].endswith("1 problem")
    assert text.splitlines()[2:] == [
        ' 1  campaign.yaml  "langauge" is not a key of an account. Did you mean language?'
    ]


def test_a_long_mend_stands_below_the_caret() -> None:
    lines = render([problem(mend="word " * 40)]).splitlines()
    assert lines[5].startswith("    word word")
    assert max(map(len, lines)) <= 100


def test_lines_of_a_mend_stay_lines() -> None:
    lines = render([problem(mend="First.\nSecond.")]).splitlines()
    assert lines[5:] == ["    First.", "    Second."]


def test_a_long_line_is_cut_around_the_caret() -> None:
    lines = render(
        [problem(excerpt="a" * 500 + "HERE" + "b" * 500, column=501, width=4)]
    ).splitlines()
    shown, caret = lines[3], lines[4]
    assert len(shown) <= 100
    assert shown[caret.index("^") : caret.rindex("^") + 1] == "HERE"


def test_wide_letters_move_the_caret() -> None:
    lines = render([problem(excerpt="campaign: 国际移徙者日 x", column=18, width=1)]).splitlines()
    assert lines[4].index("^") == lines[3].index("x") + 6


def test_words() -> None:
    assert nearest("recomendations", ["recommendation", "recommendations"]) == ["recommendations"]
    assert nearest("x" * 1000, ["x" * 1000]) == []
    assert did_you_mean("zz", ["headline"], "No.") == "No."
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    assert listed([]) == ""
    assert quoted("a\x1b[31m") == '"a·[31m"'
    assert len(quoted("a" * 100)) == 62
