"""Until when a previewed post is not to be shown: said on each, for whoever it is sent to."""

from datetime import datetime

from campaign.domain.campaign import Campaign
from campaign.domain.civil_time import city, to_local
from campaign.preview.names import short_day


def embargo_line(campaign: Campaign, now: datetime, zone: str = "") -> str | None:
    """`EMBARGO until Fri 18 Dec 06:00 Zurich`, and on the clock of `zone` where that is another;
    nothing once it is over.
    """
    if campaign.embargo is None or now >= campaign.embargo:
        return None
    clocks = dict.fromkeys([campaign.zone, zone or campaign.zone])
    return "EMBARGO until " + " = ".join(_clock(campaign.embargo, one) for one in clocks)


def _clock(instant: datetime, zone: str) -> str:
    local = to_local(instant, zone)
    return f"{short_day(local)} {local:%H:%M} {city(zone)}"
