"""A campaign from its file. Every problem of the file is raised at once, each with its place."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from campaign.config.accounts import names_for_lists, read_accounts, read_plugins
from campaign.config.calendar_line import DEFAULT, read_line
from campaign.config.day import read_day
from campaign.config.decided import read_decisions
from campaign.config.editions import read_editions
from campaign.config.hours import with_hours
from campaign.config.model import CampaignKeys
from campaign.config.pick import read_pick
from campaign.config.problems import did_you_mean, quoted
from campaign.config.report import Report
from campaign.config.source import read_source
from campaign.config.statement_file import beginning, read_statements
from campaign.config.times import read_duration
from campaign.config.tokens import refuse_tokens
from campaign.config.tree import read_tree
from campaign.config.zone import read_zone
from campaign.domain.campaign import (
    Account,
    AccountKeys,
    ApprovalRule,
    Campaign,
    Edition,
    Late,
    LatePolicy,
    Slot,
    Wording,
)
from campaign.domain.decisions import Decisions
from campaign.domain.observance import Observance
from campaign.domain.occurrence import slot_accounts
from campaign.domain.statement import Place

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def load_campaign(
    path: Path,
    *,
    observances: Mapping[str, Observance],
    platforms: Collection[str],
    plugins: Collection[str] = (),
    keys_of: Callable[[str, bool], AccountKeys] = lambda _platform, _allowed: AccountKeys(),
) -> Campaign:
    """The checked campaign. Raises ContentError with all problems of the file.

    `platforms` are the networks that are known here, `plugins` those that installed adapters from
    elsewhere add. `keys_of` a platform, and whether the file allows its plug-in: its own keys.
    """
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
    accounts = read_accounts(
        report, keys, platforms, languages, allowed, lambda name: keys_of(name, name in allowed)
    )
    title = " ".join((keys.campaign or "").split())
    decided = read_decisions(report, keys, languages, platforms, day.year)
    campaign = Campaign(
        id=campaign_id,
        title=title or (f"{observance.name('en')} {day.year}" if observance else campaign_id),
        day=day,
        zone=zone,
        file=source.file,
        statement=first.statement,
        language=languages[0] if languages else "",
        accounts=accounts,
        calendar=_calendar(report, keys, accounts, languages, decided, platforms),
        observance=observance.id if observance else None,
        link=first.link,
        wording=Wording(keys.form or Wording.VERBATIM),
        hashtags=first.hashtags,
        approval=_approval(report, keys),
        late=_late(report, keys),
        pick=read_pick(report, keys),
        sha256=source.sha256,
        decided=decided,
        editions=editions,
    )
    campaign = with_hours(report, keys, campaign)
    report.raise_any()
    return campaign


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
    names = names_for_lists(keys, platforms)
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
        if not faults and accounts and not slot_accounts(slot, accounts):
            report.value(path, "This line leaves no account to post on.", "Look at on and except.")
        slots.append(slot)
    return tuple(slots)


def _approval(report: Report, keys: CampaignKeys) -> ApprovalRule:
    people = {
        role: tuple(one for one in names or () if one)
        for role, names in (keys.people or {}).items()
    }
    if keys.approval is None:
        return ApprovalRule(people=people)
    by = keys.approval.by
    if by == [] or (by is None and not report.has("approval", "by")):
        what = "approval does not say by which role."
        report.key(("approval",), what, "Write  approval: {by: [comms]}")
    for index, role in enumerate(by or ()):
        path = ("approval", "by", index)
        broken = role in people and (keys.people or {})[role] is None
        if role and not people.get(role) and not broken:
            what = f"The role {quoted(role)} has no people, so nobody could approve."
            known = [other for other, names in people.items() if names]
            report.value(
                path, what, did_you_mean(role, known, f"Add  people: {{{role}: [a.name]}}")
            )
        elif role and role in (by or [])[:index]:
            report.value(path, f"{role} is in the list twice.", "Keep one of them.")
    return ApprovalRule(by=tuple(role for role in by or () if role), people=people)


def _late(report: Report, keys: CampaignKeys) -> LatePolicy:
    policy = LatePolicy()
    if keys.late is None:
        return policy
    after = policy.after
    if keys.late.after is not None:
        duration = read_duration(keys.late.after)
        after = duration or timedelta(0)
        if not timedelta(0) < after <= timedelta(hours=24):
            what = f"{quoted(keys.late.after)} is not a wait of 1 minute to 24 hours."
            report.value(("late", "after"), what, "Write  after: 90m  or  after: 2h")
    return LatePolicy(after=after, then=Late(keys.late.then or policy.then))
