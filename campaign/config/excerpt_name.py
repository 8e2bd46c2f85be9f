"""The names of excerpts as the campaign file writes them: `headline`, `quote 1`."""

import re
from collections.abc import Collection

from campaign.config.problems import did_you_mean, listed, quoted
from campaign.domain.message import excerpt_ref
from campaign.domain.statement import Kind

NUMBERED = (Kind.FACT, Kind.QUOTE, Kind.RECOMMENDATION)
NAME = re.compile(r"(?P<kind>[^\W\d_]+)(?: +(?P<number>[1-9]\d?))?")


def read_excerpt_name(
    text: str, kinds: Collection[Kind] = (*NUMBERED, Kind.HEADLINE, Kind.ROUNDUP)
) -> tuple[str, str, str]:
    """The ref of one of `kinds`; else an empty ref, what is wrong, and its mend."""
    found = NAME.fullmatch(" ".join(text.split()))
    word = found["kind"] if found else text.split(" ", maxsplit=1)[0]
    valid = [str(kind) for kind in Kind if kind in kinds]
    if word not in valid:
        example = listed([f"{name} 1" if name in NUMBERED else name for name in valid], "or")
        what = f"{quoted(text)} is not a message that can stand here."
        if re.fullmatch(r"[1-9]\d?", text.strip()) and Kind.RECOMMENDATION in kinds:
            return "", what, f"Did you mean recommendation {text.strip()}?"
        return "", what, did_you_mean(word, valid, f"Write {example}.")
    kind = Kind(word)
    number = found["number"] if found else None
    if kind in NUMBERED and number is None:
        return "", f"{quoted(text)} does not say which {kind}.", f"Write {kind} 1, for example."
    if kind not in NUMBERED and number is not None:
        return "", f"There is one {kind}, so it has no number.", f"Write {kind}."
    return excerpt_ref(kind, int(number or 1)), "", ""
