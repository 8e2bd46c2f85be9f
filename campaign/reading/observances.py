"""The observance days we know: those with a fixed date that two sources agree on."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from campaign.domain.observance import Observance


@cache
def load_observances() -> Mapping[str, Observance]:
    """All of them by id, in the order of the year."""
    text = files("campaign.reading").joinpath("observances.json").read_text("utf-8")
    return MappingProxyType({day["id"]: Observance(**day) for day in json.loads(text)})
