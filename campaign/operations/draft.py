"""From the files to wanted posts: the campaign file, the statement and the templates, read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from campaign.config.calendar_check import expand
from campaign.config.load import load_campaign
from campaign.domain.campaign import Campaign
from campaign.domain.occurrence import Occurrence
from campaign.domain.plan import Planned
from campaign.domain.post import make_post
from campaign.domain.statement import Kind, Stance, Statement
from campaign.errors import ContentError, Problem
from campaign.platforms.counting import NETWORKS
from campaign.reading.extract import read_statement
from campaign.reading.observances import load_observances
from campaign.shipped import folder
from campaign.writing.compose import Composer


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """Everything the files say: the campaign, its statement, and each post it wants, in order."""

    campaign: Campaign
    statement: Statement
    planned: tuple[Planned, ...]


def draft(file: Path) -> Drafted:
    """Read the campaign at `file` and write its messages.

    Raises ContentError with every problem found in the file, or else in the statement, or else
    in the messages.
    """
    observances = load_observances()
    campaign = load_campaign(file, observances=observances, platforms=NETWORKS)
    path = file.parent / campaign.statement
    statement = read_statement(
        path, language=campaign.language, observances=observances, pick=campaign.pick
    )
    _refuse_stops(statement)
    observance = observances.get(campaign.observance or statement.observance or "")
    templates = (file.parent / "templates", folder("messages") / "templates")
    composer = Composer(campaign, statement, templates, observance)
    wanted = _occurrences(campaign, composer)
    return Drafted(
        campaign=campaign, statement=statement, planned=_compose(campaign, composer, wanted)
    )


def _refuse_stops(statement: Statement) -> None:
    """An item of "We urge States to stop:" alone would ask for the opposite."""
    stops = [one for one in statement.recommendations if one.stance is Stance.STOP]
    if stops:
        what = "This is to be stopped or not done; a message with it alone would say the opposite."
        mend = "Pick another list, or say in the statement what is to be done."
        place = stops[0].place
        raise ContentError([Problem(where=place.file, line=place.line, what=what, mend=mend)])


def _occurrences(campaign: Campaign, composer: Composer) -> list[Occurrence]:
    available = composer.available()
    if not available[Kind.RECOMMENDATION]:
        _refuse_none(campaign)
    problems = [
        _missing(campaign, slot.place.line, f"{slot.kind} {number}", list(available[slot.kind]))
        for slot in campaign.calendar
        for number in slot.numbers or ()
        if number not in available[slot.kind]
    ]
    if problems:
        raise ContentError(problems)
    wanted, problems = expand(campaign, available)
    if problems:
        raise ContentError(problems)
    return wanted


def _refuse_none(campaign: Campaign) -> None:
    """The usual calendar passes over what is not there; a line of one's own is a mistake."""
    problems = [
        Problem(
            where=campaign.file,
            line=slot.place.line,
            what=f"No recommendations here: no list in {campaign.statement} is led in by a call.",
            mend="Take this line out of the calendar, or put the recommendations into a list.",
        )
        for slot in campaign.calendar
        if slot.kind is Kind.RECOMMENDATION and slot.place.file == campaign.file
    ]
    if problems:
        raise ContentError(problems)


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
