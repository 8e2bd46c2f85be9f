"""The campaign file's keys as JSON Schema (2020-12), so that editors complete and explain them."""

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from campaign.config.calendar_when import DAY, TIME
from campaign.config.model import CampaignKeys
from campaign.config.shorthand import GROUPS, LISTS, LISTS_IN
from campaign.config.times import DATE

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DURATION = r"^\d{1,4}[mhd]$"
REQUIRED = ["id", "timezone", "statement", "accounts"]
# What YAML editors take for a number is a text here.
SCALAR = {"type": ["string", "number"]}
OPTION = {"type": ["string", "number", "boolean"]}  # keeps_keys: false is read as its letters
NO_OPTIONS: Mapping[str, str] = MappingProxyType({})
ONE_WORD = {"type": "string", "pattern": r"^[^\s,]+$"}


def schema(
    platforms: Collection[str],
    days: Sequence[str],
    options: Mapping[str, str] = NO_OPTIONS,
    *,
    is_open: bool = False,
) -> dict[str, Any]:
    """The schema. `platforms` are the networks' names, `days` the observances'. `options` are the
    networks' own keys of an account, each explained; `is_open`: it may have others beside them.
    """
    made = _plain(CampaignKeys.model_json_schema())
    keys = made["properties"]
    _short_forms(made)
    _patterns(made, platforms)
    account = made["$defs"]["AccountKeys"]
    for name, text in options.items():
        said = f"{text[:1].upper()}{text[1:]}."
        account["properties"].setdefault(name, {"description": said, **OPTION})
    account["additionalProperties"] = is_open
    keys["day"]["examples"] = [f"{day} 2021" for day in days]
    return {
        "$schema": DIALECT,
        "title": "A campaign file",
        **made,
        "required": REQUIRED,
        "oneOf": [{"required": ["day"]}, {"required": ["date"]}],
    }


def _plain(node: Any) -> Any:
    """The schema without pydantic's own marks: no null (a key without a value is a mistake), no
    titles, no defaults, and numbers where texts are.
    """
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "string" and "enum" not in node:
        return {key: value for key, value in node.items() if key != "type"} | SCALAR
    if "anyOf" in node:
        return _choice(node)
    kept = {key: value for key, value in node.items() if key not in ("title", "default")}
    if "properties" in node:  # a key may be called title
        kept["properties"] = {key: _plain(one) for key, one in node["properties"].items()}
    return {
        key: one if key in ("properties", "examples") else _plain(one) for key, one in kept.items()
    }


def _choice(node: dict[str, Any]) -> dict[str, Any]:
    ways = [_plain(way) for way in node["anyOf"] if way.get("type") != "null"]
    rest = {key: node[key] for key in ("description", "examples") if key in node}
    return rest | (ways[0] if len(ways) == 1 else {"anyOf": ways})


def _also(node: dict[str, Any], short: dict[str, Any]) -> None:
    """A short form beside the long one."""
    rest = {key: node.pop(key) for key in ("description", "examples") if key in node}
    ways = node.pop("anyOf", None) or [dict(node)]
    node.clear()
    node.update(rest | {"anyOf": [*ways, short]})


def _short_forms(made: dict[str, Any]) -> None:
    keys, groups = made["properties"], made["$defs"]
    for key in LISTS_IN:
        for way in keys[key].get("anyOf", [keys[key]]):
            if "additionalProperties" in way:
                _also(way["additionalProperties"], SCALAR if key == "skip" else ONE_WORD)
    for key in LISTS:
        _also(keys[key], SCALAR if key == "skip" else ONE_WORD)
    for key in GROUPS:
        _also(keys[key]["additionalProperties"], SCALAR)
    _also(groups["ApprovalKeys"]["properties"]["by"], ONE_WORD)
    _also(keys["approval"], {"type": "array", "items": ONE_WORD})
    _also(keys["approval"], ONE_WORD)
    _also(keys["late"], {"type": "string", "pattern": rf"{DURATION}|^(ask|skip|send)$"})


def _patterns(made: dict[str, Any], platforms: Collection[str]) -> None:
    keys, groups = made["properties"], made["$defs"]
    account = groups["AccountKeys"]["properties"]
    account["platform"]["enum"] = sorted(platforms)
    account["stagger"] |= {"type": "string", "pattern": DURATION}
    keys["spacing"] |= {"type": "string", "pattern": DURATION}
    for key in (keys["date"], keys["issued"], groups["FactKeys"]["properties"]["as-of"]):
        key |= {"type": "string", "pattern": f"^{DATE.pattern}$"}
    when = rf"(?:{_bare(DAY.pattern)}|{_bare(DATE.pattern)})"
    line = rf"^\s*{when}\s+(?:{_bare(TIME.pattern)})\s+\S.*$"
    keys["calendar"]["items"] = {
        "type": "string",
        "pattern": line,
        "description": "WHEN WHAT, and behind it: every 2h, on x, except x, in fr, again …",
    }


def _bare(pattern: str) -> str:
    """A pattern without Python's names for groups, which other engines do not read."""
    return re.sub(r"\?P<\w+>", "?:", pattern)
