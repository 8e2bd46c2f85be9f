"""Whose account a key opens, asked before the first part goes out on it, once a day.

A key of another account would publish what nobody approved there; a look through it would find a
partner's post of the same words, or miss ours. Kept for each process, and for these settings and
these secrets only: a key that is replaced is asked about at once. On X a question costs $0.010.
What no network can answer (a webhook's address) asks nobody.
"""

import hashlib
import secrets
import threading

from campaign.clock import Clock
from campaign.domain.outcome import Outcome, Result
from campaign.platforms.base import NotSent, Platform
from campaign.publisher.outcomes import outcome_of

KEPT = 24 * 3600.0  # seconds
WAITED = Outcome(
    result=Result.NOT_SENT, detail="its network was still being asked whose account it is"
)


class Owners:
    """Shared by the senders of one process. One thread asks for an account, the others wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._salt = secrets.token_bytes(16)
        self._known: dict[str, tuple[bytes, float]] = {}
        self._turns: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def refuse(self, platform: Platform, patience: float) -> Outcome | None:
        """Why this adapter may not be used, or None. `patience`: seconds to wait."""
        name, mark = platform.account.name, self._mark(platform)
        with self._lock:
            turn = self._turns.setdefault(name, threading.Lock())
        if not turn.acquire(timeout=max(patience, 0)):
            return WAITED
        try:
            return None if self._is_known(name, mark) else self._ask(platform, mark)
        finally:
            turn.release()

    def _is_known(self, name: str, mark: bytes) -> bool:
        known, at = self._known.get(name, (b"", 0.0))
        return known == mark and self._clock.elapsed() - at < KEPT

    def _ask(self, platform: Platform, mark: bytes) -> Outcome | None:
        try:
            platform.verify()
        except NotSent as error:
            return outcome_of(error)
        except BaseException as error:  # noqa: BLE001  (its text could hold a secret)
            told = f"whose account it is could not be asked ({type(error).__name__})"
            return Outcome(result=Result.NOT_SENT, detail=told)
        self._known[platform.account.name] = (mark, self._clock.elapsed())
        return None

    def _mark(self, platform: Platform) -> bytes:
        """The account with its secrets, as a hash that means nothing outside of this process."""
        account = platform.account
        parts = [account.platform, account.handle, sorted(account.settings.items())]
        parts.append(sorted(platform.secrets.items()))
        return hashlib.sha256(self._salt + repr(parts).encode()).digest()
