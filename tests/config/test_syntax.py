"""YAML's traps: one each, with the line and the words."""

import time

import pytest

from tests.config.conftest import Load, Refuse, yaml_with


@pytest.mark.parametrize(
    ("text", "line", "column", "what", "mend"),
    [
        (
            "a: 1\nb:\n\tc: d\n",
            3,
            1,
            "A tab. YAML wants spaces: two before c.",
            '"campaign check --fix" replaces the tab in this file.',
        ),
        ("a:\tb\n", 1, 3, "A tab. YAML wants a space here.", "campaign check --fix"),
        (
            "handle: @UN\n",
            1,
            9,
            'A value cannot start with "@" in YAML.',
            "Write UN; we add the @.",
        ),
        ("x: {handle: @UN, a: b}\n", 1, 13, 'cannot start with "@"', "Write UN; we add the @."),
        ("a: `b`\n", 1, 4, 'A value cannot start with "`"', 'Put it in quotes: "`b`".'),
        ("%a\n", 1, 1, 'A value cannot start with "%"', "Put it in quotes"),
        (
            "campaign: Live: the event\n",
            1,
            11,
            '"Live: the event" has a colon, so YAML reads a key.',
            'Put the text in quotes: "Live: the event".',
        ),
        ("a: b\n  c: d\n", 2, 3, "This line is indented", "exactly below the key above"),
        ("a:b\nc: d\n", 1, 2, "There is no space after this colon.", "key: value"),
        ("a: b\nwords\nc: d\n", 2, 1, "This line has no colon", "key: value"),
        ("a: b\nwords\n", 2, 1, "This line has no colon", "key: value"),
        ("a: 'b\nc: d\n", 1, 4, "This quotation mark is never closed.", "Close it"),
        ('a: "b" c\n', 1, 8, "There is more text after the closing quotation mark.", "one pair"),
        ("a: [b, c\nd: e\n", 1, 4, 'What "[" opens here is not closed', 'Close it with "]".'),
        ("a: {b: c\nd: e\n", 1, 4, 'What "{" opens here is not closed', 'Close it with "}".'),
        ("a:\n   b: 1\n  c: 2\n", 3, 3, "does not fit under the lines above", "spaces"),
        ("a: - b\n", 1, 4, "A list cannot begin on its key's line.", "on a new line"),
        ('a: "\\q"\n', 1, 6, "a backslash has a meaning of its own", "Write it twice"),
        ("a: b\x07\n", 1, 5, "an invisible control character here (U+0007)", "Delete it"),
        ('a: "\\e[31m"\n', 1, 4, "has an invisible control character (U+001B)", "Delete it"),
        ('a: "\\ud83d"\n', 1, 4, "has an invisible control character (U+D83D)", "Delete it"),
        ("a: &b c\n", 1, 4, "Anchors and aliases", "Write the value out"),
        ("a: *b\n", 1, 4, "Anchors and aliases", "Write the value out"),
        ("a: !!int 3\n", 1, 4, '"!" begins a YAML tag', "Put the text in quotes."),
        ("a: b\n---\nc: d\n", 2, 1, "begins a second document", "delete the line"),
        ("- a\n- b\n", 1, 1, "The file is a list; a campaign file has keys.", "Begin with  id:"),
        ("words\n", 1, 1, "This is a text; a campaign file has keys.", "Begin with  id:"),
        ("? [a]\n: b\n", 1, 3, "A key must be a word.", "in quotes"),
        ("a: " + "[" * 25, 1, 23, "This is nested deeper than 20", ""),
        ("[" * 3000, 1, 1, "more than 200 brackets", ""),
        ("a: b\nx: " + "y" * 10_001, 2, 1, "This line has 10,004 characters", "right file?"),
        ("- x\n" * 12_000, 9998, 3, "more than 10,000 values", ""),
        ("hashtags: [a, #b]\nc: d\n", 1, 15, '"#" starts a comment in YAML', "Write b without it."),
        ("x: {handle: #b}\n", 1, 13, '"#" starts a comment in YAML', "Write b without it."),
    ],
)
def test_yaml_trap(refuse: Refuse, text: str, line: int, column: int, what: str, mend: str) -> None:
    (problem,) = refuse(text)
    assert problem.where == "campaign.yaml"
    assert (problem.line, problem.column) == (line, column)
    assert what in problem.what
    assert mend in problem.mend
    assert problem.excerpt == text.split("\n")[line - 1].replace("\t", "·").replace("\x07", "·")


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("#MigrantsDay", 7),
        ("\n  - #MigrantsDay", 8),
        ("\n  #MigrantsDay", 7),
        ("[a,  #MigrantsDay\n  ]", 7),
    ],
)
def test_swallowed_hashtag_is_the_only_problem(refuse: Refuse, value: str, line: int) -> None:
    (problem,) = refuse(hashtags=value)
    assert problem.line == line
    assert '"#" starts a comment in YAML' in problem.what
    assert "rite MigrantsDay without it." in f"{problem.what} {problem.mend}"


@pytest.mark.parametrize("value", ["[A] #remark", '["#A", "b"]', "[A]   # [x, #y]"])
def test_remarks_and_quotes_are_no_trap(refuse: Refuse, value: str) -> None:
    (problem,) = refuse(hashtags=value, form="wrong")
    assert problem.what == 'form cannot be "wrong".'


def test_a_sign_inside_quotes_is_no_trap(load: Load) -> None:
    assert load(people='{comms: ["No #1"]}').approval.people == {"comms": ("No #1",)}


def test_duplicate_key_names_both_lines(refuse: Refuse) -> None:
    (problem,) = refuse(yaml_with() + "id: other\n")
    assert problem.line == 7
    assert problem.what == '"id" stands twice, in lines 1 and 7.'


def test_tabs_are_counted(refuse: Refuse) -> None:
    (problem,) = refuse("a:\n\tb: c\n\td: e\n")
    assert problem.what == "A tab. YAML wants spaces: two before b."
    assert problem.mend == '"campaign check --fix" replaces the 2 tabs in this file.'


def test_alias_bomb_is_refused_at_once(refuse: Refuse) -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    started = time.monotonic()
    assert refuse("a0: &a0 lol\n" + levels)
    assert time.monotonic() - started < 20


def test_excerpt_cannot_steer_the_terminal(refuse: Refuse) -> None:
    (problem,) = refuse(campaign="\u202etfel", form="wrong")
    assert "\u202e" not in f"{problem}{problem.excerpt}"
