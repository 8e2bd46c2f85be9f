"""`renew`: the same campaign in another year, as a new folder with a new id."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from campaign.config.day import not_held
from campaign.config.load import load_campaign
from campaign.config.problems import listed
from campaign.config.renewal import renewed
from campaign.domain.campaign import Campaign
from campaign.domain.civil_time import city, to_local
from campaign.domain.deadline import Before, Unit, deadline
from campaign.domain.occurrence import slot_day
from campaign.domain.post import Post
from campaign.errors import CampaignError, ContentError, Problem
from campaign.operations.decisions import Open
from campaign.operations.draft import draft
from campaign.operations.start import FILE
from campaign.platforms.counting import NETWORKS
from campaign.reading.observances import load_observances

FRESH = timedelta(days=366)
LEAP_DAY = {"feb28": (2, 28), "mar1": (3, 1)}
NOTICE = Before(count=1, unit=Unit.WORKING_DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """The new campaign: what is worth knowing, what a person has to decide, what must be mended."""

    file: Path
    campaign: Campaign
    notes: tuple[str, ...]
    open: tuple[Open, ...] = ()
    problems: tuple[Problem, ...] = ()


def renew(file: Path, year: int, to: Path, leap_day: str | None = None) -> Renewed:
    """Write the campaign at `file` into `to`, for `year`. `to` must be empty or not there.

    Raises ContentError for the old file's problems, CampaignError where it cannot be renewed.
    """
    _refuse_taken(to)
    campaign = _load(file)
    day = _day_in(campaign, year, leap_day)
    try:
        renewal = renewed(file, campaign, day)
    except ValueError as error:
        raise CampaignError(f"{error}: write D or another date in {file}, then renew.") from error
    _write(file, campaign, renewal.text, to)
    new = _load(to / FILE)
    notes = [f"id is {new.id}, so that nothing of {campaign.id} is touched."]
    if campaign.decided.issued is None:
        notes.append(f"issued: {new.decided.issued} was added: is it the statement's own date?")
    if renewal.left:
        lines = ", ".join(map(str, renewal.left))
        notes.append(f"{campaign.day.year} still stands in lines {lines} of {to / FILE}.")
    notes += [*_weekends(new), *_old_figures(new)]
    try:
        drafted = draft(to / FILE)
    except ContentError as error:
        found = tuple(error.problems)
        return Renewed(file=to / FILE, campaign=new, notes=tuple(notes), problems=found)
    notes += _deadline(new, [planned.post for planned in drafted.planned])
    return Renewed(file=to / FILE, campaign=new, notes=tuple(notes), open=drafted.open)


def _load(file: Path) -> Campaign:
    return load_campaign(file, observances=load_observances(), platforms=NETWORKS)


def _day_in(campaign: Campaign, year: int, leap_day: str | None) -> date:
    if year <= campaign.day.year:
        raise CampaignError(
            f"{campaign.title} is of {campaign.day.year}; it can be renewed for a later year."
            " Nothing was written."
        )
    if campaign.observance is not None:
        observance = load_observances()[campaign.observance]
        if (day := observance.date_in(year)) is None:
            raise CampaignError(" ".join(not_held(observance, year)) + " Nothing was written.")
        return day
    if (campaign.day.month, campaign.day.day) != (2, 29):
        return campaign.day.replace(year=year)
    try:
        return date(year, 2, 29)
    except ValueError as error:
        if leap_day is not None:
            return date(year, *LEAP_DAY[leap_day])
        raise CampaignError(
            f"29 February does not exist in {year}, and which day is meant is never guessed. Say"
            " --leap-day feb28  or  --leap-day mar1, or leave that year out. Nothing was written."
        ) from error


def _refuse_taken(to: Path) -> None:
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise CampaignError(f"{to} is not empty, so nothing was written. Name another folder.")


def _write(file: Path, campaign: Campaign, text: str, to: Path) -> None:
    """All of it or nothing: made beside `to`, checked, and then given its name."""
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".renew-", dir=to.parent) as there:
            made = Path(there) / "made"
            made.mkdir()
            (made / FILE).write_bytes(text.encode())
            for language in campaign.languages:
                _copy(file.parent, made, campaign.in_language(language).statement)
            if (file.parent / "templates").is_dir():
                shutil.copytree(file.parent / "templates", made / "templates")
            _load(made / FILE)
            if to.exists():
                to.rmdir()
            os.replace(made, to)  # noqa: PTH105  (the folder's new name, in one step)
    except OSError as error:
        raise CampaignError(
            f"{to} cannot be written ({error.strerror}). Name another folder."
        ) from error


def _copy(folder: Path, made: Path, name: str) -> None:
    copy = made / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / name, copy)


def _weekends(campaign: Campaign) -> Iterator[str]:
    """Which lines of the calendar now fall on days on which nobody works."""
    days = [
        (slot_day(slot, campaign.day, campaign.weekend), " ".join(slot.text.split()[::2][:1]))
        for slot in campaign.calendar
    ]
    for day, found in groupby(sorted(days), key=lambda one: one[0]):
        if day.weekday() in campaign.weekend:
            names = list(dict.fromkeys(name for _, name in found))
            yield f"{listed(names)} falls on a weekend: {day:%A} {day.day} {day:%B %Y}."


def _deadline(campaign: Campaign, posts: Sequence[Post]) -> Iterator[str]:
    """By when to approve, where the first post comes on a weekend."""
    first = min(posts, key=lambda post: post.due_at, default=None)
    if first is not None and first.local_time.weekday() in campaign.weekend:
        by = deadline(NOTICE, first.due_at, campaign.zone, campaign.weekend)
        yield (
            f"The first post comes on a {first.local_time:%A}: approve by"
            f" {to_local(by, campaign.zone):%a %d %b %H:%M} {city(campaign.zone)}"
            f" ({NOTICE} before it)."
        )


def _old_figures(campaign: Campaign) -> Iterator[str]:
    for fact in campaign.decided.facts:
        if fact.as_of is None:
            yield f"The figure under facts {fact.key} has no as-of: is it still true?"
        elif campaign.day - fact.as_of > FRESH:
            yield f"The figure under facts {fact.key} is as of {fact.as_of}: is there a newer one?"
