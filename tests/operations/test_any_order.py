"""Everything a person and time can do, in any order, against what really went out.

The oracle is the ledger: every request that reached the network. No text twice on one identity,
nothing that was not approved word for word, nothing while it was paused, nothing out of its window.
"""

import shutil
import tempfile
from datetime import time, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from campaign.domain.campaign import ApprovalRule, Late, LatePolicy
from campaign.domain.delivery import Armed, Looked
from campaign.domain.outcome import Outcome
from campaign.domain.states import State
from campaign.errors import CampaignError
from campaign.operations.audit import verify
from campaign.operations.control import pause, resume
from campaign.operations.review import approve, shown_hash, waiting
from campaign.publisher.reap import reap
from campaign.publisher.round import Round
from campaign.publisher.timing import Timing
from campaign.store.engine import open_store
from tests.books import rows
from tests.factories import DUE, clock_at, database, drafted, fill
from tests.publisher.stand import FAILED, NOT_SENT, PUBLISHED, RECEIPT, UNKNOWN, settled

CAMPAIGNS = ("one-2021", "two-2021")
RULE = ApprovalRule(by=("editor",), people={"editor": ("Ada",)})
WORDS = st.lists(
    st.lists(st.sampled_from(["A.", "B.", "C."]), min_size=1, max_size=2, unique=True).map(tuple),
    min_size=1,
    max_size=2,
)
LATE = st.sampled_from([LatePolicy(after=timedelta(hours=1), then=then) for then in Late])


class Everything(RuleBasedStateMachine):
    """One database, two campaigns on one identity; the network is the list `sent`."""

    empty: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.empty, database(self.folder))
        self.clock = clock_at(DUE - timedelta(hours=1))
        self.store = open_store(database(self.folder), self.clock)
        self.sent: dict[str, int] = {}  # words → how often they became public
        self.keys: set[str] = set()
        self.on_the_wire: list[Armed] = []
        self.approved: set[str] = set()
        self.paused = False

    @rule(
        name=st.sampled_from(CAMPAIGNS), words=WORDS, late=LATE,
        rule_=st.sampled_from([RULE, ApprovalRule()]), hour=st.integers(8, 10),
    )  # fmt: skip
    def edit(
        self, name: str, words: list[tuple[str, ...]], late: LatePolicy, rule_: Any, hour: int
    ) -> None:
        wanted = drafted(words, campaign_id=name, rule=rule_, late=late, at=time(hour))
        try:
            fill(self.store, wanted)
        except CampaignError as error:
            assert "would repeat" in str(error)  # noqa: PT017
            return
        if not rule_.by:
            self.approved |= {planned.post.content_hash for planned in wanted.planned}

    @rule()
    def approve(self) -> None:
        seen = waiting(self.store)
        try:
            approve(self.store, (), shown_hash(seen), "Ada")
        except CampaignError as error:
            assert "has passed" in str(error)  # noqa: PT017
            return
        self.approved |= {each.stored.post.content_hash for each in seen}

    @rule(scope=st.sampled_from(["all", "account:press"]))
    def pause(self, scope: str) -> None:
        if not self.on_the_wire and rows(self.store.place, "SELECT 1 FROM account"):
            pause(self.store, scope, None, "Ada")
            self.paused = True

    @rule()
    def resume(self) -> None:
        for scope in ("all", "account:press") if self.paused else ():
            resume(self.store, scope, None, "Ada")
        self.paused = False

    @rule(length=st.sampled_from([1, 30, 61, 125, 1800, 3601]))
    def wait(self, length: int) -> None:
        self.clock.pass_time(timedelta(seconds=length))
        reap(self.store, "w", Timing())

    @rule(permits=st.integers(1, 3), died=st.booleans())
    def play(self, permits: int, died: bool) -> None:
        playing = self._round([], permits)
        for armed in playing.armed:
            self._check(armed)
        if not died:
            self.on_the_wire += playing.armed
        for look in playing.looks:
            there = look.key in self.keys
            looked = Looked(
                delivery=look, at=self.clock.now(), certain=True,
                receipt=RECEIPT if there else None, replay_for=timedelta(hours=1),
            )  # fmt: skip
            again = self._round([looked], permits)
            for armed in again.armed:
                self._check(armed)
            self.on_the_wire += again.armed

    @rule(end=st.sampled_from([PUBLISHED, NOT_SENT, FAILED, UNKNOWN]), arrived=st.booleans())
    def answer(self, end: Outcome, arrived: bool) -> None:
        if not self.on_the_wire:
            return
        armed = self.on_the_wire.pop(0)
        if end is PUBLISHED or (end is UNKNOWN and arrived):
            self._arrive(armed)
        self._round([settled(armed, end)], 0)

    def _round(self, returned: list[Any], free: int) -> Round:
        playing = Round(self.store, "w", Timing())
        playing.play(returned, free=free, may_arm=True)
        return playing

    def _check(self, armed: Armed) -> None:
        delivery = armed.delivery
        assert not self.paused
        assert delivery.content_hash in self.approved
        assert delivery.part > 1 or delivery.not_after >= self.clock.now()

    def _arrive(self, armed: Armed) -> None:
        """The network knows our keys: the same key again is the same post."""
        key = armed.delivery.key
        if key not in self.keys:
            query = "SELECT text_hash FROM post WHERE id = ?"
            ((words,),) = rows(self.store.place, query, armed.delivery.post_id)
            text = f"{words} part {armed.delivery.part}"
            self.keys.add(key)
            self.sent[text] = self.sent.get(text, 0) + 1

    @invariant()
    def nothing_is_public_twice(self) -> None:
        assert not [text for text, times in self.sent.items() if times > 1]

    @invariant()
    def published_is_public(self) -> None:
        query = "SELECT idempotency_key FROM delivery WHERE state = 'published'"
        assert {key for (key,) in rows(self.store.place, query)} <= self.keys

    def teardown(self) -> None:
        assert verify(self.store).is_intact
        states = {state for (state,) in rows(self.store.place, "SELECT state FROM delivery")}
        assert states <= set(State)
        self.store.close()
        shutil.rmtree(self.folder)


@pytest.mark.slow
def test_anything_in_any_order_publishes_nothing_twice_and_nothing_unapproved(
    empty_database: Path,
) -> None:
    Everything.empty = empty_database
    run_state_machine_as_test(
        Everything,
        settings=settings(
            max_examples=20, stateful_step_count=25, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
