"""The senders: threads that do everything slow, one visible request each, and write nothing."""

import threading
from collections.abc import Callable
from dataclasses import replace
from queue import SimpleQueue

from campaign.clock import Clock
from campaign.domain.campaign import Account
from campaign.domain.delivery import Armed, Delivery, Looked, Settled
from campaign.domain.outcome import Outcome, Receipt, Result
from campaign.platforms.base import DuplicateSafety, Platform, Sending
from campaign.publisher.outcomes import no_adapter, outcome_of
from campaign.publisher.owners import Owners
from campaign.publisher.timing import Timing

STOPPING = Outcome(result=Result.NOT_SENT, detail="the program was stopping")
TOO_OLD = Outcome(result=Result.NOT_SENT, detail="the permission to send it had become too old")


class Senders:
    """Threads that take armed deliveries and looks, and put what came of them into `returned`.

    Threads start when they are first needed, up to `count`. `ring` wakes the writer.
    """

    def __init__(
        self,
        platform_of: Callable[[Account], Platform],
        clock: Clock,
        timing: Timing,
        *,
        count: int,
        ring: Callable[[], None],
    ) -> None:
        self.returned: SimpleQueue[Settled | Looked] = SimpleQueue()
        self.is_stopping = False  # not an Event: a signal sets it
        self._platform_of = platform_of
        self._clock = clock
        self._timing = timing
        self._owners = Owners(clock)
        self._count = count
        self._ring = ring
        self._work: SimpleQueue[Armed | Delivery] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    def send(self, items: list[Armed] | list[Delivery]) -> None:
        """Hand over armed deliveries to publish, or unknown ones to look for."""
        for item in items:
            self._work.put(item)
        missing = min(self._count - len(self._threads), len(items))
        for _ in range(missing):
            # A daemon thread: one that hangs in a request must not keep the process alive.
            thread = threading.Thread(target=self._serve, name="sender", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        while True:
            item = self._work.get()
            if isinstance(item, Armed):
                outcome = self._publish(item)
                self.returned.put(Settled(delivery=item.delivery, outcome=outcome))
            else:
                self.returned.put(self._look(item))
            self._ring()

    def _publish(self, armed: Armed) -> Outcome:
        starts_by = armed.stamp + self._timing.first_byte
        if refused := self._too_late(starts_by):
            return refused
        try:
            platform = self._platform_of(armed.delivery.account)
            refused = self._owners.refuse(platform, starts_by - self._clock.elapsed())
        except BaseException as error:  # noqa: BLE001  (a broken plug-in stops its own accounts)
            return no_adapter(error)
        return refused or self._too_late(starts_by) or self._send(platform, armed, starts_by)

    def _too_late(self, starts_by: float) -> Outcome | None:
        if self.is_stopping:
            return STOPPING
        return TOO_OLD if self._clock.elapsed() > starts_by else None

    def _send(self, platform: Platform, armed: Armed, starts_by: float) -> Outcome:
        try:
            going = replace(
                sending(armed.delivery), starts_by=starts_by, within=self._timing.answer
            )
            receipt: object = platform.publish(going)
            if not isinstance(receipt, Receipt) or not receipt.remote_id:
                return outcome_of(None)  # a receipt without an id proves nothing
            return Outcome(result=Result.PUBLISHED, receipt=receipt)
        except BaseException as error:  # noqa: BLE001  (whatever escapes an adapter is an outcome)
            return outcome_of(error)

    def _look(self, delivery: Delivery) -> Looked:
        at = self._clock.now()
        try:
            platform = self._platform_of(delivery.account)
            if refused := self._owners.refuse(platform, self._timing.answer):
                return Looked(delivery=delivery, at=at, detail=refused.detail)
            receipt: object = platform.find(sending(delivery))
            capabilities = platform.capabilities()
        except BaseException as error:  # noqa: BLE001  (a look that fails leaves the doubt)
            return Looked(delivery=delivery, at=at, detail=outcome_of(error).detail)
        if receipt is not None and not isinstance(receipt, Receipt):
            return Looked(delivery=delivery, at=at, detail=outcome_of(receipt).detail)
        is_replay = capabilities.duplicate_safety is DuplicateSafety.REPLAY
        return Looked(
            delivery=delivery,
            at=at,
            receipt=receipt,
            certain=True,
            replay_for=capabilities.replay_for if is_replay else None,
        )


def sending(delivery: Delivery) -> Sending:
    return Sending(
        post_key=delivery.post_key,
        part=delivery.part,
        key=delivery.key,
        body=delivery.body,
        parent=delivery.parent,
        due_at=delivery.due_at,
        since=delivery.since,
        taken=delivery.taken,
    )
