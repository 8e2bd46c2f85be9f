"""tweepy's client for one account of X, on a line of ours.

Facts: tweepy 4.17's source. It knows no deadline, follows redirects, and stumbles over answers that
are not JSON. So its session is a Line, and we judge.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tweepy import Client

from campaign.clock import Clock
from campaign.platforms.addresses import Rules
from campaign.platforms.answers import Answer
from campaign.platforms.base import PlatformError
from campaign.platforms.transport import Line, answer_of

SERVER = "https://api.x.com"
TWEEPYS = "https://api.twitter.com"  # written into tweepy.Client.request


class Session(Line):
    """The session of a tweepy client, which remembers what X answered."""

    server = SERVER
    _last: Any = None

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **options: Any) -> Any:
        """Tweepy has one host in it; it is replaced before the request is signed."""
        return super().request(
            method, self.server + str(url).removeprefix(TWEEPYS), *args, **options
        )

    def send(self, request: Any, **options: Any) -> Any:
        self._last = super().send(request, **options)
        return self._last

    def answer(self, call: Callable[[], object]) -> Answer:
        """What X answered when tweepy made this call, whatever tweepy says of it."""
        self._last = None
        try:
            call()
        except PlatformError:
            raise
        except Exception:
            if self._last is None:
                raise
        return answer_of(self._last, visible=self._visible is not None)


def open_client(
    settings: Mapping[str, str], secrets: Mapping[str, str], clock: Clock
) -> tuple[Client, Session]:
    """Asks nothing yet. What the client asks goes through the session."""
    session = Session(clock, Rules(loopback=settings.get("allow_loopback") == "true"))
    session.server = settings.get("server", SERVER).rstrip("/")
    client = Client(**secrets, return_type=dict, wait_on_rate_limit=False)
    client.session = session
    return client, session
