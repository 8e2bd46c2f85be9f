"""From the files to wanted posts: the campaign file, the statement and the templates, read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from campaign.config.calendar_check import expand
from campaign.config.load import Reading, read_campaign
from campaign.config.source import with_lines
from campaign.domain.campaign import Campaign
from campaign.domain.measure import Network
from campaign.domain.observance import Observance
from campaign.domain.occurrence import Occurrence
from campaign.domain.plan import Planned
from campaign.domain.post import make_post
from campaign.domain.statement import Kind, Stance, Statement
from campaign.errors import ContentError, Problem
from campaign.operations.absent import absent, is_there
from campaign.operations.aged import aged_notes, open_ages
from campaign.operations.decisions import Open, link_notes, misplaced, open_links, unused
from campaign.operations.guards import good_to_know, hashtag_notes, said_twice, twins
from campaign.operations.networks import Adapters, keys_of
from campaign.operations.translations import aligned, missing
from campaign.platforms.counting import NETWORKS
from campaign.platforms.registry import plugin_names
from campaign.reading.extract import read_statement
from campaign.reading.observances import load_observances
from campaign.shipped import folder
from campaign.writing.compose import Composer

# With a problem in one of these, the messages can be written and looked at all the same.
APART = frozenset(("id", "accounts", "groups", "calendar", "people", "approval", "late")) | {
    "quiet",
    "embargo",
    "spacing",
    "weekend",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """Everything the files say: the campaign, its statement, and each post it wants, in order.

    `open` is what a person has to decide before scheduling; `notes` are worth knowing; `adapters`
    know what the networks charge. `networks` are those that are known here, by platform; in doubt,
    only a person can look at the accounts in `asking`.
    """

    campaign: Campaign
    statement: Statement
    planned: tuple[Planned, ...]
    adapters: Adapters = field(default_factory=lambda: Adapters(Path()))
    open: tuple[Open, ...] = ()
    notes: tuple[str, ...] = ()
    translations: tuple[Statement, ...] = ()
    networks: Mapping[str, Network] = field(default_factory=lambda: NETWORKS)
    asking: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """The files as far as they can be read, and all that is wrong with them, in their order."""

    title: str = ""
    drafted: Drafted | None = None
    problems: tuple[Problem, ...] = ()


def draft(file: Path) -> Drafted:
    """Read the campaign at `file` and write its messages.

    Raises ContentError with every problem of the file, the statement and the messages.
    """
    examined = examine(file)
    if examined.problems or examined.drafted is None:
        raise ContentError(examined.problems)
    return examined.drafted


def examine(file: Path) -> Examined:
    """Everything `draft` would refuse, and what it would write all the same."""
    observances = load_observances()
    try:
        reading = read_campaign(
            file,
            observances=observances,
            platforms=NETWORKS,
            plugins=plugin_names(),
            keys_of=keys_of,
        )
    except ContentError as error:
        return Examined(problems=tuple(with_lines(file, error.problems)))
    problems = list(reading.problems)
    drafted = _draft(file, reading, observances, problems)
    problems.sort(key=lambda one: (one.where != reading.campaign.file, one.where, one.line or 0))
    return Examined(
        title=reading.campaign.title,
        drafted=drafted,
        problems=tuple(with_lines(file, problems)),
    )


def _draft(
    file: Path,
    reading: Reading,
    observances: Mapping[str, Observance],
    problems: list[Problem],
) -> Drafted | None:
    """The messages, where what they say does not hang on a key that has a problem."""
    campaign = reading.campaign
    found = _read(file, reading, observances, problems)
    if found is None or reading.spoilt - APART:
        return None
    first, *others = statements = found
    if wrong := misplaced(campaign, statements):
        problems += wrong
        return None
    observance = observances.get(campaign.observance or first.observance or "")
    templates = (file.parent / campaign.templates, folder("messages") / "templates")
    composers = {
        statement.language: Composer(
            campaign.in_language(statement.language), statement, templates, observance
        )
        for statement in statements
    }
    adapters = Adapters(file.parent)
    wanted = _occurrences(campaign, composers, problems)
    wanted, planned = _compose(campaign, composers, wanted, adapters, problems)
    problems += [
        *twins(wanted, planned),
        *said_twice(wanted, planned),
        *adapters.problems(planned),
    ]
    return Drafted(
        campaign=campaign,
        statement=first,
        translations=tuple(others),
        planned=planned,
        adapters=adapters,
        open=tuple(_open(campaign, statements, planned)),
        notes=() if problems else tuple(_notes(campaign, statements, planned)),
        networks=adapters.networks(campaign.accounts),
        asking=adapters.asking(campaign.accounts),
    )


def _read(
    file: Path,
    reading: Reading,
    observances: Mapping[str, Observance],
    problems: list[Problem],
) -> list[Statement] | None:
    """The statement in each of its languages; None where one cannot be read, or where their
    excerpts do not match.
    """
    campaign, found = reading.campaign, list[Statement]()
    if reading.spoilt & {"statement", "pick"} or not campaign.editions:
        return None
    for language, edition in campaign.editions.items():
        try:
            statement = read_statement(
                file.parent / edition.statement,
                language=language,
                observances=observances,
                pick=edition.pick,
            )
            _refuse_stops(statement)
            found.append(statement)
        except ContentError as error:
            problems += error.problems
    if len(found) < len(campaign.editions) or reading.spoilt & {"skip", "facts"}:
        return None
    try:
        return aligned(campaign, found)
    except ContentError as error:
        problems += error.problems
        return None


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
    yield from good_to_know(campaign, statements, planned)
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


def _occurrences(
    campaign: Campaign, composers: Mapping[str, Composer], problems: list[Problem]
) -> list[Occurrence]:
    each = [composer.available() for composer in composers.values()]
    available = {kind: sorted({n for one in each for n in one[kind]}) for kind in Kind}
    wrong = {
        slot: problem
        for slot in campaign.calendar
        if slot.place.file == campaign.file
        and (problem := absent(campaign, slot, available[slot.kind]))
    }
    problems += wrong.values()
    lines = tuple(
        slot
        for slot in campaign.calendar
        if slot not in wrong and is_there(slot, campaign, available)
    )
    wanted, more = expand(replace(campaign, calendar=lines), available)
    problems += more
    return wanted


def _compose(
    campaign: Campaign,
    composers: Mapping[str, Composer],
    wanted: Sequence[Occurrence],
    adapters: Adapters,
    problems: list[Problem],
) -> tuple[list[Occurrence], tuple[Planned, ...]]:
    """The posts that can be written, each with its occurrence beside it."""
    written, planned, wrong = list[Occurrence](), list[Planned](), dict[str, Problem]()
    for occurrence in wanted:
        account, slot = occurrence.account, occurrence.slot
        try:
            composer = composers[occurrence.language]
            network = adapters.network(account)
            message = composer.compose(slot.kind, occurrence.number, network, account.lead)
        except ContentError as error:
            wrong |= {str(problem): problem for problem in error.problems}
            continue
        post = make_post(campaign.id, account, message, occurrence)
        planned.append(Planned(post=post, message=message))
        written.append(occurrence)
    problems += wrong.values()
    return written, tuple(planned)
