"""Why a message became a thread, said from its parts."""

import re

from campaign.domain.measure import Network
from campaign.domain.message import Message
from campaign.domain.statement import Kind


def why_a_thread(message: Message, network: Network) -> str:
    """`one post would be 377 of 280. Cut before "and thus"; no word lost.`"""
    if message.kind is Kind.THREAD:
        return "as the calendar says: an opener, then a part for each, long ones in more"
    count = network.measure.count(_undivided(message))
    openings = [" ".join(part.body.split()[:2]) for part in message.parts[1:]]
    cuts = " and ".join(f'before "{opening}"' for opening in openings)
    kept = all(part.body.strip() in part.text for part in message.parts)
    return f"one post would be {count} of {message.limit}. Cut {cuts}" + (
        "; no word lost." if kept else "."
    )


def _undivided(message: Message) -> str:
    """The parts as one text, without their counters."""
    total = len(message.parts)
    return " ".join(
        re.sub(rf"\s*\(?{number}/{total}\)?\s*$", "", part.text)
        for number, part in enumerate(message.parts, 1)
    )
