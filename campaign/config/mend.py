"""Slips that have one meaning, mended in the file's text: tabs, `#` and `@`, colons.

No word changes: what is written, without white space and marks, is the same before and after. Only
whole lines with a known key are touched, and never the lines of a text that goes over several.
"""

import re
from collections.abc import Iterator

from campaign.config.model import AccountKeys, CampaignKeys, MessageKeys

INDENT = "  "
BLOCK = re.compile(r":\s+[|>][+-]?\d?\s*(?:#.*)?$")
NO_SPACE = re.compile(r"(?P<before>\s*(?:- )?)(?P<key>[a-z]+):(?P<text>[^\s:/][^:]*)$")
HANDLE = re.compile(r"(?P<before>(?:^|[\s{,])handle:\s+)@(?P<handle>[\w.-]+(?:@[\w.-]+)?)")
TAGS = re.compile(r"(?P<before>hashtags:\s+)(?P<tags>#\w+(?:[\s,]+#\w+)*)\s*$")
TAG_LIST = re.compile(r"(?P<before>hashtags:\s+\[)(?P<tags>[^\]'\"]*#[^\]'\"]*)\](?P<after>\s*)$")
TAG_ITEM = re.compile(r"(?P<before>\s*-\s+)#(?P<tag>\w+)\s*$")
COLON = re.compile(
    r"(?P<before>\s*(?:campaign|text):\s+)(?P<text>[^\s\"'\[{|>&*!%@`#].*?: .*?)\s*$"
)
QUOTED = re.compile(r"(?P<before>\s*(?:\w+):\s+)[“”](?P<word>[\w./@:-]+)[“”]\s*$")
KNOWN = frozenset(
    name for model in (CampaignKeys, AccountKeys, MessageKeys) for name in model.model_fields
)


def mended(text: str) -> str:
    """The same words in YAML that can be read. What is not certain stays as it is."""
    lines = text.split("\n")
    within = _long_texts(lines)
    key = ""
    for index, line in enumerate(lines):
        if index in within:
            continue
        found = re.match(r"\s*([a-z]+):", line)
        key = found[1] if found else key
        lines[index] = _mended_line(line, key)
    after = "\n".join(lines)
    return after if _words(after) == _words(text) else text


def _mended_line(line: str, key: str) -> str:
    line = _without_tabs(line)
    if line.lstrip().startswith("#"):
        return line
    line, end = (line[:-1], "\r") if line.endswith("\r") else (line, "")
    found = NO_SPACE.match(line)
    if found and found["key"] in KNOWN:
        line = f"{found['before']}{found['key']}: {found['text']}"
    line = HANDLE.sub(r"\g<before>\g<handle>", line)
    line = QUOTED.sub(r'\g<before>"\g<word>"', line)
    if found := TAGS.match(line):
        tags = ", ".join(found["tags"].replace("#", " ").replace(",", " ").split())
        line = f"{found['before']}[{tags}]"
    elif found := TAG_LIST.match(line):
        line = f"{found['before']}{found['tags'].replace('#', '')}]{found['after']}"
    elif key == "hashtags" and (found := TAG_ITEM.match(line)):
        line = f"{found['before']}{found['tag']}"
    elif (found := COLON.match(line)) and " #" not in line:
        quoted = found["text"].replace("\\", "\\\\").replace('"', '\\"')
        line = f'{found["before"]}"{quoted}"'
    return line + end


def _without_tabs(line: str) -> str:
    """Spaces for tabs before the text, and for those between a key and its value."""
    bare = line.lstrip(" \t")
    before = line[: len(line) - len(bare)].replace("\t", INDENT)
    return before + re.sub(r"^((?:- )?[\w.-]+:|-)[ ]*\t[ \t]*", r"\1 ", bare)


def _long_texts(lines: list[str]) -> set[int]:
    """The lines within a text that goes over several: a block, or an open quotation mark."""
    return {*_blocks(lines), *_open_quotes(lines)}


def _blocks(lines: list[str]) -> Iterator[int]:
    deeper: int | None = None
    for index, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if deeper is not None and (not line.strip() or indent > deeper):
            yield index
            continue
        deeper = indent if BLOCK.search(line) else None


def _open_quotes(lines: list[str]) -> Iterator[int]:
    """Lines after one whose last value opens a quotation mark and does not close it."""
    mark = ""
    for index, line in enumerate(lines):
        if mark:
            yield index
            mark = "" if re.search(rf"(?<!\\){mark}\s*[,}}\]]*\s*(?:#.*)?$", line) else mark
        elif found := re.search(r"""[:\-,\[{]\s+(["'])(?:(?!\1).)*$""", line):
            mark = found[1]
            yield index


def _words(text: str) -> str:
    return re.sub(r"[\s#@\"“”\\,\[\]]", "", text)
