"""How often each test of the matrix plays: a share in `make test`, all of it in `make matrix`.

One alone, as long as one likes: `CAMPAIGN_K4=500 pytest tests/chaos/test_stopped.py`.
"""

import os

# id of RELIABILITY's matrix: (share, whole)
SIZES = {
    "K4": (9, 200),
    "D1": (3, 10),  # for each of two dialects
    "D1_POSTS": (40, 1000),
    "D3": (1, 17),  # for each of three faults
    "D4": (8, 100),
    "D5": (400, 10_000),
    "PB1": (100, 2_000),
    "PB1_STEPS": (50, 100),
    "PB2": (5, 300),
    "PB3": (60, 2_000),
    "TM2": (2, 4),
}


def size(name: str) -> int:
    share, whole = SIZES[name]
    is_whole = os.environ.get("CAMPAIGN_MATRIX") == "whole"
    return int(os.environ.get(f"CAMPAIGN_{name}", whole if is_whole else share))
