"""A session at a Bluesky server, kept in a file that only its owner can read.

A log-in a post would end at 300 a day (docs.bsky.app/docs/advanced-guides/rate-limits), so the
session is kept: `.bluesky-<account>.session` beside the database. Its tokens change with each
renewal, and the old ones end; one at a time renews, across threads and processes.
"""

import base64
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from campaign.clock import Clock
from campaign.platforms.answers import Answer, check
from campaign.platforms.base import AccountBlocked, NotSent, PlatformError

if TYPE_CHECKING:
    from campaign.platforms.transport import Line

SOON = 60  # seconds before its end in which a token is renewed
PATIENCE = 20.0  # seconds to wait for another one who renews
GONE = {"ExpiredToken", "InvalidToken"}
TAKEN_DOWN = {"AccountTakedown", "AccountDeactivated", "RepoTakendown", "RepoDeactivated"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`server` is the one that holds the account's posts. `opened_for`: handle and server asked."""

    did: str
    handle: str
    server: str
    opened_for: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access}"}


class Sessions:
    """Opens, keeps and renews the session of one account. `login`: handle and app password."""

    def __init__(
        self, path: Path, line: "Line", *, clock: Clock, server: str, login: tuple[str, str]
    ) -> None:
        self._path = path
        self._line = line
        self._clock = clock
        self._server = server
        self._handle, self._password = login
        self._is_new = False

    def current(self) -> Session:
        """A session whose token lasts a while. Raises NotSent, or AccountBlocked."""
        return self._alone(self._current)

    def has_ended(self, session: Session, answer: Answer) -> bool:
        """Whether the server takes a session's token no more, whatever that says of its own end.

        Then `current` gives another one. A 401 without such a word is believed of a kept session
        only: where a new one is refused too, it is the account that has to wait.
        """
        error = answer.peek().get("error")
        is_over = answer.status in (400, 401) and error in GONE
        is_old = answer.status == 401 and error not in TAKEN_DOWN and not self._is_new
        if is_over or is_old:
            self._alone(lambda: self._let_go(session))
        return is_over or is_old

    def _let_go(self, session: Session) -> Session:
        """Unless another one has renewed it in the meantime."""
        kept = self._read()
        if kept and kept.access == session.access:
            self._write(replace(kept, access=""))
        return session

    def _alone(self, work: Callable[[], Session]) -> Session:
        try:
            with FileLock(self._path.with_suffix(".lock"), timeout=PATIENCE):
                return work()
        except Timeout:
            busy = NotSent("Another one was renewing the session at Bluesky for too long.")
        except OSError as error:
            busy = NotSent(f"The session at Bluesky could not be kept: {error.strerror}.")
        raise busy

    def _current(self) -> Session:
        kept = self._read()
        self._is_new = kept is None or self._ends_soon(kept.access)
        if kept and not self._is_new:
            return kept
        session = (self._renew(kept) if kept else None) or self._open()
        self._write(session)
        return session

    def _open(self) -> Session:
        login = {"identifier": self._handle, "password": self._password}
        url = f"{self._server}/xrpc/com.atproto.server.createSession"
        answer = self._line.ask("POST", url, json=login)
        check(answer, now=self._clock.now(), knows=self._refused)
        return self._session(answer)

    def _renew(self, kept: Session) -> Session | None:
        """None when the server takes the old session no more."""
        url = f"{kept.server}/xrpc/com.atproto.server.refreshSession"
        headers = {"Authorization": f"Bearer {kept.refresh}"}
        answer = self._line.ask("POST", url, headers=headers)
        if answer.status in (400, 401) and answer.peek().get("error") in GONE:
            return None
        check(answer, now=self._clock.now(), knows=self._refused)
        return self._session(answer)

    def _refused(self, answer: Answer) -> PlatformError | None:
        error = answer.peek().get("error")
        if error == "AuthFactorTokenRequired":
            return AccountBlocked(
                f"{self._handle} asks for a second factor. Make an app password (Settings, App"
                " passwords) and put that in, then: campaign accounts verify"
            )
        if error == "AuthenticationRequired":
            return AccountBlocked(
                f"{answer.host} does not accept the app password of {self._handle}. Make a new one"
                " (Settings, App passwords), then: campaign accounts verify"
            )
        return blocked(answer)

    def _session(self, answer: Answer) -> Session:
        body = answer.json()
        return Session(
            did=answer.need("did"),
            handle=answer.need("handle"),
            server=_home(body.get("didDoc")) or self._server,
            opened_for=self._opened_for,
            access=answer.need("accessJwt"),
            refresh=answer.need("refreshJwt"),
        )

    @property
    def _opened_for(self) -> str:
        return f"{self._handle} {self._server}"

    def _ends_soon(self, token: str) -> bool:
        """As the token says itself; one that cannot be read is tried as it is."""
        if not token:
            return True
        try:
            payload = token.split(".")[1]
            told = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
            return float(told["exp"]) - self._clock.now().timestamp() < SOON
        except (IndexError, KeyError, TypeError, ValueError):
            return False

    def _read(self) -> Session | None:
        """None where there is none, or one of another account, or one that others can read."""
        try:
            is_open = os.name == "posix" and self._path.stat().st_mode & 0o077
            kept = Session(**json.loads(self._path.read_text("utf-8")))
        except (OSError, TypeError, ValueError):
            return None
        return kept if not is_open and kept.opened_for == self._opened_for else None

    def _write(self, session: Session) -> None:
        beside = self._path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123
            json.dump(asdict(session), file)
        beside.replace(self._path)


def blocked(answer: Answer) -> PlatformError | None:
    """An account that its server has taken down."""
    if answer.peek().get("error") in TAKEN_DOWN:
        return AccountBlocked(
            f"{answer.host} has closed this account. Ask those who run it, then: campaign accounts"
            " verify"
        )
    return None


def _home(did_document: Any) -> str:
    """The account's own server, as its DID document names it (atproto.com/specs/did)."""
    services = did_document.get("service", []) if isinstance(did_document, dict) else []
    for service in services:
        if isinstance(service, dict) and str(service.get("id")).endswith("#atproto_pds"):
            return str(service.get("serviceEndpoint", "")).rstrip("/")
    return ""
