"""One worker's rounds without threads: what a sender would bring back is handed in by hand."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from campaign.domain.delivery import Armed, Delivery, Looked, Settled
from campaign.domain.outcome import Outcome, Receipt, Result
from campaign.domain.states import State
from campaign.publisher.reap import reap
from campaign.publisher.round import Round
from campaign.publisher.timing import Timing
from campaign.store import queue
from campaign.store.engine import Store
from campaign.store.schema import delivery
from tests.books import rows
from tests.factories import DUE, SetClock, drafted, fill

RECEIPT = Receipt(
    remote_id="r-1", published_at=DUE, url="https://example.org/1", extra={"cid": "c"}
)
PUBLISHED = Outcome(result=Result.PUBLISHED, receipt=RECEIPT)
NOT_SENT = Outcome(result=Result.NOT_SENT, detail="no line")
FAILED = Outcome(result=Result.FAILED, detail="too long")
DUPLICATE = Outcome(result=Result.DUPLICATE, detail="it is there already")
UNKNOWN = Outcome(result=Result.UNKNOWN, detail="no answer")


class Stand:
    """A store at the moment its posts are due, and the verbs of the protocol."""

    def __init__(self, store: Store, clock: SetClock) -> None:
        self.store = store
        self.clock = clock
        self.timing = Timing()

    def fill(self, texts: Sequence[Sequence[str]] = (("One.",),), **how: Any) -> None:
        fill(self.store, drafted(texts, **how))

    def play(
        self, *returned: Settled | Looked, free: int = 64, may_arm: bool = True, worker: str = "w"
    ) -> Round:
        playing = Round(self.store, worker, self.timing)
        playing.play(returned, free=free, may_arm=may_arm)
        return playing

    def arm(self) -> Armed:
        """Play one round in which exactly one part is armed."""
        (armed,) = self.play().armed
        return armed

    def sends(self, outcome: Outcome) -> list[str]:
        """Play a round, and settle what it arms with one outcome. Returns the posts."""
        armed = self.play().armed
        self.play(*[settled(each, outcome) for each in armed], may_arm=False)
        return [each.delivery.post_key for each in armed]

    def sends_all(self, outcome: Outcome) -> list[str]:
        """The same until nothing is due: what is late goes out a minute apart."""
        sent = list[str]()
        while more := self.sends(outcome):
            sent += more
            self.pass_time(minutes=1)
        return sent

    def sends_one(self, outcome: Outcome) -> None:
        """The same, where exactly one part is due."""
        self.play(settled(self.arm(), outcome), may_arm=False)

    def doubt(self) -> Delivery:
        """Arm the one part, and let its answer stay away until its lease is over."""
        armed = self.arm()
        self.pass_time(seconds=121)
        assert reap(self.store, "w", self.timing) == 1
        return armed.delivery

    def move(self, row: Delivery, *states: State) -> None:
        """What a person's command would do to the row."""
        for state in states:
            with self.store.write("Ada") as tx:
                queue.move(tx, row.id, state)

    def send_again(self, row: Delivery) -> None:
        """What a person decides who has looked in vain: it is queued, though it is in doubt."""
        self.move(row, State.QUEUED)
        self.pass_time(seconds=30)

    def pass_time(self, **length: float) -> None:
        self.clock.pass_time(timedelta(**length))

    def ready_in(self, part: int = 1) -> float:
        """Seconds until the part is ready, or looked at."""
        with self.store.write("Ada") as tx:
            (found,) = rows(self.store.place, "SELECT id FROM delivery WHERE part = ?", part)
            row = tx.execute(delivery.select().where(delivery.c.id == found[0])).one()
        return float((row.ready_at - self.clock.now()).total_seconds())


def settled(sent: Armed | Delivery, outcome: Outcome) -> Settled:
    return Settled(delivery=sent.delivery if isinstance(sent, Armed) else sent, outcome=outcome)
