"""One post as lines of text for a terminal: each part with its count, and what was changed."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from campaign.domain.campaign import Campaign
from campaign.domain.civil_time import city, to_local
from campaign.domain.measure import Network
from campaign.domain.message import Message
from campaign.domain.plan import Planned
from campaign.preview.characters import is_right_to_left, reveal, wrap
from campaign.preview.embargo import embargo_line
from campaign.preview.names import at_handle, language_name, reads_right_to_left, short_day
from campaign.preview.thread import one_post_instead, why_a_thread
from campaign.preview.wording import origin, remarks

BAR = "  │ "
TRUST_THE_PAGE = (
    "  If your terminal shows this left to right or with loose letters,"
    " trust the page, not the terminal."
)


def preview_lines(
    campaign: Campaign,
    planned: Planned,
    *,
    networks: Mapping[str, Network],
    now: datetime,
    state: str | None = None,
    width: int = 100,
) -> list[str]:
    """What a reader will see, and why it looks so. `state` is the queue's word on the post."""
    message = planned.message
    facts = dict(_facts(message, networks[message.platform]))
    if state is not None:
        facts["State"] = state
    lines = _hang(_title(campaign, planned), "", "  ", width)
    if told := embargo_line(campaign, now, planned.post.account.zone):
        lines += _hang(told, "  ", "  ", width)
    lines.append("")
    lines += [
        line for number in range(len(message.parts)) for line in _part(message, number, width)
    ]
    lines.append("")
    for label, fact in facts.items():
        lines += _hang(fact, f"  {label:<15}", " " * 17, width)
    if reads_right_to_left(message.language):
        lines.append(TRUST_THE_PAGE)
    return lines


def _title(campaign: Campaign, planned: Planned) -> str:
    post, message = planned.post, planned.message
    local = to_local(post.due_at, campaign.zone)
    clock = f"{short_day(local)} {local:%H:%M} {city(campaign.zone)}"
    if post.zone != campaign.zone:
        own = post.local_time
        day = "" if own.date() == local.date() else f"{short_day(own)} "
        clock += f" ({day}{own:%H:%M} {city(post.zone)})"
    language = language_name(message.language)
    if reads_right_to_left(message.language):
        language += " (right to left)"
    return " · ".join(
        [
            message.title,
            language,
            f"{post.account.name} ({at_handle(post.account.handle)})",
            clock,
            *([f"thread of {len(message.parts)}"] if len(message.parts) > 1 else []),
        ]
    )


def _part(message: Message, index: int, width: int) -> Iterator[str]:
    part, total = message.parts[index], len(message.parts)
    name = f"{index + 1}/{total}" if total > 1 else "1 post"
    yield f"  {name}  {part.count} of {message.limit}"
    yield from bar_lines(part.text, message.language, width)


def bar_lines(text: str, language: str, width: int) -> Iterator[str]:
    """A text beside a bar, wrapped, with its hidden characters named."""
    for paragraph in reveal(text).split("\n"):
        # Terminals order wrapped right-to-left lines each in their own way.
        keep = reads_right_to_left(language) or is_right_to_left(paragraph)
        lines = [paragraph] if keep else wrap(paragraph, width - len(BAR))
        yield from ((BAR + line).rstrip() for line in lines)


def _facts(message: Message, network: Network) -> Iterator[tuple[str, str]]:
    if len(message.parts) > 1:
        yield "Why a thread", why_a_thread(message, network)
    if instead := one_post_instead(message):
        yield "For one post", instead
    yield "Words", _words(message)
    for card in dict.fromkeys((part.card, part.card_title) for part in message.parts if part.card):
        link, title = card
        named = f'"{title}", ' if title else ""
        yield "Card", f"{named}{link}, shown as a card and not counted"


def _words(message: Message) -> str:
    # An arrow between two right-to-left words would point the wrong way.
    arrow = "becomes" if reads_right_to_left(message.language) else "→"
    changes = ", ".join(f"{source} {arrow} {word}" for source, word in message.converted)
    said = f"{changes}; {origin(message)}" if changes else origin(message)
    return said if len(message.parts) > 1 else said + remarks(message)


def _hang(text: str, first: str, rest: str, width: int) -> list[str]:
    lines = wrap(reveal(text), width - len(rest if len(rest) > len(first) else first))
    return [first + lines[0], *(rest + line for line in lines[1:])]
