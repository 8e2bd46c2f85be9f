"""Webhooks: a signed JSON post to any receiver, or what Slack, Discord, Teams, WordPress take.

The address of a webhook is a secret: whoever has it can post.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from campaign.clock import Clock
from campaign.domain.campaign import Account
from campaign.domain.outcome import Receipt
from campaign.errors import CampaignError
from campaign.platforms.addresses import Rules
from campaign.platforms.answers import check
from campaign.platforms.base import (
    NONE,
    Capabilities,
    Platform,
    Sending,
    Verified,
)
from campaign.platforms.webhook_forms import Discord, Form, Slack, Teams
from campaign.platforms.wordpress import WordPress

if TYPE_CHECKING:
    from campaign.platforms.transport import Line

FORMS: Mapping[str, type[Form]] = MappingProxyType(
    {"": Form, "slack": Slack, "discord": Discord, "teams": Teams, "wordpress": WordPress}
)


class Webhook(Platform):
    """Posts in the form that the account's `preset` names; without one, in our own."""

    name = "webhook"
    title = "Webhook"
    options = MappingProxyType(
        {
            "preset": "slack, discord, teams or wordpress; without it, JSON of our own",
            "idempotent": "true where the receiver keeps one of several with the same webhook-id",
            "server": "WordPress: the address of the site",
            "user": "WordPress: the user of the application password",
            "port": "a port other than 443",
            "allow_loopback": "true for a receiver on this machine",
        }
    )
    needs = MappingProxyType(
        {
            "url": "the address to post to",
            "secret": "what signs the posts; whsec_… or any text",
            "password": "WordPress: an application password",
        }
    )

    def __init__(
        self, account: Account, *, clock: Clock, folder: Path, secrets: Mapping[str, str] = NONE
    ) -> None:
        super().__init__(account, clock=clock, folder=folder, secrets=secrets)
        self.form = _form(account.settings)(self)

    @classmethod
    def needed(cls, settings: Mapping[str, str]) -> Iterable[str]:
        return _form(settings).needs

    def capabilities(self) -> Capabilities:
        return self.form.capabilities()

    def publish(self, sending: Sending) -> Receipt:
        post = self.form.written(sending)
        answer = self._line().publish(
            sending, "POST", post.url, data=post.content, headers=dict(post.headers)
        )
        check(answer, now=self.clock.now(), knows=self.form.knows)
        return self.form.receipt(answer, sending)

    def find(self, sending: Sending) -> Receipt | None:
        return self.form.find(sending, self._line())

    def verify(self) -> Verified:
        return self.form.verify(self._line())

    def _line(self) -> "Line":
        from campaign.platforms.transport import Line  # slow, and planning needs none

        settings = self.account.settings
        port = settings.get("port", "443")
        ports = {443, int(port)} if port.isdecimal() else {443}
        loopback = settings.get("allow_loopback") == "true"
        return Line(self.clock, Rules(loopback=loopback, ports=ports))


def _form(settings: Mapping[str, str]) -> type[Form]:
    preset = settings.get("preset", "")
    if preset not in FORMS:
        known = ", ".join(name for name in FORMS if name)
        raise CampaignError(f'There is no preset "{preset}". There are {known}.')
    return FORMS[preset]
