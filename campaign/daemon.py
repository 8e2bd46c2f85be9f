"""The daemon: APScheduler wakes it, the database is the truth, and its loop is the only writer."""

import logging
import os
import socket
import uuid
from datetime import datetime
from pathlib import Path
from queue import Empty

from campaign.alarm import DUE, Alarm
from campaign.clock import CarriedClock, SystemClock
from campaign.domain.delivery import Armed, Delivery, Looked, Settled
from campaign.domain.outcome import Outcome, Result
from campaign.errors import StoreError
from campaign.publisher.jumps import Jumps
from campaign.publisher.reap import reap
from campaign.publisher.round import Round
from campaign.publisher.sender import Senders
from campaign.publisher.timing import Timing
from campaign.runtime import Runtime
from campaign.store import queue
from campaign.store.presence import present
from campaign.watchdog import Watchdog

log = logging.getLogger(__name__)

PERMITS = 64
GATHERING = 0.002  # seconds
NOTHING_DUE = 3600.0
REAP = "reap"
HOUSEKEEPING = {REAP: 30.0}
IN_DOUBT = Outcome(result=Result.NOT_SENT, detail="the commit before it was in doubt")


class Daemon:
    """One process's publisher. `run` blocks until `stop` is called, or nothing is left to do.

    A permit is taken when a delivery is armed and given back when its outcome is in the database,
    so a crash leaves at most `permits` deliveries in doubt.
    """

    def __init__(
        self,
        runtime: Runtime,
        *,
        permits: int = PERMITS,
        timing: Timing | None = None,
        kill_file: Path | None = None,
    ) -> None:
        self.runtime = runtime
        self.store = runtime.store
        self.clock = runtime.clock
        self.timing = timing or Timing()
        self.kill_file = kill_file or runtime.folder / "KILL"
        self.worker = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        # A file is looked at every second for what others wrote; a server tells.
        self.alarm = Alarm(HOUSEKEEPING, 1.0 if isinstance(self.store.place, Path) else 5.0)
        self.senders = Senders(
            runtime.platform, self.clock, self.timing, count=permits, ring=self._answer_came
        )
        self._permits = permits
        self._out: set[tuple[int, int]] = set()  # (delivery, gen) held by a permit
        self._returned: list[Settled | Looked] = []  # kept until a commit succeeds
        self._seen: object = None  # what the last round knew; see _news
        self._asked_at = self.clock.now()  # what was due by then is sent, or waits for somebody
        self._upcoming: datetime | None = None
        is_real = isinstance(self.clock, SystemClock | CarriedClock)
        self._jumps = Jumps() if is_real else None  # a rehearsal's clock may skip
        self._gone: str | None = None  # what was said when the database was lost
        self._stop_calls = 0
        self.watchdog = Watchdog()

    def stop(self) -> None:
        """Ask it to end: from a signal handler or another thread. A second call does not wait."""
        self._stop_calls += 1
        self.senders.is_stopping = True
        self.alarm.ring("stop")

    def run(self, *, until_done: bool = False) -> None:
        """Publish what comes due. With `until_done`, end when nothing moves by itself any more.

        Raises StoreError only if the database cannot be used at the start.
        """
        with present(self.store, self._somebody_wrote) as self._watch:
            reap(self.store, self.worker, self.timing, everything=self._watch.is_alone)
            self.alarm.start()
            self.watchdog.start()
            try:
                self._loop(until_done=until_done)
                self._finish()
            finally:
                self.watchdog.stop()
                self.alarm.stop()

    def _loop(self, *, until_done: bool) -> None:
        names = {DUE}
        while not self.senders.is_stopping:
            self.watchdog.beat()
            try:
                wait = self._turn(names)
                if until_done and self._is_done():
                    return
                self._is_back()
            except StoreError as error:
                self._is_gone(error)
                wait = 1.0
            names = {DUE}
            if wait > 0:
                self.alarm.ring_in(wait)
                names = self.alarm.wait(10.0)

    def _is_gone(self, error: StoreError) -> None:
        """Said once, and again when the reason is another one."""
        if self._gone != str(error):
            log.warning("%s Nothing is sent until it is back.", error)
        self._gone, self._seen = str(error), None

    def _is_back(self) -> None:
        if self._gone is not None:
            log.warning("The database is back: sending goes on.")
        self._gone = None

    def _turn(self, names: set[str]) -> float:
        """Do what there is to do; returns the seconds until something comes due."""
        if REAP in names:
            if self._is_waiting:
                self._round()  # an answer that waits here for the database is no lease that is over
            reap(self.store, self.worker, self.timing)
            if not self._has_permits():
                log.warning("All %s senders are busy; what else is due waits.", self._permits)
        if self._has_news(names):
            while self._round():
                pass
            self._upcoming = self._next_ready() if self._has_permits() else None
        if self._upcoming is None:
            return NOTHING_DUE
        if not self._out:
            self.clock.skip_to(self._upcoming)
        return (self._upcoming - self.clock.now()).total_seconds()

    def _has_news(self, names: set[str]) -> bool:
        """A ring without news asks the database nothing but whether somebody wrote to it."""
        seen = (self._watch.version(), self.kill_file.exists())
        is_due = self._upcoming is not None and self._upcoming <= self.clock.now()
        news = seen != self._seen or is_due or bool(names - {DUE})
        self._seen = seen
        return news

    def _round(self) -> bool:
        """One round; True when it moved something, so that another may find more to do."""
        self.watchdog.beat()
        self._collect()
        returned = list(self._returned)
        held = self._out - {_permit(item) for item in returned}
        free = 0 if self.senders.is_stopping else self._permits - len(held)
        if not returned and not free:
            return False  # all permits are out, and nothing has come back
        playing = Round(self.store, self.worker, self.timing, self._jumps)
        try:
            playing.play(returned, free=free, may_arm=self._may_arm())
        except StoreError:
            # Nothing of this round was sent. If its commit did happen, these settle it.
            self._returned += [_in_doubt(armed) for armed in playing.armed]
            raise
        except Exception:
            if not returned:
                raise  # no answer is to blame
            log.exception("A round could not be written; its answers are written one by one.")
            self._settle_one_by_one(returned)
            return True
        self._asked_at = playing.now
        self._give_back(returned)
        self._hand_over(playing)
        if self._jumps:
            self._jumps.pause(self.store, self.worker)
        return playing.moved

    def _settle_one_by_one(self, returned: list[Settled | Looked]) -> None:
        """One bad answer must not hold up the others. Its lease turns it into an unknown."""
        for item in returned:
            try:
                Round(self.store, self.worker, self.timing).play([item], free=0, may_arm=False)
            except StoreError:
                raise
            except Exception:
                log.exception("%s could not be written down.", item.delivery.post_key)
            self._give_back([item])

    def _may_arm(self) -> bool:
        return not self.senders.is_stopping and not self.kill_file.exists()

    def _collect(self) -> None:
        """Take what came back, with what follows within a moment: together they cost one commit."""
        until = self.clock.elapsed() + GATHERING
        while True:
            more_to_come = 0 < len(self._returned) < len(self._out)
            wait = max(until - self.clock.elapsed(), 0.0) if more_to_come else 0.0
            try:
                self._returned.append(self.senders.returned.get(timeout=wait))
            except Empty:
                return

    def _give_back(self, returned: list[Settled | Looked]) -> None:
        self._returned = self._returned[len(returned) :]
        for item in returned:
            self._out.discard(_permit(item))
            log.info("%s", _told(item))

    def _hand_over(self, playing: Round) -> None:
        armed: list[Armed] = playing.armed
        looks: list[Delivery] = playing.looks
        self._out.update((item.delivery.id, item.delivery.gen) for item in armed)
        self._out.update((item.id, item.gen) for item in looks)
        self.senders.send(armed)
        self.senders.send(looks)

    def _has_permits(self) -> bool:
        return len(self._out) < self._permits

    def _next_ready(self) -> datetime | None:
        with self.store.read() as connection:
            return queue.next_ready(connection, self._asked_at)

    def _is_done(self) -> bool:
        if self._is_waiting:
            return False
        with self.store.read() as connection:
            return not queue.can_go_on(connection)

    def _somebody_wrote(self) -> None:
        self.alarm.ring(DUE)

    def _answer_came(self) -> None:
        self.alarm.ring("answer")

    def _finish(self) -> None:
        """Wait for the answers in flight; what is still armed, the next start shows as unknown."""
        until = self.clock.elapsed() + self.timing.last_answers
        while self._is_waiting and self._stop_calls < 2 and self.clock.elapsed() < until:
            self.watchdog.beat()
            try:
                self._round()
            except StoreError as error:
                log.warning("%s", error)
            if self._is_waiting:
                self.alarm.wait(0.5)

    @property
    def _is_waiting(self) -> bool:
        """An answer has to come, or to be written down."""
        return bool(self._out or self._returned)


def _permit(item: Settled | Looked) -> tuple[int, int]:
    return item.delivery.id, item.delivery.gen


def _told(item: Settled | Looked) -> str:
    """What came back, as a line for whoever watches the daemon."""
    part = f"{item.delivery.post_key} part {item.delivery.part}"
    if isinstance(item, Looked):
        answered = "looked for, not there" if item.certain else "looked for, not found"
        result, detail = "found" if item.receipt else answered, item.detail
    else:
        result, detail = item.outcome.result.replace("_", " "), item.outcome.detail
    return f"{part}: {result}" + (f" ({detail})" if detail else "")


def _in_doubt(armed: Armed) -> Settled:
    return Settled(delivery=armed.delivery, outcome=IN_DOUBT)
