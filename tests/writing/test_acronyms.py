"""Acronyms are spelled out at their first use."""

import pytest

from campaign.writing.acronyms import spell_out

DEFINED = {"GCM": "Global Compact", "IMRF": "Review Forum"}


@pytest.mark.parametrize(
    ("pieces", "expected", "pairs"),
    [
        (["of the GCM."], ["of the Global Compact."], [("GCM", "Global Compact")]),
        (
            ["GCM now", "GCM then"],
            ["Global Compact (GCM) now", "GCM then"],
            [("GCM", "Global Compact (GCM)")],
        ),
        (
            ["the IMRF and GCM"],
            ["the Review Forum and Global Compact"],
            [("GCM", "Global Compact"), ("IMRF", "Review Forum")],
        ),
        (["the Global Compact (GCM)"], ["the Global Compact (GCM)"], []),
        (["the global compact; GCM"], ["the global compact; GCM"], []),
        (["#GCM https://x.org/GCM GCM-led GCMs"], ["#GCM https://x.org/GCM GCM-led GCMs"], []),
        (["nothing"], ["nothing"], []),
    ],
)
def test_spell_out(pieces: list[str], expected: list[str], pairs: list[tuple[str, str]]) -> None:
    assert spell_out(pieces, DEFINED) == (tuple(expected), tuple(pairs))
