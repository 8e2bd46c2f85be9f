"""From calendar lines to instants: which excerpt, on which account, when, and for how long."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from campaign.domain.campaign import Account, Campaign, Late, LatePolicy, Slot, When
from campaign.domain.civil_time import (
    SATURDAY_AND_SUNDAY,
    Clocks,
    Gap,
    Weekend,
    add_working_days,
    midnight_after,
    resolve,
    wall_time,
)
from campaign.domain.message import excerpt_ref
from campaign.domain.statement import Kind

SEND_AT_MOST = timedelta(hours=24)
AGAIN = "~again"  # the end of the key of a post whose calendar line says `again`
SOONER = Clocks(gap=Gap.EARLIER)  # a window's end that the clocks skip comes sooner, never later


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One resolved instant of a calendar line. `due_at` and `not_after` are UTC; `local_time` is
    what a clock in `zone` shows at `due_at`.
    """

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
        return AGAIN if self.slot.again else ""


def occurrences(
    campaign: Campaign, available: Mapping[Kind, Sequence[int]]
) -> Iterator[Occurrence]:
    """Every post the calendar asks for, in the calendar's order.

    `available` says which excerpt numbers the statement has. Raises civil_time.GapError.
    """
    for slot in campaign.calendar:
        numbers = _numbers(campaign, slot, available)
        for position, number in enumerate(numbers):
            day = slot_day(slot, campaign.day, campaign.weekend)
            local = datetime.combine(day, slot.at) + position * slot.every
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


def slot_day(when: When, day: date, weekend: Weekend = SATURDAY_AND_SUNDAY) -> date:
    """The date a calendar line means, where `day` is D."""
    if when.day is not None:
        return when.day
    if when.working_days:
        return add_working_days(day, when.offset, weekend)
    return day + timedelta(days=when.offset)


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
    zone = campaign.zone_of(account) if slot.local else campaign.zone
    due_at = resolve(local, zone, campaign.clocks)
    return Occurrence(
        slot=slot,
        number=number,
        account=account,
        local_time=wall_time(due_at, zone),
        zone=zone,
        due_at=due_at,
        not_after=_not_after(campaign, slot, account, zone, due_at),
        lateness=campaign.late.then,
        language=language,
    )


def _not_after(
    campaign: Campaign, slot: Slot, account: Account, zone: str, due_at: datetime
) -> datetime:
    """The end of the window: `until`, or as late as `late` allows; never past midnight of D for
    what belongs to D, never into the account's quiet hours.
    """
    if slot.until is None:
        ends = [window_end(due_at, campaign.late)]
    else:
        day = wall_time(due_at, zone).date()
        ends = [resolve(datetime.combine(day, slot.until), zone, SOONER)]
    if slot.is_on_the_day:
        ends.append(midnight_after(campaign.day, zone))
    if campaign.quiet is not None:
        own = campaign.zone_of(account)
        begin = campaign.quiet.begins_after(wall_time(due_at, own))
        ends.append(resolve(begin, own, SOONER))
    return min(ends)


def window_end(due_at: datetime, late: LatePolicy) -> datetime:
    return due_at + (SEND_AT_MOST if late.then is Late.SEND else late.after)
