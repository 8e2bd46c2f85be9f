"""A campaign from its file. Every problem of the file is raised at once, each with its place."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from campaign.config.accounts import KeysOf, names_for_lists, no_keys, read_accounts, read_plugins
from campaign.config.approval import read_approval
from campaign.config.calendar_line import DEFAULT, read_line
from campaign.config.day import read_day
from campaign.config.decided import read_decisions
from campaign.config.editions import read_editions
from campaign.config.groups import members_of, read_groups
from campaign.config.hours import with_hours
from campaign.config.late import read_late
from campaign.config.model import CampaignKeys
from campaign.config.problems import quoted
from campaign.config.report import Report
from campaign.config.source import read_source
from campaign.config.statement_file import beginning, read_statements, read_templates
from campaign.config.tokens import refuse_tokens
from campaign.config.tree import read_tree
from campaign.config.zone import read_zone
from campaign.domain.campaign import (
    Account,
    Campaign,
    Edition,
    Numbering,
    Slot,
    Voice,
    Wording,
)
from campaign.domain.decisions import Decisions
from campaign.domain.observance import Observance
from campaign.domain.occurrence import slot_accounts
from campaign.domain.statement import Place
from campaign.errors import ContentError, Problem

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A campaign file as far as it could be read. `spoilt` are the keys that have a problem: what
    the campaign says there is not what the file says.
    """

    campaign: Campaign
    problems: tuple[Problem, ...]
    spoilt: frozenset[str]


def load_campaign(
    path: Path,
    *,
    observances: Mapping[str, Observance],
    platforms: Collection[str],
    plugins: Collection[str] = (),
    keys_of: KeysOf = no_keys,
) -> Campaign:
    """The checked campaign. Raises ContentError with all problems of the file.

    `platforms` are the networks that are known here, `plugins` those that adapters installed from
    elsewhere add. `keys_of` tells the further keys that accounts of a platform may have.
    """
    reading = read_campaign(
        path, observances=observances, platforms=platforms, plugins=plugins, keys_of=keys_of
    )
    if reading.problems:
        raise ContentError(reading.problems)
    return reading.campaign


def read_campaign(
    path: Path,
    *,
    observances: Mapping[str, Observance],
    platforms: Collection[str],
    plugins: Collection[str] = (),
    keys_of: KeysOf = no_keys,
) -> Reading:
    """The campaign, and what is wrong with it. Raises ContentError where the file is no YAML."""
    source = read_source(path)
    report = Report(source, read_tree(source))
    keys = report.fit()
    refuse_tokens(report)
    allowed = read_plugins(report, keys, plugins)
    platforms = {*platforms, *allowed}
    day, observance = read_day(report, keys, observances)
    campaign_id = _id(report, keys, observance)
    editions = read_editions(report, keys, read_statements(report, keys))
    languages = list(editions)
    first = next(iter(editions.values()), Edition(statement=""))
    zone = read_zone(report, keys, beginning(report, first.statement))
    accounts = read_accounts(report, keys, platforms, languages, allowed, keys_of)
    decided = read_decisions(report, keys, languages, platforms, day.year)
    campaign = Campaign(
        id=campaign_id,
        title=_title(keys, observance, day.year) or campaign_id,
        day=day,
        zone=zone,
        file=source.file,
        statement=first.statement,
        language=languages[0] if languages else "",
        accounts=accounts,
        calendar=_calendar(report, keys, accounts, languages, decided, platforms),
        observance=observance.id if observance else None,
        link=first.link,
        hashtags=first.hashtags,
        pick=first.pick,
        sha256=source.sha256,
        decided=decided,
        editions=editions,
        day_place=_day_place(report, keys),
    )
    campaign = with_hours(report, keys, _with_rules(report, keys, campaign))
    return Reading(campaign=campaign, problems=report.in_order(), spoilt=frozenset(report.spoilt))


def _day_place(report: Report, keys: CampaignKeys) -> Place | None:
    name = "day" if keys.day is not None else "date"
    return report.entry((name,), "").place if (name,) in report.tree.keys else None


def _with_rules(report: Report, keys: CampaignKeys, campaign: Campaign) -> Campaign:
    """The campaign with what these keys say of its words and of who decides."""
    return replace(
        campaign,
        wording=Wording(keys.form or Wording.VERBATIM),
        numbering=Numbering(keys.number or Numbering.POSTED),
        voice=Voice(keys.voice or Voice.OWN),
        templates=read_templates(report, keys),
        approval=read_approval(report, keys),
        late=read_late(report, keys),
    )


def _title(keys: CampaignKeys, observance: Observance | None, year: int) -> str:
    usual = f"{observance.name('en')} {year}" if observance else ""
    return " ".join((keys.campaign or "").split()) or usual


def _id(report: Report, keys: CampaignKeys, observance: Observance | None) -> str:
    if keys.id is None:
        if not report.has("id"):
            mend = "Add a short one, as in  id: imd-2021"
            if observance and (year := re.search(r"20\d\d", f"{keys.day} {keys.campaign}")):
                initials = "".join(word[0] for word in observance.id.split("-"))
                mend = f"Add  id: {initials}-{year[0]}"
            report.missing("id is missing, the campaign's name in the queue.", mend)
        return ""
    if not ID.fullmatch(keys.id):
        what = (
            f"{quoted(keys.id)} cannot be an id: lowercase letters, digits and hyphens, 40 at most."
        )
        guess = re.sub(r"[^a-z0-9]+", "-", keys.id.lower()).strip("-")[:40]
        report.value(
            ("id",), what, f"Did you mean {guess}?" if guess else "Write it as in imd-2021."
        )
    return keys.id


def _calendar(
    report: Report,
    keys: CampaignKeys,
    accounts: tuple[Account, ...],
    languages: Sequence[str],
    decided: Decisions,
    platforms: Collection[str],
) -> tuple[Slot, ...]:
    own = [message.name for message in decided.messages]
    singles = names_for_lists(keys, platforms)
    groups = read_groups(report, keys, singles, platforms)
    names = singles | frozenset(keys.groups or ())
    if keys.calendar is None:
        places = (Place(file="default calendar", line=n) for n in range(1, len(DEFAULT) + 1))
        return tuple(
            read_line(text, place, names)[0] for text, place in zip(DEFAULT, places, strict=True)
        )
    if not keys.calendar:
        mend = "Write lines such as  - D 10:00 headline, or leave calendar out for the usual one."
        report.value(("calendar",), "calendar is empty.", mend)
    slots = []
    for index, text in enumerate(keys.calendar):
        if text is None:
            continue
        path = ("calendar", index)
        spot = report.place(path)
        column = report.start_of_text(path) or spot.column
        place = Place(file=report.source.file, line=spot.line, column=column)
        slot, faults = read_line(text, place, names, own, languages)
        for fault in faults:
            report.value(path, fault.what, fault.mend, offset=fault.offset, width=fault.width)
        if faults:
            continue
        on, excluding = members_of(slot.on, groups), members_of(slot.excluding, groups)
        slot = replace(slot, on=on, excluding=excluding)
        if not report.spoilt & {"accounts", "groups"} and not slot_accounts(slot, accounts):
            report.value(path, "This line leaves no account to post on.", "Look at on and except.")
        slots.append(slot)
    return tuple(slots)
