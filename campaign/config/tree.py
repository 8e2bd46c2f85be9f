"""YAML 1.2 to plain data: every scalar as text or None, with the place of each key and value.

The events are read one by one, so depth, size, anchors and tags are refused before they cost.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from campaign.config.problems import quoted
from campaign.config.source import Source, Spot
from campaign.config.syntax import comment_trap, swallowed, syntax_problem
from campaign.errors import ContentError, Problem

Path = tuple[str | int, ...]

MAX_DEPTH = 20
MAX_EVENTS = 10_000
MOST_FATAL = 10
MAX_BRACKETS = 200  # ruamel's pure scanner is quadratic in the brackets open on one line
FALSE_SPACES = re.compile("^ *(?P<false>[\u00a0\u2000-\u200b\u202f\u3000]+) *(?:- |[\\w-]+:)")
NULLS = frozenset(("", "~", "null", "Null", "NULL"))


@dataclass(slots=True, kw_only=True)
class Tree:
    """The file's data. `keys` and `values` say where each path stands; the empty path is all."""

    data: dict[str, Any] = field(default_factory=dict)
    keys: dict[Path, Spot] = field(default_factory=dict)
    values: dict[Path, Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Open:
    """A map or list whose end has not come yet."""

    content: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None


class _Builder:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.tree = Tree()
        self.open: list[_Open] = []
        self.root: object = None
        self.fatal: list[Problem] = []
        self.count = 0
        self.documents = 0

    def take(self, event: Event) -> None:
        self.count += 1
        if self.count > MAX_EVENTS:
            self._stop(event, "The file has more than 10,000 values; a campaign needs about 40.")
        match event:
            case DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self._stop(
                        event,
                        '"---" begins a second document.',
                        "One file, one campaign: delete the line.",
                    )
            case AliasEvent():
                self._refuse_anchor(event)
                self._add(event, "")
            case ScalarEvent():
                self._refuse_anchor_and_tag(event)
                self._add(event, self._text(event))
            case MappingStartEvent() | SequenceStartEvent():
                self._refuse_anchor_and_tag(event)
                self._begin(event)
            case MappingEndEvent() | SequenceEndEvent():
                self.open.pop()

    def _begin(self, event: NodeEvent) -> None:
        if len(self.open) >= MAX_DEPTH:
            self._stop(event, "This is nested deeper than 20; a campaign file needs three.")
        frame = self.open[-1] if self.open else None
        if frame and isinstance(frame.content, dict) and frame.key is None:
            self._stop(
                event, "A key must be a word.", 'Put a text with [ ] or { } in quotes: "[…]".'
            )
        content: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
        path = self._add(event, content)
        self.open.append(_Open(content=content, path=path))

    def _add(self, event: NodeEvent, value: object) -> Path:
        """Put a value, or a key, where it belongs; say under which path."""
        spot = self._spot(event)
        if not self.open:
            self.root = value
            self.tree.values[()] = spot
            return ()
        frame = self.open[-1]
        if isinstance(frame.content, list):
            path = (*frame.path, len(frame.content))
            frame.content.append(value)
        elif frame.key is None:
            frame.key = str(value or "")
            return self._key((*frame.path, frame.key), spot)
        else:
            path = (*frame.path, frame.key)
            frame.content[frame.key] = value
            frame.key = None
        self.tree.values[path] = spot
        return path

    def _key(self, path: Path, spot: Spot) -> Path:
        first = self.tree.keys.setdefault(path, spot)
        if first is not spot:
            lines = f"lines {first.line} and {spot.line}" if first.line < spot.line else "this line"
            what = f"{quoted(path[-1])} stands twice, in {lines}."
            self.tree.problems.append(self.source.problem(spot, what, "Keep one of them."))
        return path

    def _text(self, event: ScalarEvent) -> str | None:
        text: str = event.value
        if event.style is None and text in NULLS:
            return None
        for char in text:
            if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t":
                what = f"This text has an invisible control character (U+{ord(char):04X})."
                self._note(event, what, "Delete it, or type the text anew.")
                break
        return text

    def _refuse_anchor_and_tag(self, event: NodeEvent) -> None:
        if event.anchor:
            self._refuse_anchor(event)
        if getattr(event, "ctag", None):
            self._note(
                event, '"!" begins a YAML tag, which is not read here.', "Put the text in quotes."
            )

    def _refuse_anchor(self, event: NodeEvent) -> None:
        what = "Anchors and aliases (& and *) are not read here."
        self._note(event, what, "Write the value out, or in quotes.")

    def _spot(self, event: Event) -> Spot:
        start, end = event.start_mark, event.end_mark
        line = start.line + 1
        until = end.column if end.line == start.line else len(self.source.line(line).rstrip())
        return Spot(line=line, column=start.column + 1, width=max(until - start.column, 1))

    def _note(self, event: Event, what: str, mend: str) -> None:
        self.fatal.append(self.source.problem(self._spot(event), what, mend))
        if len(self.fatal) == MOST_FATAL:  # a bomb has one cause
            raise ContentError(self.fatal)

    def _stop(self, event: Event, what: str, mend: str = "") -> None:
        self._note(event, what, mend)
        raise ContentError(self.fatal)


def read_tree(source: Source) -> Tree:
    """The file's data and places. Raises ContentError where it is not the YAML we read."""
    _refuse_brackets(source)
    _refuse_false_spaces(source)
    builder = _Builder(source)
    yaml = YAML(typ="safe", pure=True)  # pure: only it has places; 1.2: NO and 09:00 stay text
    yaml.version = "1.2"
    try:
        for event in yaml.parse(source.text):
            builder.take(event)
    except YAMLError as error:
        raise ContentError([*builder.fatal, syntax_problem(source, error)]) from error
    if builder.fatal:
        raise ContentError(builder.fatal)
    builder.tree.data = _root(source, builder)
    builder.tree.problems += [comment_trap(source, *trap) for trap in swallowed(source)]
    return builder.tree


def _root(source: Source, builder: _Builder) -> dict[str, Any]:
    match builder.root:
        case dict():
            return builder.root
        case None:
            what, mend = "The file is empty.", "Begin a campaign with  campaign init"
            raise ContentError([Problem(where=source.file, what=what, mend=mend)])
        case list():
            what = "The file is a list; a campaign file has keys."
        case _:
            what = "This is a text; a campaign file has keys."
    spot = builder.tree.values[()]
    raise ContentError(
        [source.problem(spot, what, "Begin with  id: and a name, such as  id: imd-2021")]
    )


def _refuse_false_spaces(source: Source) -> None:
    """Before a key, what a web page or a word processor puts in a space's place."""
    for number, line in enumerate(source.lines, start=1):
        if found := FALSE_SPACES.match(line):
            start, end = found.span("false")
            many = "1 space" if end - start == 1 else f"{end - start} spaces"
            code = f"U+{ord(line[start]):04X}"
            what = f"These are not spaces ({code}), though they look so."
            spot = Spot(line=number, column=start + 1, width=end - start)
            mend = f"Type {many} in their place."
            raise ContentError([source.problem(spot, what, mend)])


def _refuse_brackets(source: Source) -> None:
    for number, line in enumerate(source.lines, start=1):
        if line.count("[") + line.count("{") > MAX_BRACKETS:
            what = "This line has more than 200 brackets; a campaign file needs two."
            raise ContentError([source.problem(Spot(line=number), what)])
