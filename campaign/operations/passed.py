"""What was to go out before now: last year's file, or lines whose time has passed."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from campaign.domain.plan import Planned
from campaign.operations.decisions import Open
from campaign.operations.draft import Drafted
from campaign.preview.names import count
from campaign.reading.observances import load_observances

SHOWN = 4


def too_late(drafted: Drafted, now: datetime) -> Open | None:
    """A campaign whose last post is over: most often last year's file."""
    if not drafted.planned or max(one.post.not_after for one in drafted.planned) >= now:
        return None
    campaign = drafted.campaign
    said = f"{campaign.day.day} {campaign.day:%B} {campaign.day.year}"
    day = _next_day(drafted, now.date())
    mend = f"Did you mean {day.year} (a {day:%A})?" if day else "Is the year right?"
    place = f"{campaign.day_place}  " if campaign.day_place else ""
    return Open(what=f"{place}{said} was {ago(campaign.day, now.date())}.", mend=mend)


def _next_day(drafted: Drafted, today: date) -> date | None:
    campaign = drafted.campaign
    observance = load_observances().get(campaign.observance or "")
    for year in (today.year, today.year + 1):
        try:
            day = observance.date_in(year) if observance else campaign.day.replace(year=year)
        except ValueError:  # 29 February
            continue
        if day and day >= today:
            return day
    return None


def ago(day: date, today: date) -> str:
    """`11 months ago`, `2 years ago`, by the calendar."""
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    for number, noun in ((months // 12, "year"), (months, "month"), ((today - day).days, "day")):
        if number > 0:
            return f"{count(number, noun)} ago"
    return "today"


def has_passed(missed: Sequence[Planned]) -> Iterator[str]:
    """One sentence for each message and time that comes too late to be planned."""
    groups: dict[tuple[date, str], list[Planned]] = {}
    for one in sorted(missed, key=lambda one: one.post.due_at):
        key = (one.post.local_time.date(), one.message.title)
        groups.setdefault(key, []).append(one)
    for (_, title), posts in list(groups.items())[:SHOWN]:
        local = posts[0].post.local_time
        its = "its post is" if len(posts) == 1 else f"its {len(posts)} posts are"
        yield f"{local:%a %d %b %H:%M} has passed: {title} is left out, {its} not planned."
    if len(groups) > SHOWN:
        rest = sum(len(posts) for posts in list(groups.values())[SHOWN:])
        yield f"{rest} more posts are left out, as their times have passed too."
