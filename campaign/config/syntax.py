"""What YAML's parser stumbles over, said in words a press officer can act on."""

import re
from collections.abc import Iterator

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from campaign.config.problems import printable, quoted
from campaign.config.source import Source, Spot
from campaign.errors import Problem

QUOTES = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
SWALLOWED = re.compile(r"^\s*(?:- )?[\w.-]+:\s*[\[{][^\]}]*?[\s,\[{]#(?P<word>[^\s#,\]}]+)")
NO_SPACE = re.compile(r"(?P<key>[a-z]+):[^\s:/]")
KEY = re.compile(r"^\s*(?:- )?(?P<key>[^\s:#][^:#]*):\s+(?P<text>\S.*)$")


def syntax_problem(source: Source, error: YAMLError) -> Problem:
    """The one place where reading stopped, and why."""
    if isinstance(error, ReaderError):
        return _control_character(source, error)
    if not isinstance(error, MarkedYAMLError) or not (error.problem_mark or error.context_mark):
        return Problem(where=source.file, what="The file is not YAML that we can read.")
    mark = error.problem_mark or error.context_mark
    spot = Spot(line=mark.line + 1, column=mark.column + 1)
    trap = next((trap for trap in swallowed(source) if trap[0].line <= spot.line), None)
    if trap:
        return comment_trap(source, *trap)
    return _scanned(source, spot, str(error.problem)) or _structure(source, spot, error)


def _scanned(source: Source, spot: Spot, problem: str) -> Problem | None:
    """A character, or a colon, that cannot stand where it stands."""
    if "'\\t'" in problem:
        return _tab(source, spot)
    if found := re.search(r"found character '(.)' that cannot start", problem):
        return _first_character(source, spot, found[1])
    if "are not allowed here" in problem:
        return _not_here(source, spot, problem)
    return None


def _structure(source: Source, spot: Spot, error: MarkedYAMLError) -> Problem:
    """Brackets, quotes and lines that do not fit together."""
    problem, context = str(error.problem), str(error.context)
    if error.context_mark:
        opened = Spot(line=error.context_mark.line + 1, column=error.context_mark.column + 1)
        if found := _never_closed(source, opened, problem, context):
            return found
    what, mend = f"YAML cannot be read here: {printable(problem)}.", ""
    if "but found '<scalar>'" in problem:
        what = "There is more text after the closing quotation mark."
        mend = 'Put all of it in one pair: "It\'s our day".'
    elif "unknown escape" in problem:
        what = 'Inside "…" a backslash has a meaning of its own.'
        mend = "Write it twice, or use '…' around the text."
    elif "<document start>" in problem and (number := _directive(source)):
        return _first_character(source, Spot(line=number), "%")
    elif "<document start>" in problem and (key := NO_SPACE.match(source.line(spot.line - 1))):
        spot = Spot(line=spot.line - 1, column=key.end("key") + 1)
        what, mend = "There is no space after this colon.", "Write one: key: value"
    elif "expected <block end>" in problem or "<document start>" in problem:
        what = "This line does not fit under the lines above it."
        mend = "Begin it exactly below its neighbours, with spaces."
    return source.problem(spot, what, mend)


def _never_closed(source: Source, opened: Spot, problem: str, context: str) -> Problem | None:
    """A bracket, a quotation mark or a key that was begun and not ended."""
    if "quoted" in context and "end of stream" in problem:
        what = "This quotation mark is never closed."
        return source.problem(opened, what, "Close it, or delete it.")
    bracket = source.line(opened.line)[opened.column - 1 : opened.column]
    if "while parsing a flow" in context and bracket in ("[", "{"):
        what = f'What "{bracket}" opens here is not closed, or lacks a comma.'
        return source.problem(opened, what, f'Close it with "{"]" if bracket == "[" else "}"}".')
    if "could not find expected ':'" in problem:
        return _no_colon(source, Spot(line=opened.line, width=len(source.line(opened.line))))
    return None


def _directive(source: Source) -> int:
    lines = enumerate(source.lines, start=1)
    return next((number for number, line in lines if line.startswith("%")), 0)


def swallowed(source: Source) -> Iterator[tuple[Spot, str]]:
    """Words lost because "#" begins a comment inside [ ] or { }."""
    for number, line in enumerate(source.lines, start=1):
        if "#" not in line:
            continue
        bare = QUOTES.sub(lambda found: "_" * len(found[0]), line)
        if found := SWALLOWED.match(bare):
            start = found.start("word")
            yield (
                Spot(line=number, column=start, width=found.end("word") - start + 1),
                found["word"],
            )


def comment_trap(source: Source, spot: Spot, word: str) -> Problem:
    what = '"#" starts a comment in YAML, so what follows is lost.'
    return source.problem(spot, what, f"Write {printable(word)[:60]} without it.")


def _control_character(source: Source, error: ReaderError) -> Problem:
    spot = source.spot(error.position)
    code = ord(error.character) if isinstance(error.character, str) else int(error.character)
    what = f"There is an invisible control character here (U+{code:04X})."
    return source.problem(spot, what, "Delete it, or type the line anew.")


def _tab(source: Source, spot: Spot) -> Problem:
    rest = source.line(spot.line)[spot.column - 1 :]
    tabs = len(rest) - len(rest.lstrip("\t"))
    spot = Spot(line=spot.line, column=spot.column, width=max(tabs, 1))
    count = sum(line[: len(line) - len(line.lstrip())].count("\t") for line in source.lines)
    many = "the tab" if count < 2 else f"the {count} tabs"
    word = re.split(r"[:\s]", rest.strip())[0]
    if spot.column == 1 + len(source.line(spot.line)) - len(source.line(spot.line).lstrip(" ")):
        what = f"A tab. YAML wants spaces: two before {printable(word)[:40]}."
    else:
        what = "A tab. YAML wants a space here."
    return source.problem(spot, what, f'"campaign check --fix" replaces {many} in this file.')


def _first_character(source: Source, spot: Spot, char: str) -> Problem:
    text = re.split(r"[,}\]]|\s+#", source.line(spot.line)[spot.column - 1 :])[0].strip()
    spot = Spot(line=spot.line, column=spot.column, width=len(text))
    what = f'A value cannot start with "{char}" in YAML.'
    if char == "@":
        return source.problem(spot, what, f"Write {printable(text.strip('@'))}; we add the @.")
    return source.problem(spot, what, f'Put it in quotes: "{printable(text)}".')


def _not_here(source: Source, spot: Spot, problem: str) -> Problem:
    line = source.line(spot.line)
    found = KEY.match(line)
    if "sequence entries" in problem:
        return source.problem(
            spot, "A list cannot begin on its key's line.", "Put each - on a new line."
        )
    if found and found.end("key") < spot.column - 1:
        text = found["text"].rstrip()
        start = found.start("text")
        spot = Spot(line=spot.line, column=start + 1, width=len(text))
        what = f"{quoted(text)} has a colon, so YAML reads a key."
        return source.problem(spot, what, f"Put the text in quotes: {quoted(text)}.")
    above = source.line(spot.line - 1)
    if ":" in above and ": " not in above.rstrip() + " ":
        spot = Spot(line=spot.line - 1, column=above.index(":") + 1)
        return source.problem(spot, "There is no space after this colon.", "Write one: key: value")
    if above.strip() and ":" not in above:
        return _no_colon(source, Spot(line=spot.line - 1, width=len(above)))
    start = len(line) - len(line.lstrip())
    spot = Spot(line=spot.line, column=start + 1, width=max(spot.column - 1 - start, 1))
    what = "This line is indented, so YAML reads it as part of the text above."
    return source.problem(spot, what, "Begin it exactly below the key above.")


def _no_colon(source: Source, spot: Spot) -> Problem:
    what = "This line has no colon, so YAML finds no key in it."
    return source.problem(spot, what, "Write  key: value  or put # before a remark.")
