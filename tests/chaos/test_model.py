"""PB1: whatever people, time, the network and crashes do in whatever order, the queue does what the
model says, row by row; and what reaches the network is approved, once, and in order.
"""

import shutil
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from campaign.domain.campaign import ApprovalRule
from campaign.domain.delivery import Armed, Delivery, Looked, Settled
from campaign.domain.outcome import Outcome, Receipt, Result
from campaign.errors import CampaignError
from campaign.operations import control, review
from campaign.operations.audit import verify
from campaign.operations.cancel import cancel
from campaign.publisher.reap import reap
from campaign.publisher.round import Round
from campaign.publisher.timing import Timing
from campaign.store.engine import Store, open_store
from tests.books import rows
from tests.chaos.__main__ import MEMORY
from tests.chaos.model import KNOWN_FOR, Model, Part, Post, Row
from tests.chaos.sizes import size
from tests.factories import DUE, SetClock, clock_at, database, drafted, fill
from tests.publisher.stand import FAILED, NOT_SENT, UNKNOWN

SHAPES = (1, 1, 3, 2)  # parts of each post
EVERY = timedelta(minutes=1)
RULE = ApprovalRule(by=("comms",), people={"comms": ("Ada",)})
BEGIN = DUE - timedelta(seconds=1)
PLACES = st.integers(0, len(SHAPES) - 1)
SELDOM = st.integers(0, 3)  # what ends a post is done one time in four
# What becomes of a request: does it arrive, and what is heard of it, now, late or never?
FATES = {
    "published": (True, None), "refused": (False, FAILED), "not sent": (False, NOT_SENT),
    "lost before": (False, UNKNOWN), "lost after": (True, UNKNOWN),
    "late": (True, None), "late not sent": (False, NOT_SENT), "silent": (True, ...),
    "silent and lost": (False, ...),
}  # fmt: skip

# What holds a row in doubt comes more often: there lie the mistakes.
MANY_FATES = st.lists(
    st.sampled_from([*sorted(FATES), *["late not sent", "silent and lost"] * 3]),
    min_size=4, max_size=4,
)  # fmt: skip


def words(versions: list[int]) -> list[list[str]]:
    return [
        [f"v{version}, part {part}." for part in range(parts)]
        for version, parts in zip(versions, SHAPES, strict=True)
    ]


class Queue(RuleBasedStateMachine):
    folder: ClassVar[Path]
    store: ClassVar[Store]
    clock: ClassVar[SetClock]
    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.store.close()
        shutil.copy(self.folder / "template.db", database(self.folder))
        self.clock.instant = BEGIN
        self.model = Model(
            [Post(DUE + n * EVERY, [Part() for _ in range(p)]) for n, p in enumerate(SHAPES)]
        )
        self.approved: dict[int, int] = {}  # place → version
        for place in range(len(SHAPES)):
            self.approve(place)
        self.worker = "w0"
        self.coming: list[Settled | Looked] = []
        self.late: list[Settled] = []
        self.public: dict[str, tuple[Row, str]] = {}  # by key: REPLAY
        found = rows(self.store.place, "SELECT id, post_id, part FROM delivery ORDER BY id")
        self.rows: dict[int, Row] = {row: (post - 1, part - 1) for row, post, part in found}

    # people

    @rule(place=PLACES, turn=SELDOM)
    def edit(self, place: int, turn: int) -> None:
        if not turn and self.model.can_edit(place):
            self.model.edit(place)
            texts = words([post.version for post in self.model.posts])
            fill(self.store, drafted(texts, rule=RULE, every=EVERY), "Bo")
            self.seen["edit"] += 1

    @rule(place=PLACES)
    def approve(self, place: int) -> None:
        waiting = review.waiting(self.store, [key(place)])
        try:
            review.approve(self.store, [key(place)], review.shown_hash(waiting), "Ada")
        except CampaignError as error:
            assert "has passed" in str(error)  # noqa: PT017
        if self.model.approve(place, self.clock.now()):
            self.approved[place] = self.model.posts[place].version
            self.seen["approve"] += 1

    @rule(place=PLACES, turn=SELDOM)
    def revoke(self, place: int, turn: int) -> None:
        if turn:
            return
        review.reject(self.store, [key(place)], "Ada", "no")
        self.model.reject(place)

    @rule(place=PLACES, turn=SELDOM)
    def cancel(self, place: int, turn: int) -> None:
        if turn:
            return
        try:
            cancel(self.store, f"post:{key(place)}", None, "Ada")
            self.seen["cancel"] += 1
        except CampaignError as error:
            assert "Nothing was cancelled" in str(error) or "already" in str(error)  # noqa: PT017
        self.model.cancel(place)

    @rule(place=PLACES, everything=st.booleans(), on=st.sampled_from([False, False, True]))
    def pause(self, place: int, everything: bool, on: bool) -> None:
        scope = "all" if everything else f"post:{key(place)}"
        if on:
            control.pause(self.store, scope, "wait", "Ada")
            self.model.paused.add("all" if everything else place)
        else:
            control.resume(self.store, scope, None, "Ada")
            self.model.paused.discard("all" if everything else place)

    # the machine

    @rule(
        free=st.integers(1, 4),
        fates=MANY_FATES,
    )
    def play(self, free: int, fates: list[str]) -> None:
        """Settle what came, claim, arm; and what is armed meets its fate on the network."""
        wanted = self._expect(free)
        playing = Round(self.store, self.worker, Timing())
        playing.play(self.coming, free=free, may_arm=True)
        self.coming = []
        assert sorted(self.rows[armed.delivery.id] for armed in playing.armed) == sorted(wanted)
        for armed, fate in zip(playing.armed, fates * 2, strict=False):
            self._send(armed, fate)
        self.coming += [self._look(delivery, fates[0]) for delivery in playing.looks]

    @rule(free=st.integers(1, 4))
    def play_well(self, free: int) -> None:
        self.play(free, ["published"] * 4)

    @rule(turn=SELDOM)
    def crash(self, turn: int) -> None:
        """The process dies; the next one knows that whatever was held is its."""
        if turn:
            return
        self.coming, self.late = [], []
        self.worker = f"w{int(self.worker[1:]) + 1}"
        reap(self.store, self.worker, Timing(), everything=True)
        self.model.reap(None)
        self.seen["crash"] += 1

    @rule(seconds=st.sampled_from([31, 61, 121, 600]))
    def pass_time(self, seconds: int) -> None:
        self.clock.pass_time(timedelta(seconds=seconds))
        reap(self.store, self.worker, Timing())
        self.model.reap(self.clock.now())

    @rule(fates=MANY_FATES)
    def play_later(self, fates: list[str]) -> None:
        self.pass_time(31)
        self.play(4, fates)

    @rule(fates=MANY_FATES)
    def lapse(self, fates: list[str]) -> None:
        """Leases end, and what is in doubt is looked for, and perhaps sent again."""
        self.pass_time(121)
        self.play(4, fates)
        self.pass_time(61)
        self.play(4, fates)
        self.play(4, fates)

    @rule(place=PLACES, everything=st.booleans(), fates=MANY_FATES)
    def lapse_under_a_pause(self, place: int, everything: bool, fates: list[str]) -> None:
        self.play(4, ["silent and lost"] * 4)
        self.pause(place, everything, on=True)
        self.lapse(fates)
        self.pause(place, everything, on=False)

    @rule()
    def answer_after_it_was_sent_again(self) -> None:
        """The first request's answer meets the row that a second one holds."""
        self.play(4, ["late not sent"] * 4)
        self.pass_time(121)
        self.pass_time(31)
        self.play(4, ["silent and lost"] * 4)
        self.play(4, ["silent and lost"] * 4)
        self.answer_late(0)
        self.play(1, ["published"] * 4)

    @rule(turn=SELDOM)
    def answer_late(self, turn: int) -> None:
        if turn:
            return
        self.coming += self.late
        tries = [len(self.model.part(self.rows[item.delivery.id]).tries) for item in self.late]
        for item, last in zip(self.late, tries, strict=True):
            self.seen["answered late"] += 1
            self.seen["stray"] += item.delivery.gen < last
        self.late = []

    # what must hold

    @invariant()
    def every_row_stands_as_the_model_says(self) -> None:
        found = rows(self.store.place, "SELECT id, state FROM delivery ORDER BY id")
        assert [(self.rows[row], state) for row, state in found] == [
            (row, self.model.part(row).state) for row in self.rows.values()
        ]

    @invariant()
    def nothing_is_public_twice(self) -> None:
        assert set(Counter(row for row, _ in self.public.values()).values()) <= {1}

    def teardown(self) -> None:
        assert verify(self.store).is_intact
        self.seen["public"] += len(self.public)
        self.seen["examples"] += 1

    def _expect(self, free: int) -> list[Row]:
        """What the model arms, by its own account of the queue, but for when a row is ready."""
        now = self.clock.now()
        for item in self.coming:
            if isinstance(item, Settled):
                sent = item.delivery
                row, result = self.rows[sent.id], item.outcome.result
                self.model.settle(row, sent.gen, str(sent.worker), result)
        armed = []
        for item in self.coming:
            if isinstance(item, Looked):
                row, is_found = self.rows[item.delivery.id], item.receipt is not None
                gen, worker = item.delivery.gen, self.worker
                if self.model.look(row, gen, found=is_found, at=item.at, now=now, worker=worker):
                    armed.append(row)
        self.seen["again"] += len(armed)
        found = rows(self.store.place, "SELECT id, ready_at FROM delivery WHERE state = 'queued'")
        ready = {self.rows[row]: datetime.fromisoformat(at) for row, at in found}
        return armed + self.model.claim(ready, free - len(armed), now, self.worker)

    def _send(self, armed: Armed, fate: str) -> None:
        sent = armed.delivery
        row, (arrives, heard) = self.rows[sent.id], FATES[fate]
        place, number = row
        assert self.approved[place] == self.model.posts[place].version
        text = words([post.version for post in self.model.posts])[place][number]
        assert sent.body["text"] == f"{place + 1} {text}"
        assert DUE + place * EVERY <= self.clock.now()
        assert number == 0 or (place, number - 1) in [there for there, _ in self.public.values()]
        self.seen[fate] += 1
        if arrives:
            self.public.setdefault(sent.key, (row, text))
        if heard is ...:
            return
        outcome = heard or Outcome(result=Result.PUBLISHED, receipt=receipt(sent))
        (self.late if fate.startswith("late") else self.coming).append(
            Settled(delivery=sent, outcome=outcome)
        )

    def _look(self, delivery: Delivery, fate: str) -> Looked:
        """The network's list shows it, or is behind."""
        there = delivery.key in self.public and fate != "lost before"
        return Looked(
            delivery=delivery, at=self.clock.now(), certain=True, replay_for=KNOWN_FOR,
            receipt=receipt(delivery) if there else None,
        )  # fmt: skip


def receipt(sent: Delivery) -> Receipt:
    return Receipt(remote_id=sent.key, published_at=DUE)


def key(place: int) -> str:
    return f"test-2021/recommendation-{place + 1}/en/press"


@pytest.fixture
def folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="campaign-model-", dir=MEMORY))


@pytest.mark.slow
def test_queue_does_what_the_model_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "GUARD_SECONDS", 0)
    Queue.folder, Queue.clock = folder, clock_at(BEGIN)
    template = open_store(folder / "template.db", Queue.clock)
    fill(template, drafted(words([0] * len(SHAPES)), rule=RULE, every=EVERY), "Bo")
    template.close()
    shutil.copy(folder / "template.db", database(folder))
    Queue.store = open_store(database(folder), Queue.clock)
    run_state_machine_as_test(
        Queue,
        settings=settings(
            max_examples=size("PB1"), stateful_step_count=size("PB1_STEPS"), deadline=None,
            derandomize=True, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    Queue.store.close()
    shutil.rmtree(folder)
    print(f"PB1: {dict(Queue.seen)}")
    assert all(
        Queue.seen[what]
        for what in (*FATES, "edit", "cancel", "crash", "again", "answered late", "stray")
    )
