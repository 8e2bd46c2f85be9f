"""From the files to wanted posts: the campaign file, the statement and the templates, read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from campaign.config.calendar_check import expand
from campaign.config.load import load_campaign
from campaign.config.source import with_lines
from campaign.domain.campaign import Campaign
from campaign.domain.measure import Network
from campaign.domain.message import excerpt_ref
from campaign.domain.observance import Observance
from campaign.domain.occurrence import Occurrence
from campaign.domain.plan import Planned
from campaign.domain.post import make_post
from campaign.domain.statement import Kind, Stance, Statement
from campaign.errors import ContentError, Problem
from campaign.operations.aged import aged_notes, open_ages
from campaign.operations.decisions import Open, link_notes, misplaced, open_links, unused
from campaign.operations.guards import good_to_know, hashtag_notes, twins
from campaign.operations.networks import Adapters, keys_of
from campaign.operations.translations import aligned, missing
from campaign.platforms.counting import NETWORKS
from campaign.platforms.registry import plugin_names
from campaign.reading.extract import read_statement
from campaign.reading.observances import load_observances
from campaign.shipped import folder
from campaign.writing.compose import Composer


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """Everything the files say: the campaign, its statement, and each post it wants, in order.

    `open` is what a person has to decide before scheduling; `notes` are worth knowing. `networks`
    are those that are known here, by platform.
    """

    campaign: Campaign
    statement: Statement
    planned: tuple[Planned, ...]
    open: tuple[Open, ...] = ()
    notes: tuple[str, ...] = ()
    translations: tuple[Statement, ...] = ()
    networks: Mapping[str, Network] = field(default_factory=lambda: NETWORKS)


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
    campaign = load_campaign(
        file,
        observances=observances,
        platforms=NETWORKS,
        plugins=plugin_names(),
        keys_of=keys_of,
    )
    adapters = Adapters(file.parent)
    first, *others = statements = _read(file, campaign, observances)
    if problems := misplaced(campaign, statements):
        raise ContentError(problems)
    observance = observances.get(campaign.observance or first.observance or "")
    templates = (file.parent / "templates", folder("messages") / "templates")
    composers = {
        statement.language: Composer(
            campaign.in_language(statement.language), statement, templates, observance
        )
        for statement in statements
    }
    wanted = _occurrences(campaign, composers)
    planned = _compose(campaign, composers, wanted, adapters)
    if problems := [*twins(wanted, planned), *adapters.problems(planned)]:
        raise ContentError(problems)
    return Drafted(
        campaign=campaign,
        statement=first,
        translations=tuple(others),
        planned=planned,
        open=tuple(_open(campaign, statements, planned)),
        notes=(*_notes(campaign, statements, planned), *adapters.prices(planned)),
        networks=adapters.networks(campaign.accounts),
    )


def _read(file: Path, campaign: Campaign, observances: Mapping[str, Observance]) -> list[Statement]:
    """The statement in each of its languages. All that cannot be read is raised at once."""
    found: list[Statement] = []
    problems: list[Problem] = []
    for language in campaign.languages:
        path = file.parent / campaign.in_language(language).statement
        try:
            statement = read_statement(
                path, language=language, observances=observances, pick=campaign.pick
            )
            _refuse_stops(statement)
            found.append(statement)
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return aligned(campaign, found)


def _open(
    campaign: Campaign, statements: Sequence[Statement], planned: Sequence[Planned]
) -> Iterator[Open]:
    for statement in statements:
        here = [one for one in planned if one.message.language == statement.language]
        yield from open_links(campaign, statement, here)
        yield from open_ages(campaign, statement, here)


def _notes(
    campaign: Campaign, statements: Sequence[Statement], planned: Sequence[Planned]
) -> Iterator[str]:
    yield from missing(campaign)
    yield from unused(campaign)
    yield from good_to_know(campaign, planned)
    yield from _in_one_post(planned)
    for statement in statements:
        here = [one for one in planned if one.message.language == statement.language]
        edition = campaign.in_language(statement.language)
        yield from hashtag_notes(edition, statement)
        yield from link_notes(campaign, statement, here)
        yield from aged_notes(campaign, statement, here)


def _in_one_post(planned: Sequence[Planned]) -> Iterator[str]:
    """Where a thread was asked for and the network has none."""
    there = {
        one.post.account.platform
        for one in planned
        if one.message.kind is Kind.THREAD and not NETWORKS[one.post.account.platform].threads
    }
    for name in sorted(there):
        yield f"{NETWORKS[name].title} has no threads: there all recommendations are one post."


def _refuse_stops(statement: Statement) -> None:
    """An item of "We urge States to stop:" alone would ask for the opposite."""
    stops = [one for one in statement.recommendations if one.stance is Stance.STOP]
    if stops:
        what = "This is to be stopped or not done; a message with it alone would say the opposite."
        mend = "Pick another list, or say in the statement what is to be done."
        place = stops[0].place
        raise ContentError([Problem(where=place.file, line=place.line, what=what, mend=mend)])


def _occurrences(campaign: Campaign, composers: Mapping[str, Composer]) -> list[Occurrence]:
    each = [composer.available() for composer in composers.values()]
    available = {kind: sorted({n for one in each for n in one[kind]}) for kind in Kind}
    if not available[Kind.RECOMMENDATION]:
        _refuse_none(campaign)
    skipped = {skip.ref for skip in campaign.decided.skips}
    problems = [
        _missing(campaign, slot.place.line, f"{slot.kind} {number}", list(available[slot.kind]))
        for slot in campaign.calendar
        for number in slot.numbers or ()
        if slot.kind is not Kind.MESSAGE
        and number not in available[slot.kind]
        and excerpt_ref(slot.kind, number) not in skipped
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
        if slot.kind in {Kind.RECOMMENDATION, Kind.THREAD} and slot.place.file == campaign.file
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
    campaign: Campaign,
    composers: Mapping[str, Composer],
    wanted: Sequence[Occurrence],
    adapters: Adapters,
) -> tuple[Planned, ...]:
    planned, problems = [], dict[str, Problem]()
    for occurrence in wanted:
        network = adapters.network(occurrence.account)
        try:
            composer = composers[occurrence.language]
            message = composer.compose(occurrence.slot.kind, occurrence.number, network)
        except ContentError as error:
            problems |= {str(problem): problem for problem in error.problems}
            continue
        post = make_post(campaign.id, occurrence.account, message, occurrence)
        planned.append(Planned(post=post, message=message))
    if problems:
        raise ContentError(list(problems.values()))
    return tuple(planned)
