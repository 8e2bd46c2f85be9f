"""What a person still has to decide, and what is worth knowing, as lines and as JSON."""

from textwrap import fill

from campaign.cli.words import width
from campaign.domain.plan import Plan
from campaign.operations.draft import Drafted
from campaign.operations.translations import outdated
from campaign.preview.names import count


def decision_lines(drafted: Drafted, plan: Plan) -> list[str]:
    """Nothing where nothing is open and nothing is to be said."""
    lines = [_wrapped(f"? {one}") for one in drafted.open]
    if lines:
        lines.insert(0, f"{count(len(lines), 'decision')} to take before scheduling:")
    prices = drafted.adapters.prices(plan.unsent)
    lines += [_wrapped(f"  {note}") for note in (*outdated(plan), *drafted.notes, *prices)]
    return ["", *lines] if lines else []


def _wrapped(text: str) -> str:
    return fill(
        text, width(), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def decisions_json(drafted: Drafted) -> dict[str, object]:
    return {
        "open": [{"what": one.what, "mend": one.mend} for one in drafted.open],
        "notes": list(drafted.notes),
    }
