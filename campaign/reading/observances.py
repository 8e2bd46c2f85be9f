"""The observance days we know. Two lists agree on each date, one of them the UN's own (2025), or
its rule explains the difference.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from campaign.domain.observance import Observance


@cache
def load_observances() -> Mapping[str, Observance]:
    """All of them by id, in the order of the year."""
    text = files("campaign.reading").joinpath("observances.json").read_text("utf-8")
    return MappingProxyType({day["id"]: _observance(**day) for day in json.loads(text)})


def _observance(known_as: Sequence[str] = (), **day: Any) -> Observance:
    return Observance(**day, known_as=tuple(known_as))
