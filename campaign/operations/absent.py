"""Calendar lines that ask for what the statement does not have."""

from collections.abc import Mapping, Sequence

from campaign.domain.campaign import Campaign, Slot
from campaign.domain.message import excerpt_ref
from campaign.domain.statement import Kind
from campaign.errors import Problem


def is_there(slot: Slot, campaign: Campaign, available: Mapping[Kind, Sequence[int]]) -> bool:
    """The usual calendar passes over what is not there, as the second quote where there is one."""
    is_own = slot.place.file == campaign.file
    return is_own or slot.numbers is None or set(slot.numbers) <= set(available[slot.kind])


def absent(campaign: Campaign, slot: Slot, numbers: Sequence[int]) -> Problem | None:
    """A line of one's own that asks for what is not in the statement."""
    if slot.kind in {Kind.RECOMMENDATION, Kind.THREAD} and not numbers:
        return slot.place.problem(
            f"No recommendations here: no list in {campaign.statement} is led in by a call.",
            "Take this line out of the calendar, or put the recommendations into a list.",
            len(slot.text),
        )
    skipped = {skip.ref for skip in campaign.decided.skips}
    asked = slot.numbers or () if slot.kind is not Kind.MESSAGE else ()
    gone = [n for n in asked if n not in numbers and excerpt_ref(slot.kind, n) not in skipped]
    if not gone:
        return None
    many = f"{numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else "one"
    there = f"It has {many}" if numbers else "It has none of them"
    return slot.place.problem(
        f"{campaign.statement} has no {slot.kind} {gone[0]}.",
        f"{there}; change this line of the calendar, or take it out.",
        len(slot.text),
    )
