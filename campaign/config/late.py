"""How late a post may go out, and what then: `late:`."""

from datetime import timedelta

from campaign.config.model import CampaignKeys
from campaign.config.problems import quoted
from campaign.config.report import Report
from campaign.config.times import read_duration
from campaign.domain.campaign import Late, LatePolicy


def read_late(report: Report, keys: CampaignKeys) -> LatePolicy:
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
