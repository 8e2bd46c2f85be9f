"""A calendar line in words, each with its place, and what is wrong with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from re import Pattern
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with `width` characters of a line from `offset` on."""

    what: str
    mend: str
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Token:
    offset: int
    text: str


@dataclass(slots=True)
class Line:
    """The tokens of a line that are still to be read, and what was found so far."""

    tokens: list[Token]
    end: int
    own: Sequence[str] = ()
    languages: Sequence[str] = ()
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, own: Sequence[str] = (), languages: Sequence[str] = ()) -> Self:
        found = re.finditer(r"[^\s,]+|,", text)
        tokens = [Token(one.start(), one[0]) for one in found]
        return cls(tokens, len(text), own, languages)

    def next(self) -> Token:
        """The next token; behind the last one an empty one."""
        return self.tokens.pop(0) if self.tokens else Token(self.end, "")

    def peek(self) -> str:
        return self.tokens[0].text if self.tokens else ""

    def join(self, token: Token, words: Pattern[str]) -> Token:
        """The token with those that follow it, as far as they match: `2` and `hours`."""
        while self.tokens and words.fullmatch(self.peek()):
            token = Token(token.offset, f"{token.text} {self.next().text}")
        return token

    def fault(self, token: Token, what: str, mend: str = "") -> None:
        self.faults.append(
            Fault(what=what, mend=mend, offset=token.offset, width=max(len(token.text), 1))
        )
