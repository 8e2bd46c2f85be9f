"""Random edits between random moments of a running campaign, against what really went out.

The oracle is the outbox's folder. A sentence that is public, in whatever version, never goes out
again on its account; and in the end every post is published, given up, or waits where a person
sees it.
"""

import json
import os
import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from campaign.domain.campaign import ApprovalRule
from campaign.domain.delivery import Armed
from campaign.domain.message import content_hash, text_hash
from campaign.domain.outcome import Outcome, Result
from campaign.domain.post import StoredPost
from campaign.domain.states import PERHAPS_PUBLIC, State
from campaign.errors import CampaignError
from campaign.operations.audit import verify
from campaign.operations.cancel import cancel
from campaign.operations.draft import Drafted
from campaign.operations.resolve import resolve_absent, resolve_there
from campaign.operations.retry import retry
from campaign.operations.review import approve, reject, shown_hash, waiting
from campaign.operations.status import status
from campaign.platforms.outbox import Outbox
from campaign.publisher.outcomes import outcome_of
from campaign.publisher.reap import reap
from campaign.publisher.round import Round
from campaign.publisher.sender import sending
from campaign.publisher.timing import Timing
from campaign.store.engine import open_store
from tests.factories import DUE, account, clock_at, database, drafted, fill
from tests.publisher.stand import settled

SENTENCES = [
    "Recognize the overarching obligation to respect and protect every right of all migrants.",
    "Maximize what diasporas contribute as development actors with full access to education.",
    "Accelerate implementation of the Agenda by addressing drivers that hinder livelihoods.",
    "Open avenues for regular migration as a viable alternative to precarious journeys.",
    "Dismantle organized criminal groups engaging in smuggling and disrupt their finances.",
    "Partner with children and youth in reviewing the Global Compact at each forum.",
    "Pledge concrete support toward tangible realization through financial assistance.",
]
RULE = ApprovalRule(by=("editor",), people={"editor": ("Ada",)})
EXAMPLES = int(os.environ.get("CAMPAIGN_EXAMPLES", "20"))
UNKNOWN = Outcome(result=Result.UNKNOWN, detail="no answer")


class Edits(RuleBasedStateMachine):
    empty: ClassVar[Path]
    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.empty, database(self.folder))
        self.clock = clock_at(DUE - timedelta(minutes=5))
        self.store = open_store(database(self.folder), self.clock)
        self.texts = list(SENTENCES[:3])
        self.name, self.hour, self.furniture = "press", 8, "Call"
        self.rule_ = ApprovalRule()
        self._schedule()

    # the campaign file and its statement

    @rule(
        what=st.sampled_from(["insert", "take out", "correct", "move", "rename", "template", "rule"]),
        place=st.integers(0, 6), which=st.integers(0, 6),
    )  # fmt: skip
    def edit(self, what: str, place: int, which: int) -> None:
        here = place % len(self.texts)
        match what:
            case "insert":
                base = SENTENCES[which]
                if not any(text.startswith(base[:20]) for text in self.texts):
                    self.texts.insert(place, base)
            case "take out" if len(self.texts) > 1:
                self.texts.pop(here)
            case "correct" if len(self.texts[here].split()) < 18:
                self.texts[here] += " together"
            case "move":
                self.hour = 8 + which % 4
            case "rename":
                self.name = ("press", "newsroom")[which % 2]
            case "template":
                self.furniture = ("Call", "Number")[which % 2]
            case "rule":
                self.rule_ = (RULE, ApprovalRule())[which % 2]
        self._schedule()

    # people

    @rule()
    def approve(self) -> None:
        keys = [each.stored.post.key for each in waiting(self.store) if each.is_open]
        if keys:
            seen = [each.stored for each in waiting(self.store, keys)]
            approve(self.store, keys, shown_hash(seen), "Ada")

    @rule(number=st.integers(1, 5), verb=st.sampled_from(["reject", "cancel", "retry"]))
    def decide(self, number: int, verb: str) -> None:
        name = f"recommendation-{number}"
        try:
            match verb:
                case "reject":
                    reject(self.store, [name], "Ada", "no")
                case "cancel":
                    cancel(self.store, f"post:{name}", None, "Ada")
                case "retry":
                    retry(self.store, f"post:{name}", None, None, "Ada")
            self.seen[verb] += 1
        except CampaignError:
            pass

    @rule(resend=st.booleans())
    def look(self, resend: bool) -> None:
        """A person looks at the network, and says the truth."""
        for doubt in status(self.store).doubts:
            there = (self.folder / "outbox" / f"{doubt.post_key.replace('/', '.')}.1.json").exists()
            try:
                if there:
                    resolve_there(self.store, doubt.post_key, "https://example.org/1", "Ada")
                else:
                    resolve_absent(self.store, doubt.post_key, "looked", "Ada", resend=resend)
                self.seen["resolve"] += 1
            except CampaignError as error:
                refused = str(error)
                assert "may still arrive" in refused or "is over" in refused

    # time and the network

    @rule(minutes=st.sampled_from([1, 16, 31, 70]))
    def wait(self, minutes: int) -> None:
        self.clock.pass_time(timedelta(minutes=minutes))
        reap(self.store, "w", Timing())

    @rule(
        end=st.sampled_from(["sent", "sent", "lost answer", "lost request", "refused"]),
        minutes=st.sampled_from([0, 20, 40]),
    )
    def play(self, end: str, minutes: int) -> None:
        self.clock.pass_time(timedelta(minutes=minutes))
        playing = Round(self.store, "w", Timing())
        playing.play([], free=2, may_arm=True)
        for armed in playing.armed:
            Round(self.store, "w", Timing()).play(
                [settled(armed, self._send(armed, end))], free=0, may_arm=False
            )

    @rule(end=st.sampled_from(["sent", "lost answer", "lost request"]))
    def play_on(self, end: str) -> None:
        self.play(end, 20)

    def _send(self, armed: Armed, end: str) -> Outcome:
        self.seen[end] += 1
        if end == "lost request":
            return UNKNOWN
        if end == "refused":
            return Outcome(result=Result.FAILED, detail="too long")
        network = Outbox(armed.delivery.account, clock=self.clock, folder=self.folder)
        try:
            receipt = network.publish(sending(armed.delivery))
        except Exception as error:  # noqa: BLE001
            return outcome_of(error)
        return (
            UNKNOWN if end == "lost answer" else Outcome(result=Result.PUBLISHED, receipt=receipt)
        )

    # what must hold

    @invariant()
    def nothing_is_public_twice(self) -> None:
        assert all(times == 1 for times in self._public().values())

    @invariant()
    def published_is_public(self) -> None:
        texts = set(self._public())
        for stored in self._posts():
            if stored.state is State.PUBLISHED:
                assert _base(str(stored.post.bodies[0]["text"])) in texts

    def teardown(self) -> None:
        """Two days later, everything is published, given up or stands before somebody's eyes."""
        self.clock.pass_time(timedelta(days=2))
        for _ in range(12):
            self.play("sent", 0)
        now = status(self.store)
        shown = {stored.post.key for each in now.campaigns for stored in each.held(now.now)}
        shown |= {one.stored.post.key for each in now.campaigns for one in each.waiting}
        shown |= {doubt.post_key for doubt in now.doubts}
        ends = {State.PUBLISHED, State.FAILED, State.SKIPPED, State.CANCELLED}
        assert all(s.state in ends or s.post.key in shown for s in self._posts())
        assert not {State.ARMED, State.CLAIMED} & {s.state for s in self._posts()}
        assert verify(self.store).is_intact
        self.seen["public"] += sum(self._public().values())
        self.seen["campaigns"] += 1
        self.store.close()
        shutil.rmtree(self.folder)

    def _posts(self) -> list[StoredPost]:
        return [stored for each in status(self.store).campaigns for stored in each.posts]

    def _public(self) -> Counter[str]:
        files = (self.folder / "outbox").glob("*.json")
        return Counter(_base(json.loads(file.read_text("utf-8"))["text"]) for file in files)

    def _schedule(self) -> None:
        before = {s.post.key: s for s in self._posts() if s.state in PERHAPS_PUBLIC}
        try:
            fill(self.store, self._drafted(), "Ada")
            self.seen["scheduled"] += 1
        except CampaignError as error:
            # A person has to take it out, or say again: refused, never sent.
            assert "would repeat" in str(error) or "say the number" in str(error)  # noqa: PT017
            self.seen["refused plan"] += 1
        after = {stored.post.key: stored for stored in self._posts()}
        assert all(after[key] == stored for key, stored in before.items())

    def _drafted(self) -> Drafted:
        who = replace(account(), name=self.name)
        texts = [(text,) for text in self.texts]
        wanted = drafted(
            texts, accounts=[who], rule=self.rule_, every=timedelta(minutes=20),
            at=DUE.replace(hour=self.hour, tzinfo=None).time(),
        )  # fmt: skip
        planned = []
        for number, (one, text) in enumerate(zip(wanted.planned, self.texts, strict=True), 1):
            body = {"language": "en", "text": f"{self.furniture} {number} of {len(texts)}: {text}"}
            message = replace(one.message, parts=(replace(one.message.parts[0], body=text),))
            identity = {"platform": who.platform, "identity": who.identity}
            post = replace(
                one.post, bodies=(body,), text_hash=text_hash([text]),
                content_hash=content_hash(identity, [body]),
            )  # fmt: skip
            planned.append(replace(one, message=message, post=post))
        return replace(wanted, planned=tuple(planned))


def _base(text: str) -> str:
    """Which sentence it is, without furniture and corrections."""
    words = text.partition(": ")[2]
    return next(sentence for sentence in SENTENCES if words.startswith(sentence[:20]))


@pytest.mark.slow
def test_random_edits_of_a_running_campaign_publish_nothing_twice_and_lose_nothing(
    empty_database: Path,
) -> None:
    Edits.empty = empty_database
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=25, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    did = ("sent", "lost answer", "lost request", "retry", "cancel", "reject", "resolve")
    assert all(Edits.seen[what] for what in did), Edits.seen
