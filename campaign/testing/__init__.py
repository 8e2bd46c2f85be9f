"""For whoever writes an adapter: the contract as a pytest class, and a network to break.

    from campaign.testing import Dialect, PlatformContract, Reply

    class TestMine(PlatformContract):
        adapter = Mine
        secrets = {"token": "tok-1234567890"}
        def dialect(self) -> Dialect: ...

Outside tests nothing imports this; pytest is no dependency of the product.
"""

import pytest

for _module in ("contract", "planning", "looking", "secrecy", "stand"):
    pytest.register_assert_rewrite(f"campaign.testing.{_module}")

from campaign.testing.contract import PlatformContract  # noqa: E402
from campaign.testing.fake import Dialect, FakeNetwork, Published, Reply, Request  # noqa: E402
from campaign.testing.faults import FAULTS, Fault  # noqa: E402

__all__ = [
    "FAULTS",
    "Dialect",
    "FakeNetwork",
    "Fault",
    "PlatformContract",
    "Published",
    "Reply",
    "Request",
]
