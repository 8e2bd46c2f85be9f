"""From the files to wanted posts: the campaign file, the statement and the templates, read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from campaign.config.calendar_check import expand
from campaign.config.load import load_campaign
from campaign.config.source import with_lines
from campaign.domain.campaign import Campaign
from campaign.domain.message import excerpt_ref
from campaign.domain.occurrence import Occurrence
from campaign.domain.plan import Planned
from campaign.domain.post import make_post
from campaign.domain.statement import Statement
from campaign.errors import ContentError, Problem
from campaign.operations.aged import aged_notes, open_ages
from campaign.operations.decisions import Open, misplaced, notes, open_links
from campaign.operations.guards import good_to_know, twins
from campaign.platforms.counting import NETWORKS
from campaign.reading.extract import read_statement
from campaign.reading.observances import load_observances
from campaign.shipped import folder
from campaign.writing.compose import Composer


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """Everything the files say: the campaign, its statement, and each post it wants, in order.

    `open` is what a person has to decide before scheduling; `notes` are worth knowing.
    """

    campaign: Campaign
    statement: Statement
    planned: tuple[Planned, ...]
    open: tuple[Open, ...] = ()
    notes: tuple[str, ...] = ()


def draft(file: Path) -> Drafted:
    """Read the campaign at `file` and write its messages.

    Raises ContentError with every problem found in the file, or else in the statement, or else
    in the messages.
    """
    try:
        return _draft(file)
    except ContentError as error:
        raise ContentError(with_lines(file, error.problems)) from error


def _draft(file: Path) -> Drafted:
    observances = load_observances()
    campaign = load_campaign(file, observances=observances, platforms=NETWORKS)
    path = file.parent / campaign.statement
    statement = read_statement(path, language=campaign.language, observances=observances)
    if problems := misplaced(campaign, statement):
        raise ContentError(problems)
    observance = observances.get(campaign.observance or statement.observance or "")
    templates = (file.parent / "templates", folder("messages") / "templates")
    composer = Composer(campaign, statement, templates, observance)
    wanted = _occurrences(campaign, composer)
    planned = _compose(campaign, composer, wanted)
    if problems := twins(wanted, planned):
        raise ContentError(problems)
    return Drafted(
        campaign=campaign,
        statement=statement,
        planned=planned,
        open=(
            *open_links(campaign, statement, planned),
            *open_ages(campaign, statement, planned),
        ),
        notes=(
            *notes(campaign, statement, planned),
            *good_to_know(campaign, statement, planned),
            *aged_notes(campaign, statement, planned),
        ),
    )


def _occurrences(campaign: Campaign, composer: Composer) -> list[Occurrence]:
    available = composer.available()
    skipped = campaign.decided.is_skipped
    problems = [
        _missing(campaign, slot.place.line, f"{slot.kind} {number}", list(available[slot.kind]))
        for slot in campaign.calendar
        for number in slot.numbers or ()
        if number not in available[slot.kind] and not skipped(excerpt_ref(slot.kind, number))
    ]
    if problems:
        raise ContentError(problems)
    wanted, problems = expand(campaign, available)
    if problems:
        raise ContentError(problems)
    return wanted


def _missing(campaign: Campaign, line: int, title: str, numbers: Sequence[int]) -> Problem:
    there = f"It has {numbers[0]} to {numbers[-1]}" if numbers else "It has none of them"
    return Problem(
        where=campaign.file,
        line=line,
        what=f"{campaign.statement} has no {title}.",
        mend=f"{there}; change this line of the calendar, or take it out.",
    )


def _compose(
    campaign: Campaign, composer: Composer, wanted: Sequence[Occurrence]
) -> tuple[Planned, ...]:
    planned, problems = [], dict[str, Problem]()
    for occurrence in wanted:
        network = NETWORKS[occurrence.account.platform]
        try:
            message = composer.compose(occurrence.slot.kind, occurrence.number, network)
        except ContentError as error:
            problems |= {str(problem): problem for problem in error.problems}
            continue
        post = make_post(campaign.id, occurrence.account, message, occurrence)
        planned.append(Planned(post=post, message=message))
    if problems:
        raise ContentError(list(problems.values()))
    return tuple(planned)
