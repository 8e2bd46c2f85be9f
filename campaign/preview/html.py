"""A campaign as its readers will see it: one page, in the calendar's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from campaign.domain.campaign import Account, Campaign
from campaign.domain.civil_time import to_local
from campaign.domain.measure import Network
from campaign.domain.plan import Planned
from campaign.preview.embargo import embargo_line
from campaign.preview.page import own_clock, render, title_of
from campaign.preview.thread import one_post_instead, why_a_thread
from campaign.preview.wording import origin, remarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A post on the page. `state` is the queue's word on it; `own_clock` what its own clock shows,
    where that is not the campaign's.
    """

    planned: Planned
    network: str
    why_a_thread: str | None
    one_post: str | None
    embargo: str | None
    own_clock: str | None
    origin: str
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What goes out at one instant; `title` names the excerpts."""

    at: datetime
    title: str
    posts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day in the campaign's zone."""

    at: datetime
    moments: tuple[Moment, ...]

    @property
    def posts(self) -> int:
        return sum(len(moment.posts) for moment in self.moments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One account's part of the campaign."""

    account: Account
    network: str
    posts: int
    parts: int


def preview_page(
    campaign: Campaign,
    planned: Sequence[Planned],
    *,
    networks: Mapping[str, Network],
    made_at: datetime,
    states: Mapping[str, str] | None = None,
) -> str:
    """One standalone HTML page with every post. It loads nothing and runs nothing. `states` is the
    queue's word on each post, by key.
    """
    shown = [
        _shown(campaign, each, networks, made_at, (states or {}).get(each.post.key))
        for each in sorted(planned, key=lambda each: each.post.due_at)
    ]
    return render(
        "preview.html.j2",
        campaign=campaign,
        days=_days(shown, campaign.zone),
        shares=_shares(planned, networks),
        posts=len(planned),
        parts=sum(len(each.message.parts) for each in planned),
        embargo=embargo_line(campaign, made_at),
        made_at=made_at,
        zone=campaign.zone,
    )


def _days(shown: Sequence[Shown], zone: str) -> tuple[Day, ...]:
    moments = [
        _moment(at, tuple(group))
        for at, group in groupby(shown, key=lambda each: each.planned.post.due_at)
    ]
    by_day = groupby(moments, key=lambda moment: to_local(moment.at, zone).date())
    return tuple(_day(tuple(group)) for _, group in by_day)


def _day(moments: tuple[Moment, ...]) -> Day:
    return Day(at=moments[0].at, moments=moments)


def _moment(at: datetime, shown: tuple[Shown, ...]) -> Moment:
    titles = dict.fromkeys(each.planned.message.title for each in shown)
    return Moment(at=at, title=", ".join(titles), posts=shown)


def _shown(
    campaign: Campaign,
    planned: Planned,
    networks: Mapping[str, Network],
    made_at: datetime,
    state: str | None,
) -> Shown:
    message, post = planned.message, planned.post
    is_thread = len(message.parts) > 1
    return Shown(
        planned=planned,
        network=title_of(message.platform, networks),
        why_a_thread=why_a_thread(message, networks[message.platform]) if is_thread else None,
        one_post=one_post_instead(message),
        origin=origin(message) + ("" if is_thread else remarks(message)),
        embargo=embargo_line(campaign, made_at, post.account.zone),
        own_clock=own_clock(post.due_at, post.zone, campaign.zone),
        state=state,
    )


def _shares(planned: Sequence[Planned], networks: Mapping[str, Network]) -> list[Share]:
    accounts = {each.post.account.name: each.post.account for each in planned}
    return [
        Share(
            account=account,
            network=title_of(account.platform, networks),
            posts=sum(each.post.account.name == name for each in planned),
            parts=sum(
                len(each.message.parts) for each in planned if each.post.account.name == name
            ),
        )
        for name, account in accounts.items()
    ]
