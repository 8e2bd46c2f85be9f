"""The problems of one campaign file, each at the place of the key or value that it is about."""

import re
from typing import Any

from campaign.config.fit import Misfit, fit
from campaign.config.model import (
    AccountKeys,
    ApprovalKeys,
    CampaignKeys,
    ClocksKeys,
    FactKeys,
    Keys,
    LateKeys,
    MessageKeys,
)
from campaign.config.problems import did_you_mean, listed, nearest, printable, quoted
from campaign.config.shorthand import spell_out
from campaign.config.source import Source, Spot
from campaign.config.tree import Path, Tree
from campaign.domain.decisions import Entry
from campaign.domain.statement import Place
from campaign.errors import Problem

SHAPES = {
    "accounts": ("one entry for each account", "accounts: {x: {handle: your-name}}"),
    "calendar": (
        "a list, one line for each message",
        '"- D-7 10:00 headline" on a line of its own',
    ),
    "people": ("roles, and for each a list of names", "people: {comms: [a.diallo]}"),
    "approval": ("a group of keys", "approval: {by: [comms]}"),
    "late": ("a group of keys", "late: {after: 1h, then: ask}"),
    "clocks": ("a group of keys", "clocks: {gap: shift, fold: first}"),
    "statement": ("a file name, or one for each language", "statement: statement.en.md"),
    "short": ("a text for each message it shortens", 'short: {recommendation 3: "…"}'),
    "skip": ("a list", "skip: [quote 1]"),
    "links": ("an address, or omit, for each link", 'links: {"the words": https://example.org}'),
    "messages": ("a name and a text for each", 'messages: {thanks: {text: "…"}}'),
    "facts": ("a text and its source for each", 'facts: {1: {text: "…", source: "…"}}'),
    "aged": ("dated or skip for each message", "aged: {fact 1: dated, quote 1: skip}"),
    "mentions": ("handles for each name", "mentions: {iom: {x: UNmigration, name: IOM}}"),
    "pick": ("a list of numbers, or one for each language", "pick: [1]"),
    "plugins": ("a list of platforms", "plugins: [pixelfed]"),
    "groups": ("a name, and its accounts", "groups: {regions: [asia, europe]}"),
    "replace": ("a message of yours for each excerpt", "replace: {recommendation 4: thanks}"),
}
GROUPS: dict[str, tuple[type[Keys], str]] = {
    "accounts": (AccountKeys, "an account"),
    "approval": (ApprovalKeys, "approval"),
    "late": (LateKeys, "late"),
    "clocks": (ClocksKeys, "clocks"),
    "messages": (MessageKeys, "a message"),
    "facts": (FactKeys, "a fact"),
}
CHOICES = {
    "form": ("verbatim", "imperative"),
    "number": ("posted", "source"),
    "voice": ("own", "partner"),
    "then": ("ask", "skip", "send"),
    "gap": ("error", "shift", "earlier"),
    "fold": ("first", "second"),
}
ANYWHERE = "(anywhere)"  # among the spoilt keys: something that has no key of its own
HASH_WORD = re.compile(r"(?:^\s*|\s)#(?P<word>[^\s#,\]}]+)")


class Report:
    """Collects problems. Places are paths into the file's data: `("accounts", "x", "handle")`."""

    def __init__(self, source: Source, tree: Tree) -> None:
        self.source = source
        self.tree = tree
        self.problems: list[Problem] = list(tree.problems)
        self.taken = {(problem.line, problem.column) for problem in tree.problems}
        self.meant = set[Path]()
        self.spoilt = {ANYWHERE} if tree.problems else set[str]()

    def fit(self) -> CampaignKeys:
        """The data as keys; what does not fit is reported and left out."""
        spell_out(self.tree)
        keys, misfits = fit(self.tree.data)
        for misfit in misfits:
            self._misfit(misfit)
        self._empty((), self.tree.data)
        return keys

    def key(self, path: Path, what: str, mend: str = "") -> None:
        self.spoilt.add(str(path[0]))
        self._add(self._spot(self.tree.keys, path), what, mend)

    def value(
        self, path: Path, what: str, mend: str = "", *, offset: int = 0, width: int = 0
    ) -> None:
        """At a value, or at `width` characters of it from `offset` on."""
        self.spoilt.add(str(path[0]))
        spot = self.place(path)
        if width:
            start = self.start_of_text(path)
            if start is not None:
                spot = Spot(line=spot.line, column=start + offset, width=width)
        self._add(spot, what, mend)

    def missing(self, what: str, mend: str) -> None:
        """Something that stands nowhere: no line to show."""
        self.spoilt.add(ANYWHERE)
        self.problems.append(
            Problem(where=self.source.file, what=what, mend=mend, line=1, column=1)
        )

    def has(self, *path: str | int) -> bool:
        """Whether the key is there, or another one that was meant as it."""
        return path in self.tree.keys or path in self.meant

    def place(self, path: Path) -> Spot:
        """Where a value stands; for a group or a list, where its key stands."""
        if isinstance(self._at(path), dict | list) and path in self.tree.keys:
            return self.tree.keys[path]
        return self._spot(self.tree.values, path)

    def start_of_text(self, path: Path) -> int | None:
        """The column where a text's first character stands; None where it is not on one line."""
        spot, text = self.place(path), self._at(path)
        rest = self.source.line(spot.line)[spot.column - 1 :]
        if not isinstance(text, str):
            return None
        if rest.startswith(text):
            return spot.column
        return spot.column + 1 if rest[:1] in "\"'" and rest[1:].startswith(text) else None

    def entry(self, path: Path, text: str, *, at_key: bool = False) -> Entry:
        """A text with its place: for mistakes that show only once the statement is read."""
        spot = self._spot(self.tree.keys, path) if at_key else self.place(path)
        return Entry(
            text=text, place=Place(file=self.source.file, line=spot.line, column=spot.column)
        )

    def in_order(self) -> tuple[Problem, ...]:
        return tuple(sorted(self.problems, key=lambda one: (one.line or 0, one.column or 0)))

    def _add(self, spot: Spot, what: str, mend: str) -> None:
        """The first problem at a place stands; what follows from it is noise."""
        place = (spot.line, spot.column)
        if place not in self.taken:
            self.taken.add(place)
            self.problems.append(self.source.problem(spot, what, mend))

    def _spot(self, spots: dict[Path, Spot], path: Path) -> Spot:
        while path and path not in spots:
            path = path[:-1]
        return spots.get(path) or self.tree.values[()]

    def _at(self, path: Path) -> Any:
        at: Any = self.tree.data
        for step in path:
            at = at[step]
        return at

    def _empty(self, path: Path, data: dict[str, Any] | list[Any]) -> None:
        """Keys and list lines without a value, most often because "#" swallowed it."""
        items = data.items() if isinstance(data, dict) else enumerate(data)
        for step, value in items:
            here = (*path, step)
            if isinstance(value, dict | list):
                self._empty(here, value)
            elif value is None:
                self._no_value(here)

    def _no_value(self, path: Path) -> None:
        self.spoilt.add(str(path[0]))
        name = path[-1] if isinstance(path[-1], str) else "This line of the list"
        spot = self._spot(self.tree.keys if path in self.tree.keys else self.tree.values, path)
        if word := self._commented(spot):
            what = f'{name} is empty. "#" starts a comment in YAML; write {word} without it.'
            self._add(spot, what, "")
        elif " " in name and path in self.tree.keys:
            first, _, rest = name.partition(" ")
            what = f"{quoted(name)} has no colon, so YAML reads one long key."
            self._add(spot, what, f"Write  {printable(first)[:40]}: {printable(rest)[:60]}")
        else:
            self._add(spot, f"{name} is empty.", "Write a value, or take the line out.")

    def _commented(self, spot: Spot) -> str | None:
        """The word behind a "#" on this line, or on the next when it is indented further."""
        line, below = self.source.line(spot.line), self.source.line(spot.line + 1)
        found = HASH_WORD.search(line, spot.column - 1)
        if not found and below.lstrip().startswith("#"):
            deeper = len(below) - len(below.lstrip()) > spot.column - 1
            found = HASH_WORD.match(below) if deeper else None
        return found["word"][:60] if found else None

    def _misfit(self, misfit: Misfit) -> None:
        path = self._known(misfit.path)
        if misfit.reason == "extra_forbidden":
            self._unknown_key(path)
        elif misfit.reason == "literal_error":
            self._no_choice(path)
        else:
            self._wrong_shape(path)

    def _known(self, loc: tuple[str | int, ...]) -> Path:
        """A union's name in a path is no place: walk up to one that is."""
        path: Path = loc
        while path and path not in self.tree.values:
            path = path[:-1]
        return path

    def _unknown_key(self, path: Path) -> None:
        model: type[Keys] = CampaignKeys
        of = "a campaign"
        if len(path) > 1:
            model, of = GROUPS[str(path[0])]
        valid = [field.alias or name for name, field in model.model_fields.items()]
        self.meant |= {(*path[:-1], near) for near in nearest(str(path[-1]), valid)}
        mend = did_you_mean(str(path[-1]), valid, f"It knows {listed(valid)}.")
        self.key(path, f"{quoted(path[-1])} is not a key of {of}.", mend)

    def _no_choice(self, path: Path) -> None:
        name, given = str(path[-1]), self._at(path)
        choices = CHOICES[name]
        if not isinstance(given, str):
            self.value(path, f"{name} is one word.", f"Write {listed(choices, 'or')}.")
            return
        mend = did_you_mean(given, choices, f"It is {listed(choices, 'or')}.")
        self.value(path, f"{name} cannot be {quoted(given)}.", mend)

    def _wrong_shape(self, path: Path) -> None:
        """A list where a word should be, a word where a group should be, and so on."""
        value, name, depth = self._at(path), str(path[-1]), len(path)
        if depth == 1 and name in SHAPES:
            shape, example = SHAPES[name]
            self.value(path, f"{name} takes {shape}.", f"Write it as in  {example}")
        elif depth == 2 and path[0] == "calendar":
            mend = "Write it as in  D-7 10:00 headline"
            self.value(path, "A calendar line is plain text.", mend)
        elif depth == 2 and path[0] in ("messages", "facts"):
            text = printable(value)[:60] if isinstance(value, str) else "…"
            of = GROUPS[str(path[0])][1].capitalize()
            self.value(path, f"{of} takes a group of keys.", f'Write  {name}: {{text: "{text}"}}')
        elif depth == 2 and path[0] == "mentions":
            self.value(path, "A mention takes handles.", f"Write  {name}: {{x: their-handle}}")
        elif isinstance(path[-1], int):
            what = "Each entry of this list is one word or text."
            self.value(path, what, "Take the brackets or the colon out.")
        elif depth == 2 and path[0] == "accounts":
            handle = printable(value)[:60] if isinstance(value, str) else "your-name"
            mend = f"Write  {name}: {{handle: {handle}}}"
            self.value(path, "An account takes a group of keys.", mend)
        elif path in (("hashtags",), ("approval", "by")) or path[0] in ("people", "groups"):
            words = value.replace(",", " ").split() if isinstance(value, str) else ["one", "two"]
            mend = f"Write  {name}: [{', '.join(printable(word) for word in words[:5])}]"
            self.value(path, f"{name} takes a list.", mend)
        else:
            self.value(path, f"{name} takes one text.", f"Write it behind  {name}:")
