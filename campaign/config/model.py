"""The campaign file's keys, as pydantic checks them: what is text, what a list, what a group.

Every key may be None here: absent, or reported already. What is required is said in `load`.
"""

from copy import deepcopy
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Text = str | None
Texts = list[str | None]


class Misfit(NamedTuple):
    """What does not fit: pydantic's path to it, and pydantic's word for why."""

    path: tuple[str | int, ...]
    reason: str


class Keys(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AccountKeys(Keys):
    platform: Text = None
    handle: Text = None
    folder: Text = None
    language: str | Texts | None = None
    stagger: Text = None
    limit: Text = None
    spacing: Text = None


class ApprovalKeys(Keys):
    by: Texts | None = None


class LateKeys(Keys):
    after: Text = None
    then: Literal["ask", "skip", "send"] | None = None


class MessageKeys(Keys):
    text: str | dict[str, Text] | None = None
    link: Text = None


class FactKeys(Keys):
    text: str | dict[str, Text] | None = None
    source: Text = None
    link: Text = None
    as_of: Text = Field(None, alias="as-of")


class CampaignKeys(Keys):
    id: Text = None
    campaign: Text = None
    day: Text = None
    date: Text = None
    timezone: Text = None
    statement: str | dict[str, Text] | None = None
    link: str | dict[str, Text] | None = None
    accounts: dict[str, AccountKeys | None] | None = None
    calendar: Texts | None = None
    form: Literal["verbatim", "imperative"] | None = None
    hashtags: Texts | dict[str, Texts | None] | None = None
    people: dict[str, Texts | None] | None = None
    approval: ApprovalKeys | None = None
    late: LateKeys | None = None
    short: dict[str, str | dict[str, Text] | None] | None = None
    skip: Texts | dict[str, Texts | None] | None = None
    links: dict[str, Text] | None = None
    messages: dict[str, MessageKeys | None] | None = None
    facts: dict[str, FactKeys | None] | None = None
    mentions: dict[str, dict[str, Text] | None] | None = None
    spacing: Text = None
    issued: Text = None
    aged: dict[str, Text] | None = None
    pick: Texts | None = None


def fit(data: dict[str, Any]) -> tuple[CampaignKeys, list[Misfit]]:
    """The data as keys, and what did not fit. What does not fit is left out of the keys."""
    try:
        return CampaignKeys.model_validate(data), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        misfits = [Misfit(one["loc"], one["type"]) for one in found]
        return CampaignKeys.model_validate(_pruned(data, misfits)), misfits


def _pruned(data: dict[str, Any], misfits: list[Misfit]) -> dict[str, Any]:
    rest = deepcopy(data)
    for misfit in misfits:
        _prune(rest, misfit)
    return rest


def _prune(data: dict[str, Any], misfit: Misfit) -> None:
    """Delete an unknown key; put None in place of a value of the wrong kind."""
    holder: Any = None
    at: Any = data
    key: str | int = ""
    steps = list(misfit.path)
    while steps and _has(at, steps[0]):
        holder, key = at, steps.pop(0)
        at = holder[key]
    if misfit.reason == "extra_forbidden" and not steps:
        del holder[key]
    elif holder is not None:
        holder[key] = None


def _has(holder: object, step: str | int) -> bool:
    """A union's name in a path is no step of the data."""
    if isinstance(holder, dict):
        return step in holder
    return isinstance(holder, list) and isinstance(step, int) and step < len(holder)
