"""PB3: edits, decisions and arms race each other over connections of their own. What goes to the wire
has the words that stand approved at that place in the audit's chain.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from campaign.domain.campaign import ApprovalRule, Late, LatePolicy
from campaign.domain.message import content_hash
from campaign.errors import CampaignError
from campaign.operations import review
from campaign.operations.audit import verify
from campaign.publisher.round import Round
from campaign.store.engine import Store, open_store
from campaign.store.place import Place
from tests.books import rows
from tests.chaos.sizes import size
from tests.chaos.workers import TIMING
from tests.factories import DUE, SetClock, account, clock_at, drafted, fill
from tests.publisher.stand import NOT_SENT, PUBLISHED, settled

if TYPE_CHECKING:
    from campaign.domain.delivery import Armed

POSTS = 12
RULE = ApprovalRule(by=("comms",), people={"comms": ("Ada",)})
LATE = LatePolicy(after=timedelta(hours=24), then=Late.ASK)


class Race:
    """Each racer repeats its verb until enough was armed, or long enough was tried."""

    def __init__(self, place: Place, clock: SetClock, arms: int) -> None:
        self.armed: list[Armed] = []
        self.errors: list[BaseException] = []
        self._place, self._clock, self._arms = place, clock, arms
        self._over = threading.Event()
        self._versions = [0] * POSTS
        self._lock = threading.Lock()

    def run(self) -> None:
        racers = [self.edit, self.edit, self.approve, self.approve, self.refuse, *[self.arm] * 3]
        threads = [threading.Thread(target=self._race, args=(n, r)) for n, r in enumerate(racers)]
        for thread in threads:
            thread.start()
        self._over.wait(60 + 2 * self._arms)
        self._over.set()
        for thread in threads:
            thread.join(60)
            assert not thread.is_alive()

    def _race(self, number: int, verb: Callable[[Store, random.Random], object]) -> None:
        store, chance = open_store(self._place, self._clock), random.Random(number)
        try:
            while not self._over.is_set():
                try:
                    verb(store, chance)
                except CampaignError:
                    continue  # somebody was faster, or there is nothing to decide
        except BaseException as error:  # noqa: BLE001
            self.errors.append(error)
            self._over.set()
        finally:
            store.close()

    def edit(self, store: Store, chance: random.Random) -> None:
        with self._lock:
            self._versions[chance.randrange(POSTS)] += 1
            texts = wordings(self._versions)
        fill(store, drafted(texts, rule=RULE, late=LATE), "Bo")

    def approve(self, store: Store, _chance: random.Random) -> None:
        waiting = review.waiting(store)
        if waiting:
            shown = review.shown_hash(waiting)
            keys = [each.stored.post.key for each in waiting]
            review.approve(store, keys, shown, "Ada")

    def refuse(self, store: Store, chance: random.Random) -> None:
        key = f"test-2021/recommendation-{chance.randint(1, POSTS)}/en/press"
        chance.choice([review.reject, review.revoke])(store, [key], "Ada", "no")
        self._over.wait(0.05)

    def arm(self, store: Store, chance: random.Random) -> None:
        """Mostly nothing is sent, so that the words can be edited again."""
        worker = threading.current_thread().name
        playing = Round(store, worker, TIMING)
        playing.play([], free=2, may_arm=True)
        self.armed += playing.armed
        if len(self.armed) >= self._arms:
            self._over.set()
        answers = [
            settled(armed, PUBLISHED if chance.random() < 0.002 else NOT_SENT)
            for armed in playing.armed
        ]
        Round(store, worker, TIMING).play(answers, free=0, may_arm=False)
        self._clock.pass_time(timedelta(seconds=1))


def wordings(versions: Sequence[int]) -> list[tuple[str]]:
    return [(f"version {version}.",) for version in versions]


def stale_arms(records: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """Read along the chain: what was armed without its words standing approved there."""
    words, approved = dict[str, str](), dict[str, str]()
    for action, key, hashed in records:
        if action in {"added", "changed"}:
            words[key] = hashed
        elif action == "approved":
            approved[key] = hashed
        elif action in {"rejected", "revoked", "unapproved"}:
            approved.pop(key, None)
        elif action == "armed" and not hashed == words[key] == approved.get(key):
            yield f"{key} was armed as {hashed}"


@pytest.mark.slow
def test_no_words_are_sent_that_do_not_stand_approved(place: Place) -> None:
    clock = clock_at(DUE)
    store = open_store(place, clock)
    fill(store, drafted(wordings([0] * POSTS), rule=RULE, late=LATE), "Bo")
    race = Race(place, clock, size("PB3"))
    race.run()
    assert race.errors == []
    chain = "SELECT action, object, content_hash FROM audit ORDER BY seq"
    records = rows(place, chain)
    assert list(stale_arms(records)) == []
    who = {"platform": "outbox", "identity": account().identity}
    for armed in race.armed:
        assert content_hash(who, [armed.delivery.body]) == armed.delivery.content_hash
    made = Counter(action for action, *_ in records)
    assert made["armed"] == len(race.armed) >= size("PB3")
    assert verify(store).is_intact
    store.close()
    store.close()
    print(f"PB3: {dict(made)}: 0 sends with a stale hash")


def test_stale_arm_is_seen() -> None:
    chain = [("added", "k", "1"), ("approved", "k", "1"), ("armed", "k", "1")]
    assert list(stale_arms(chain)) == []
    for between in (("changed", "k", "2"), ("rejected", "k", "1"), ("revoked", "k", "1")):
        assert list(stale_arms([*chain[:2], between, chain[2]]))
