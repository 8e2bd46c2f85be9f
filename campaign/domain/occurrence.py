"""From calendar lines to instants: which excerpt, on which account, when, and for how long."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from campaign.domain.campaign import Account, Campaign, Late, LatePolicy, Slot
from campaign.domain.civil_time import add_working_days, midnight_after, resolve
from campaign.domain.message import excerpt_ref
from campaign.domain.statement import Kind

SEND_AT_MOST = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One resolved instant of a calendar line. `due_at` and `not_after` are UTC."""

    slot: Slot
    number: int
    account: Account
    local_time: datetime
    zone: str
    due_at: datetime
    not_after: datetime
    lateness: Late
    language: str = ""

    @property
    def again(self) -> bool:
        return self.slot.again

    @property
    def suffix(self) -> str:
        return "~again" if self.slot.again else ""


def occurrences(
    campaign: Campaign, available: Mapping[Kind, Sequence[int]]
) -> Iterator[Occurrence]:
    """Every post the calendar asks for, in the calendar's order.

    `available` says which excerpt numbers the statement has. Raises civil_time.GapError.
    """
    for slot in campaign.calendar:
        numbers = _numbers(campaign, slot, available)
        for position, number in enumerate(numbers):
            local = datetime.combine(slot_day(slot, campaign.day), slot.at) + position * slot.every
            for account in slot_accounts(slot, campaign.accounts):
                spoken = _languages(campaign, slot, number, account)
                for place, language in enumerate(spoken):
                    at = local + place * account.stagger
                    yield _occurrence(campaign, slot, number, account, at, language)


def _numbers(campaign: Campaign, slot: Slot, available: Mapping[Kind, Sequence[int]]) -> list[int]:
    """The line's excerpts without those that are left out in every language."""
    asked = slot.numbers or available.get(slot.kind, ())
    skipped = campaign.decided.is_skipped
    return [n for n in asked if not skipped(excerpt_ref(slot.kind, n, slot.name))]


def _languages(campaign: Campaign, slot: Slot, number: int, account: Account) -> list[str]:
    """In which languages an account posts an excerpt, in its own order."""
    ref = excerpt_ref(slot.kind, number, slot.name)
    decided = campaign.decided
    return [
        language
        for language in account.speaks
        if (not slot.languages or language in slot.languages)
        and (not campaign.editions or language in campaign.editions)
        and not decided.is_silent(ref, language)
        and (slot.kind is not Kind.MESSAGE or decided.has_text(slot.name, language))
    ]


def slot_day(slot: Slot, day: date) -> date:
    """The date a calendar line means."""
    if slot.day is not None:
        return slot.day
    if slot.working_days:
        return add_working_days(day, slot.offset)
    return day + timedelta(days=slot.offset)


def slot_accounts(slot: Slot, accounts: Sequence[Account]) -> list[Account]:
    """The accounts a line names by account or platform; all of them where it names none."""

    def named(account: Account, names: Sequence[str]) -> bool:
        return account.name in names or account.platform in names

    return [
        account
        for account in accounts
        if (not slot.on or named(account, slot.on)) and not named(account, slot.excluding)
    ]


def _occurrence(
    campaign: Campaign,
    slot: Slot,
    number: int,
    account: Account,
    local: datetime,
    language: str,
) -> Occurrence:
    due_at = resolve(local, campaign.zone)
    not_after = window_end(due_at, campaign.late)
    if slot.is_on_the_day:
        not_after = min(not_after, midnight_after(campaign.day, campaign.zone))
    return Occurrence(
        slot=slot,
        number=number,
        account=account,
        local_time=local,
        zone=campaign.zone,
        due_at=due_at,
        not_after=not_after,
        lateness=campaign.late.then,
        language=language,
    )


def window_end(due_at: datetime, late: LatePolicy) -> datetime:
    return due_at + (SEND_AT_MOST if late.then is Late.SEND else late.after)
