"""The file's data held against its keys: what fits, and what does not."""

from copy import deepcopy
from typing import Any, NamedTuple

from pydantic import ValidationError

from campaign.config.model import CampaignKeys


class Misfit(NamedTuple):
    """What does not fit: pydantic's path to it, and pydantic's word for why."""

    path: tuple[str | int, ...]
    reason: str


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
