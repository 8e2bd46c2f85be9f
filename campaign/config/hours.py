"""The hours in which nothing goes out, and what the clock and the week mean here:
`quiet:`, `embargo:`, `clocks:`, `weekend:`.
"""

import re
from dataclasses import replace
from datetime import date, datetime, time

from campaign.config.calendar_tokens import Line
from campaign.config.calendar_when import TIME, read_time, read_when
from campaign.config.model import CampaignKeys
from campaign.config.problems import did_you_mean, quoted
from campaign.config.report import Report
from campaign.config.zone import is_zone
from campaign.domain.campaign import Campaign
from campaign.domain.civil_time import (
    SATURDAY_AND_SUNDAY,
    WEEK,
    Clocks,
    Fold,
    Gap,
    GapError,
    Weekend,
    resolve,
)
from campaign.domain.occurrence import slot_day
from campaign.domain.quiet import Quiet

WEEKENDS = ("sat-sun", "fri-sat", "thu-fri", "fri", "sat", "sun")


def with_hours(report: Report, keys: CampaignKeys, campaign: Campaign) -> Campaign:
    """The campaign with what these keys say of its time."""
    weekend = _weekend(report, keys)
    return replace(
        campaign,
        weekend=weekend,
        approval=replace(campaign.approval, weekend=weekend),
        clocks=_clocks(keys),
        quiet=_quiet(report, keys),
        embargo=_embargo(report, keys, campaign, weekend),
    )


def _weekend(report: Report, keys: CampaignKeys) -> Weekend:
    """The days of the week on which nobody works."""
    if keys.weekend is None:
        return SATURDAY_AND_SUNDAY
    written = keys.weekend.strip().lower()
    if written not in WEEKENDS:
        what = f"{quoted(keys.weekend)} is not a weekend."
        mend = did_you_mean(written, WEEKENDS, "Write sat-sun, fri-sat, or one day: fri.")
        report.value(("weekend",), what, mend)
        return SATURDAY_AND_SUNDAY
    return frozenset(WEEK.index(day) for day in written.split("-"))


def _clocks(keys: CampaignKeys) -> Clocks:
    """Times that the clocks skip or show twice."""
    if keys.clocks is None:
        return Clocks()
    return Clocks(gap=Gap(keys.clocks.gap or Gap.ERROR), fold=Fold(keys.clocks.fold or Fold.FIRST))


def _quiet(report: Report, keys: CampaignKeys) -> Quiet | None:
    if keys.quiet is None:
        return None
    found = re.fullmatch(rf"({TIME.pattern})\s*[-–—]\s*({TIME.pattern})", keys.quiet.strip())
    if found is None:
        what = f"{quoted(keys.quiet)} is not from one time to another."
        report.value(("quiet",), what, "Write  quiet: 22:00-07:00")
        return None
    quiet = Quiet(start=time.fromisoformat(found[1]), end=time.fromisoformat(found[4]))
    if quiet.start == quiet.end:
        report.value(("quiet",), "quiet begins and ends at the same time.", "Write two times.")
        return None
    return quiet


def _embargo(
    report: Report, keys: CampaignKeys, campaign: Campaign, weekend: Weekend
) -> datetime | None:
    """The UTC instant before which nothing goes out: `D 06:00` on the campaign's clock."""
    if keys.embargo is None:
        return None
    line = Line.of(keys.embargo)
    if not re.search(r"\d", keys.embargo):
        what = f"{quoted(keys.embargo)} is not a moment."
        mend = "Write  embargo: D 06:00  or  embargo: 2021-12-18 06:00"
        report.value(("embargo",), what, mend)
        return None
    when, at = read_when(line), read_time(line)
    if line.tokens and not line.faults:
        line.fault(line.tokens[0], "Nothing comes behind the time.", "Write  embargo: D 06:00")
    for fault in line.faults:
        report.value(("embargo",), fault.what, fault.mend, offset=fault.offset, width=fault.width)
    if line.faults or not is_zone(campaign.zone) or campaign.day == date.min:
        return None
    local = datetime.combine(slot_day(when, campaign.day, weekend), at)
    try:
        return resolve(local, campaign.zone)
    except GapError as error:
        report.value(("embargo",), f"{error}.", "The clocks go forward then; choose another time.")
        return None
