"""Twelve secrets, every adapter, every fault, DEBUG, a kill: none of them shows anywhere.

Whoever adds an adapter adds a row to ACCOUNTS: its settings, and the names of its secrets.
"""

import base64
import itertools
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

import pytest
from oauthlib import oauth1

from campaign.domain.campaign import Account
from campaign.platforms.webhook_forms import sign
from campaign.store.engine import open_store
from campaign.testing import FAULTS, Dialect, FakeNetwork, Fault, Reply, Request
from tests.factories import DUE, clock_at, database, drafted, fill

pytestmark = pytest.mark.slow

LOOPBACK = {"allow_loopback": "true"}


@dataclass(frozen=True)
class Row:
    """`at_server`: the settings that hold the address; `urls`: secrets that are addresses."""

    platform: str
    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    at_server: tuple[str, ...] = ()
    handle: str = ""


JSON = Row("webhook", secrets=("secret",), urls=("url",))
ACCOUNTS = {
    "json-1": JSON,
    "json-2": JSON,
    "replay-1": Row("webhook", {"idempotent": "true"}, ("secret",), ("url",)),
    "replay-2": Row("webhook", {"idempotent": "true"}, ("secret",), ("url",)),
    "slack": Row("webhook", {"preset": "slack"}, urls=("url",)),
    "discord": Row("webhook", {"preset": "discord"}, urls=("url",)),
    "teams": Row("webhook", {"preset": "teams"}, urls=("url",)),
    "site": Row(
        "webhook",
        {"preset": "wordpress", "user": "un"},
        ("password",),
        at_server=("server",),
        handle="un",
    ),
    "x": Row(
        "x",
        secrets=("consumer_key", "consumer_secret", "access_token", "access_token_secret"),
        at_server=("server",),
        handle="un",
    ),
    "mastodon": Row("mastodon", secrets=("token",), at_server=("server",), handle="un"),
    "bluesky": Row("bluesky", secrets=("app_password",), at_server=("server",), handle="un"),
}
Own = Mapping[str, str]  # an account's own secrets, by name


def _path(own: Own, request: Request) -> bool:
    return request.method == "POST" and request.path == f"/hooks/{own['url']}"


def _signature(own: Own, request: Request) -> bool:
    head = request.headers
    if not _path(own, request):
        return False
    signed = sign(own["secret"], head["webhook-id"], head["webhook-timestamp"], request.body)
    return head["webhook-signature"] == signed


def _bearer(own: Own, request: Request) -> bool:
    bearer = f"Bearer {own['token']}"
    return request.path == "/api/v1/statuses" and request.headers["authorization"] == bearer


def _basic(own: Own, request: Request) -> bool:
    pair = base64.b64encode(f"un:{own['password']}".encode()).decode()
    is_post = request.method == "POST" and request.path == "/wp-json/wp/v2/posts"
    return is_post and request.headers["authorization"] == f"Basic {pair}"


def _login(own: Own, request: Request) -> bool:
    is_login = request.path.endswith("createSession")
    return is_login and bool(request.json()["password"] == own["app_password"])


def _oauth(own: Own, request: Request) -> bool:
    """Signed once more, by another's hand, with what stands in the header."""
    if request.method != "POST" or request.path != "/2/tweets":
        return False
    told = dict(re.findall(r'(\w+)="([^"]*)"', request.headers["authorization"]))
    again = oauth1.Client(
        own["consumer_key"],
        own["consumer_secret"],
        own["access_token"],
        own["access_token_secret"],
        nonce=told["oauth_nonce"],
        timestamp=told["oauth_timestamp"],
    )
    uri = f"http://{request.headers['host']}{request.path}"
    _, signed, _ = again.sign(uri, http_method="POST")
    ours = dict(re.findall(r'(\w+)="([^"]*)"', signed["Authorization"]))
    return ours == told


SEEN: Mapping[str, Callable[[Own, Request], bool]] = {
    **dict.fromkeys(("json-1", "json-2", "replay-1", "replay-2"), _signature),
    **dict.fromkeys(("slack", "discord", "teams"), _path),
    "site": _basic,
    "x": _oauth,
    "mastodon": _bearer,
    "bluesky": _login,
}
SESSION = ".bluesky-bluesky.session"  # the one place for a session's tokens
DAEMON = """\
import logging, sys
from pathlib import Path
logging.basicConfig(level=logging.DEBUG, filename="daemon.log")
for name in ("urllib3.connectionpool", "requests", "campaign", "tweepy", "requests_oauthlib", "oauthlib"):
    logging.getLogger(name)
from datetime import timedelta
from campaign.clock import SkippingClock
from campaign.operations.control import pause, resume
from campaign.daemon import Daemon
from campaign.publisher.timing import Timing
from campaign.runtime import open_runtime
from tests.factories import DUE
start = DUE + timedelta(hours=int(sys.argv[1]), seconds=1)
runtime = open_runtime(Path("campaign.db"), SkippingClock(start))
pause(runtime.store, "campaign:second-2021", None, "Ada")
if sys.argv[1] != "0":
    resume(runtime.store, "campaign:second-2021", None, "Ada")
Daemon(runtime, timing=Timing(answer=1.0)).run(until_done=True)
"""


OWNER = {
    **dict.fromkeys(("username", "slug", "handle"), "un"),
    "id": "1",
    "did": "did:plc:un",
    "data": {"id": "1", "username": "un"},
    "accessJwt": "token-access-7f3a9c1e",
    "refreshJwt": "token-refresh-7f3a9c1e",
}


class Parrot(Dialect):
    """Says yes to everything, or throws what it was sent back: headers, address and body."""

    def is_visible(self, request: Request) -> bool:
        return request.method == "POST" and "Session" not in request.path

    def answer(self, request: Request) -> Reply:
        if not self.is_visible(request):
            return Reply(body=OWNER)
        self.add("seen")
        told = {"id": "1", "message": str(request), "error": str(request.headers), "code": 50035}
        return Reply(status=400 if len(self.posts) % 5 == 0 else 200, body=told)


class Moody(FakeNetwork):
    """Meets each request with the next fault."""

    faults: Any = itertools.cycle(
        [None, *(f for f in FAULTS.values() if not f.how.startswith("st"))]
    )

    @property
    def fault(self) -> Fault | None:
        chosen: Fault | None = next(self.faults)
        return chosen

    @fault.setter
    def fault(self, _fault: Fault | None) -> None: ...

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def seed(folder: Path, url: str) -> dict[str, str]:
    """The accounts in the queue and their secrets in .env; the secrets by what they are called."""
    secrets: dict[str, str] = {}
    lines, accounts = [], []
    for name, row in ACCOUNTS.items():
        settings = {**row.settings, **LOOPBACK, **dict.fromkeys(row.at_server, url)}
        for secret in (*row.secrets, *row.urls):
            canary = f"canary-{len(secrets):02d}-7f3a9c1e"
            secrets[f"{name}.{secret}"] = canary
            value = f"{url}/hooks/{canary}" if secret in row.urls else canary
            variable = f"CAMPAIGN_{name}_{secret}".upper().replace("-", "_")
            lines.append(f"{variable}={value}\n")
        accounts.append(
            Account(
                name=name,
                platform=row.platform,
                handle=row.handle or name,
                language="en",
                settings=settings,
            )
        )
    (folder / ".env").write_text("".join(lines))
    (folder / ".env").chmod(0o600)
    for name, count in (("first-2021", 8), ("second-2021", 4)):
        store = open_store(database(folder), clock_at(DUE))
        texts = [(f"Text {n} of {name}.",) for n in range(count)]
        at = time_of_day(8) if name == "first-2021" else time_of_day(9)
        fill(store, drafted(texts, accounts=accounts, campaign_id=name, at=at))
        store.close()
    return secrets


def run(folder: Path, hours: int, kill: Callable[[], bool] = lambda: False) -> str:
    """The daemon with the clock so many hours on, until nothing moves, or until it is killed."""
    root = Path(__file__).resolve().parents[1]
    process = subprocess.Popen(
        [sys.executable, "-X", "dev", "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n{DAEMON}", str(hours)],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    while process.poll() is None and not kill():
        time.sleep(0.02)
    if kill():
        process.send_signal(signal.SIGKILL)
    said, _ = process.communicate(timeout=120)
    return said


def test_no_secret_shows_anywhere(tmp_path: Path) -> None:
    with Moody(Parrot()) as network:
        secrets = seed(tmp_path, network.url)
        assert len(secrets) == len(set(secrets.values())) >= 12
        said = run(tmp_path, 0)
        before = network.reached
        assert before >= 64
        said += run(tmp_path, 1, lambda: network.reached >= before + 10)
        said += run(tmp_path, 2)
        for command in (["status", "--all"], ["audit"], ["audit", "show", "--json"],
                        ["accounts", "verify"], ["accounts", "verify", "--json"]):  # fmt: skip
            done = subprocess.run(
                [sys.executable, "-m", "campaign", *command],
                cwd=tmp_path, capture_output=True, text=True, check=False,
            )  # fmt: skip
            said += done.stdout + done.stderr
        sent = "".join(str(request) for request in network.requests)
    assert "Traceback" not in said.replace("AttributeError", "")
    for name, saw in SEEN.items():
        own = {
            full.partition(".")[2]: s for full, s in secrets.items() if full.startswith(f"{name}.")
        }
        assert any(saw(own, request) for request in network.requests), f"{name} used no secret"
    assert SEEN.keys() == ACCOUNTS.keys()
    left = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.name != ".env"}
    left["what was said"] = said.encode()
    assert "putRecord" in sent, "no session was opened"
    assert (tmp_path / SESSION).stat().st_mode & 0o777 == 0o600
    assert b"token-refresh-7f3a9c1e" in left.pop(SESSION)
    secrets |= {"access": "token-access-7f3a9c1e", "refresh": "token-refresh-7f3a9c1e"}
    for name, secret in secrets.items():
        for form in (secret.encode(), base64.b64encode(f"un:{secret}".encode())):
            assert not [place for place, held in left.items() if form in held], name
