"""Why a message became a thread, said from its parts."""

import re

from campaign.domain.measure import Network
from campaign.domain.message import Message
from campaign.domain.statement import Kind
from campaign.preview.wording import remarks

SHORTENED = (Kind.HEADLINE, Kind.FACT, Kind.QUOTE, Kind.RECOMMENDATION)


def why_a_thread(message: Message, network: Network) -> str:
    """`one post would be 377 of 280. Cut before "and thus"; no word lost.`"""
    if message.kind is Kind.THREAD:
        return "as the calendar says: an opener, then a part for each, long ones in more"
    count = undivided_count(message, network)
    openings = [" ".join(part.body.split()[:2]) for part in message.parts[1:]]
    cuts = " and ".join(f'before "{opening}"' for opening in openings)
    kept = all(part.body.strip() in part.text for part in message.parts)
    said = f"one post would be {count} of {message.limit}. Cut {cuts}"
    return f"{said}{'; no word lost' if kept else ''}{remarks(message)}."


def one_post_instead(message: Message) -> str | None:
    """What to write for one post, where a thread was made because of the length."""
    if len(message.parts) < 2 or message.declared or message.kind not in SHORTENED:
        return None
    return f'add to the campaign file  short: {{{message.title}: "…"}}'


def undivided_count(message: Message, network: Network) -> int:
    """How long a thread would be as one post."""
    return network.measure.count(_undivided(message))


def _undivided(message: Message) -> str:
    """The parts as one text, without their counters."""
    total = len(message.parts)
    return " ".join(
        re.sub(rf"\s*\(?{number}/{total}\)?\s*$", "", part.text)
        for number, part in enumerate(message.parts, 1)
    )
