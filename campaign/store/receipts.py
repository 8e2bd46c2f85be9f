"""A receipt as the column `delivery.receipt` holds it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from campaign.domain.outcome import Receipt


def read_receipt(stored: Mapping[str, Any] | None) -> Receipt | None:
    if stored is None:
        return None
    at = datetime.fromisoformat(stored["published_at"])
    return Receipt(**{**stored, "published_at": at})


def spell_receipt(receipt: Receipt) -> dict[str, object]:
    return {
        "remote_id": receipt.remote_id,
        "url": receipt.url,
        "published_at": receipt.published_at.isoformat(),
        "extra": receipt.extra,
        "is_found": receipt.is_found,
    }
