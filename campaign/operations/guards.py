"""What only shows when all posts stand side by side: the same words twice."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from campaign.domain.campaign import Campaign
from campaign.domain.occurrence import Occurrence
from campaign.domain.plan import Planned
from campaign.domain.statement import Statement
from campaign.errors import Problem
from campaign.preview.names import language_name
from campaign.writing.guards import mentioned
from campaign.writing.hashtags import camel_case
from campaign.writing.leads import source_of
from campaign.writing.phrases import source_name

YEAR = timedelta(days=366)


def twins(wanted: Sequence[Occurrence], planned: Sequence[Planned]) -> list[Problem]:
    """Texts that two accounts of X would post alike, one problem for each pair and line."""
    first: dict[str, str] = {}
    found: dict[tuple[int, str, str], Problem] = {}
    for occurrence, one in zip(wanted, planned, strict=True):
        if one.post.account.platform != "x":
            continue
        text = " ".join(str(body["text"]) for body in one.post.bodies).casefold()
        name = one.post.account.name
        names = (first.setdefault(" ".join(text.split()), name), name)
        if names[0] != names[1]:
            place = occurrence.slot.place
            found.setdefault((place.line, *names), _twin(one, names, occurrence))
    return list(found.values())


def said_twice(wanted: Sequence[Occurrence], planned: Sequence[Planned]) -> list[Problem]:
    """Two messages that say the same words on one account, one problem for each pair."""
    first: dict[tuple[str, str], Planned] = {}
    found: dict[tuple[str, ...], Problem] = {}
    for occurrence, one in zip(wanted, planned, strict=True):
        if occurrence.slot.again:
            continue
        former = first.setdefault((one.post.account.identity, one.post.text_hash), one)
        if former.post.key != one.post.key:
            pair = (str(former.message.place), str(one.message.place), one.message.ref)
            found.setdefault(pair, _said_twice(former, one))
    return list(found.values())


def _said_twice(former: Planned, one: Planned) -> Problem:
    before, place, name = former.message, one.message.place, one.post.account.name
    mend = f"Take one out of the text, or write  skip: [{one.message.title}]"
    if before.title == one.message.title:
        mend = f"Translate it, or leave one language out of {name}."
    elif one.message.declared:
        mend = "Change one of them, or take it out of the calendar."
    return Problem(
        where=place.file,
        line=place.line,
        what=(
            f"{one.message.title} ({one.message.language}) says word for word what {before.title}"
            f" ({before.language}, {before.place}) says, and {name} would post both."
        ),
        mend=f"{mend} If you mean it, add again to its line of the calendar.",
    )


def _twin(one: Planned, names: tuple[str, str], occurrence: Occurrence) -> Problem:
    slot = occurrence.slot
    what = (
        f"{one.message.title} reads the same on {names[0]} and {names[1]}, and X forbids one text"
        " on several accounts."
    )
    mend = f"Keep one of them: write  except {names[1]}  at the end of this line."
    return slot.place.problem(what, mend, len(slot.text))


def hashtag_notes(campaign: Campaign, statement: Statement) -> Iterator[str]:
    """Hashtags that screen readers read badly."""
    vocabulary = f"{campaign.title} {statement.observance or ''} {statement.headline.text}"
    for tag in campaign.hashtags:
        if better := camel_case(tag, f"{vocabulary} {statement.text}"):
            yield (
                f"The hashtag {tag} reads better as {better}: screen readers hear the words by"
                " their capitals."
            )


def good_to_know(
    campaign: Campaign, statements: Sequence[Statement], planned: Sequence[Planned]
) -> Iterator[str]:
    """Links and handles that are missing, figures that are old, leads in words of one's own."""
    yield from _without_link(campaign, statements, planned)
    yield from _without_handle(campaign, planned)
    sources = [source_of(statement) for statement in statements]
    for account in campaign.accounts:
        if account.lead and not any(source.says(account.lead) for source in sources):
            yield (
                f'"{account.lead}" above the posts of {account.name} is your own wording: these'
                " words do not stand so in the statement's call."
            )
    for fact in campaign.decided.facts:
        if fact.as_of is None:
            mend = f"Write one, as in  as-of: {campaign.day}"
            yield f"The figure of fact {fact.key} has no date. {mend}"
        elif campaign.day - fact.as_of > YEAR:
            yield f"The figure of fact {fact.key} is of {fact.as_of}, more than a year before D."


def _without_link(
    campaign: Campaign, statements: Sequence[Statement], planned: Iterable[Planned]
) -> Iterator[str]:
    """Where readers cannot go on to the statement."""
    posted = {one.message.language for one in planned if not one.message.declared}
    for statement in statements:
        language = statement.language
        if language in posted and not campaign.in_language(language).link:
            which = f" for {language_name(language)}" if len(statements) > 1 else ""
            name = source_name(statement)
            instead = (
                f"posts end with the source's name instead: {name}"
                if name
                else ("nothing in a post says whose statement it is")
            )
            yield f"There is no link:{which}, so {instead}."


def _without_handle(campaign: Campaign, planned: Iterable[Planned]) -> Iterator[str]:
    declared = [one for one in planned if one.message.declared]
    texts = {
        entry.text for message in campaign.decided.messages for entry in message.texts.values()
    }
    texts |= {one.text for each in campaign.decided.short.values() for one in each.values()}
    for mention in campaign.decided.mentions:
        if not any(mention.key.lower() in mentioned(text) for text in texts):
            continue
        missing = dict.fromkeys(
            one.post.account.platform
            for one in declared
            if mention.name in one.message.words
            and one.post.account.platform not in mention.handles
        )
        if missing:
            yield (
                f"{mention.key} has no handle on {', '.join(missing)}: posts print"
                f" {mention.name} there."
            )
