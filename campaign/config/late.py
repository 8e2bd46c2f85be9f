"""How late a post may go out, and what then: `late:`."""

from datetime import timedelta

from campaign.config.guesses import meant_duration
from campaign.config.model import CampaignKeys
from campaign.config.problems import quoted
from campaign.config.report import Report
from campaign.config.times import read_duration
from campaign.domain.campaign import Late, LatePolicy

LONGEST = timedelta(hours=24)


def _mend(written: str) -> str:
    meant = meant_duration(written)
    duration = read_duration(meant) if meant else None
    fits = meant and duration and timedelta(0) < duration <= LONGEST
    return f"Did you mean {meant}?" if fits else "Write  after: 90m  or  after: 2h"


def read_late(report: Report, keys: CampaignKeys) -> LatePolicy:
    policy = LatePolicy()
    if keys.late is None:
        return policy
    after = policy.after
    if keys.late.after is not None:
        duration = read_duration(keys.late.after)
        if duration and timedelta(0) < duration <= LONGEST:
            after = duration
        else:  # the usual wait stands, so that nothing else seems to be wrong
            what = f"{quoted(keys.late.after)} is not a wait of 1 minute to 24 hours."
            report.value(("late", "after"), what, _mend(keys.late.after))
    return LatePolicy(after=after, then=Late(keys.late.then or policy.then))
