"""Random edits between random moments of a running campaign, against what really went out.

Real files, the real reader, the real daemon on a clock that skips. The oracle is the outbox's
folder and nothing of ours: the same words stand there once on an identity, unless a line said
`again`; what stands there was approved and never changes; and in the end all that the last files
ask for is public, or stands where a person sees it. CAMPAIGN_EXAMPLES=1000 plays a thousand.
"""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from campaign.daemon import Daemon
from campaign.domain.plan import Plan, Sign
from campaign.domain.post import Post, StoredPost
from campaign.domain.states import State
from campaign.errors import CampaignError, ContentError
from campaign.operations.audit import verify
from campaign.operations.cancel import cancel
from campaign.operations.control import pause, resume
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.operations.resolve import resolve_absent, resolve_there
from campaign.operations.retry import retry
from campaign.operations.review import approve, reject, revoke, shown_hash, waiting
from campaign.operations.schedule import schedule
from campaign.operations.status import status
from campaign.platforms.base import Sending
from campaign.runtime import Runtime
from campaign.store.engine import Store, open_store
from tests.factories import database
from tests.operations.newsroom import CODES, EDITS, ROLES, Call, Newsroom
from tests.operations.shelves import (
    ENDS,
    Said,
    Shelf,
    StoppingClock,
    World,
    files,
    public,
    words_of,
)

START = datetime(2021, 12, 18, 5, 55, tzinfo=UTC)  # 06:55 in Zurich, a quarter before the headline
EXAMPLES = int(os.environ.get("CAMPAIGN_EXAMPLES", "16"))
REFUSED = (  # what a person is told instead of a second post, or a plan that is not what was shown
    "would repeat words", "Give the new account another name", "has changed since it was shown",
    "do not go out a second time", "say the same words", "needs two people", "may still arrive",
)  # fmt: skip
NOTHING = (
    "Nothing was retried", "cancelled already", "Nothing was cancelled", "has passed",
    "has approved none", "may not", "is over", "has said that",
)  # fmt: skip
OFTEN = ["correct", "correct", "correct", "insert", "insert", "take_out", "put_back", "say_again"]
KINDS = {
    "edit": 6, "edit while armed": 2, "schedule what was shown before": 1, "hand over": 2, "run": 5,
    "approve": 2, "reject": 1, "revoke": 1, "cancel": 1, "retry": 2, "look": 2, "pause": 1,
}  # fmt: skip
SCOPES = ("all", "account:x", "account:un-m", "account:box")
STILL = (State.CANCELLED, State.FAILED, State.SKIPPED, State.DRAFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What somebody does, or time. Each kind reads what it needs of the rest."""

    kind: str
    name: str  # of a campaign
    edits: list[tuple[str, int, int]]
    minutes: int
    ends: list[str]  # what the networks do to the next parts
    which: int  # of the posts
    who: str
    flag: bool


EDIT = st.tuples(st.sampled_from([*sorted(EDITS), *OFTEN]), st.integers(0, 9), st.integers(0, 9))
STEP = st.builds(
    Step,
    kind=st.sampled_from([kind for kind, times in KINDS.items() for _ in range(times)]),
    name=st.sampled_from(["one", "two"]),
    edits=st.lists(EDIT, min_size=1, max_size=3),
    minutes=st.sampled_from([10, 35, 70, 130]),
    ends=st.lists(st.sampled_from(["sent", *ENDS]), max_size=4),
    which=st.integers(0, 99),
    who=st.sampled_from(sorted(ROLES)),
    flag=st.booleans(),
)
STEPS = st.lists(STEP, min_size=8, max_size=16)

Content = tuple[str, str, bool, tuple[str, ...]]  # campaign, identity, again, texts
About = tuple[str, str, bool]  # identity, the words' code, again


@dataclass(slots=True)
class Decided:
    """Who has said what about some words, by the mouth of this test: roles."""

    yes: set[str] = field(default_factory=set)
    no: str | None = None


def texts_of(post: Post) -> tuple[str, ...]:
    return tuple(str(body["text"]) for body in post.bodies)


def is_again(post: Post) -> bool:
    return post.key.endswith("~again")


def content_of(post: Post) -> Content:
    return post.campaign_id, post.account.who, post.again or is_again(post), texts_of(post)


def about(post: Post) -> About:
    code, _version = words_of(texts_of(post))
    return post.account.who, code, post.again or is_again(post)


class Play:
    """Two campaigns in one database, on the same three accounts, on one day."""

    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = StoppingClock(START)
        self.store = open_store(database(folder), self.clock)
        self.world = World(clock=self.clock, seen=self.seen)
        self.shelf = type("Here", (Shelf,), {"world": self.world})
        other = {"names": ("b-x", "b-m", "b-box"), "lines": {"calls", "thanks"}, "rule": 1}
        self.rooms = {
            "one": Newsroom(folder / "one", "one", [Call(0), Call(1), Call(2)]),
            "two": Newsroom(folder / "two", "two", [Call(3), Call(4)], **other),  # type: ignore[arg-type]
        }
        self.good = deepcopy(self.rooms)
        self.applied: dict[str, Drafted] = {}
        self.missed: dict[str, set[About]] = {}
        self.decided: dict[Content, Decided] = {}
        self.may_repeat: set[tuple[str, str, str]] = set()  # campaign, identity, code
        self.overtaken: set[str] = set()  # a retry, or a sending, came between it and its files
        self.kept: dict[str, bytes] = {}
        self.faults: list[str] = []
        for name in self.rooms:
            self._schedule(name, self.store)
        self._approve("Ada")

    def step(self, step: Step) -> None:
        self.seen[step.kind] += 1
        self.world.ends += step.ends
        verbs: dict[str, Callable[[], None]] = {
            "edit": lambda: self._edit(step, self.store),
            "edit while armed": lambda: self._run(70, lambda: self._edit_meanwhile(step)),
            "schedule what was shown before": lambda: self._edit(step, self.store, step.minutes),
            "hand over": lambda: self._hand_over(step),
            "run": lambda: self._run(step.minutes),
            "approve": lambda: self._approve(step.who),
            "reject": lambda: self._take_back("reject", self._one_of(step.which), step.who),
            "revoke": lambda: self._take_back("revoke", self._one_of(step.which), step.who),
            "cancel": lambda: self._decide("cancel", self._one_of(step.which)),
            "retry": lambda: self._decide("retry", self._one_of(step.which, STILL)),
            "look": lambda: self._look(resend=step.flag),
            "pause": lambda: self._pause(SCOPES[step.which % 4]),
        }
        verbs[step.kind]()

    # the files

    def _edit(self, step: Step, store: Store, later: int = 0) -> None:
        for one in step.edits:
            self.rooms[step.name].edit(*one)
        self._schedule(step.name, store, later)

    def _edit_meanwhile(self, step: Step) -> None:
        """Just as a part is armed: another process schedules."""
        other = open_store(database(self.folder), self.clock)
        self._edit(step, other)
        other.close()
        self.seen["edited while armed"] += 1

    def _hand_over(self, step: Step) -> None:
        """The other campaign says it instead: what this one has cancelled, or taken out."""
        here, there = step.name, "two" if step.name == "one" else "one"
        calls = self.rooms[here].calls
        call = calls[step.which % len(calls)]
        if step.flag:
            codes = {CODES[language][call.number] for language in CODES}
            for stored in self._posts():
                post = stored.post
                if post.campaign_id == self.rooms[here].id and about(post)[1] in codes:
                    self._decide("cancel", post.key)
        elif len(calls) > 1:
            calls.remove(call)
            self._schedule(here, self.store)
        if call.number not in {one.number for one in self.rooms[there].calls}:
            self.rooms[there].calls.append(deepcopy(call))
        self._schedule(there, self.store)

    def _schedule(self, name: str, store: Store, later: int = 0) -> None:
        try:
            wanted = self.rooms[name].draft()
            shown = plan(wanted, store, self.clock.now())
            if later:
                self._run(later)
            removed = shown.count(Sign.REMOVE)
            made = schedule(store, wanted, shown.checksum, "Eve", removing=removed, simulated=True)
        except ContentError as error:
            self.seen[f"check: {error.problems[0].what[:50]}"] += 1
        except CampaignError as error:
            self._understand(error, REFUSED)
        else:
            self._note(name, wanted, made)
        # Whoever is refused takes back what was refused.
        self.rooms[name] = deepcopy(self.good[name])

    def _note(self, name: str, wanted: Drafted, made: Plan) -> None:
        self.seen.update(f"sign {change.sign}" for change in made.pending)
        self.seen["scheduled"] += 1
        for one in wanted.planned:
            who, code, again = about(one.post)
            if again:
                self.may_repeat.add((one.post.campaign_id, who, code))
        self.applied[name] = wanted
        self.good[name] = deepcopy(self.rooms[name])
        self.missed[name] = {about(one.post) for one in made.missed}
        others = {key for key in self.overtaken if not key.startswith(wanted.campaign.id)}
        self.overtaken = others | {change.key for change in made.signed(Sign.SENT)}
        if wanted.campaign.approval.by:
            return
        for change in made.changes:
            if change.after and (made.rule_change or change.sign in {Sign.ADD, Sign.CHANGE}):
                content = content_of(change.after.post)
                self.decided.setdefault(content, Decided()).yes.add("scheduler")

    # people

    def _approve(self, who: str) -> None:
        for name in self.applied:
            by = self._rule(self.rooms[name].id)
            mine = [
                each
                for each in waiting(self.store)
                if each.is_open
                and each.stored.post.campaign_id == self.rooms[name].id
                and (not by or ROLES[who] in by)
            ]
            if mine:
                keys = [each.stored.post.key for each in mine]
                approve(self.store, keys, shown_hash(mine), who)
            self.seen["approved"] += len(mine)
            for each in mine:
                self._said_yes(each.stored.post, ROLES[who] if by else "scheduler", by)

    def _said_yes(self, post: Post, role: str, by: tuple[str, ...]) -> None:
        decided = self.decided.setdefault(content_of(post), Decided())
        decided.yes.add(role)
        if decided.no == role or decided.no not in (by or ("scheduler",)):
            decided.no = None

    def _take_back(self, verb: str, name: str, who: str) -> None:
        before = {stored.post.key: stored.post for stored in self._posts()}
        try:
            take_back = reject if verb == "reject" else revoke
            met = take_back(self.store, [name], who, "no")
        except CampaignError as error:
            self._understand(error, NOTHING)
            return
        stopped = [*met.held, *met.on_their_way]
        self.seen[f"{verb}ed"] += len(stopped)
        for stored in stopped:
            post = before[stored.post.key]
            decided = self.decided.setdefault(content_of(post), Decided())
            role = ROLES[who] if self._rule(post.campaign_id) else "scheduler"
            if verb == "reject":
                decided.yes, decided.no = set(), role
            else:
                decided.yes.discard(role)

    def _one_of(self, which: int, states: Collection[State] = tuple(State)) -> str:
        """The key of a post, or the name of its words, which may mean both campaigns and all
        accounts.
        """
        posts = self._posts()
        keys = sorted(s.post.key for s in posts if s.state in states) or [posts[0].post.key]
        name = keys[which // 2 % len(keys)]
        return name if which % 2 else name.split("/")[1]

    def _decide(self, verb: str, name: str) -> None:
        try:
            if verb == "cancel":
                cancel(self.store, f"post:{name}", None, "Ada")
            else:
                given = retry(self.store, f"post:{name}", None, None, "Ada")
                self.overtaken |= {one.key for one in given}
            self.seen[f"{verb} done"] += 1
        except CampaignError as error:
            self._understand(error, (*NOTHING, *REFUSED))

    def _pause(self, scope: str) -> None:
        before = files(self.folder)
        pause(self.store, scope, None, "Ada")
        self._run(20)
        if scope == "all" and not self.world.slow_ones_came:
            assert files(self.folder) == before
        resume(self.store, scope, None, "Ada")

    def _look(self, *, resend: bool) -> None:
        """A person looks at the network, and says what is there."""
        self.world.arrive()
        there = files(self.folder)
        for doubt in status(self.store).doubts:
            name = f"{doubt.post_key.replace('/', '.')}.{doubt.part}.json"
            try:
                if name in there:
                    resolve_there(self.store, doubt.post_key, f"https://example.org/{name}", "Ada")
                else:
                    resolve_absent(self.store, doubt.post_key, "looked", "Ada", resend=resend)
                self.seen["resolved"] += 1
            except CampaignError as error:
                self._understand(error, (*REFUSED, *NOTHING))

    # time

    def _run(self, minutes: int, meanwhile: Callable[[], None] | None = None) -> None:
        """The real daemon, until nothing moves by itself or the time is over."""
        runtime = Runtime(
            store=self.store, clock=self.clock, folder=self.folder, adapter_of=lambda _: self.shelf
        )
        daemon = Daemon(runtime, permits=1)
        self.clock.end = self.clock.now() + timedelta(minutes=minutes)
        self.clock.at_end = daemon.stop
        left = [meanwhile] if meanwhile else []

        def before(sending: Sending, shelf: Shelf) -> None:
            self._check_approval(sending, shelf)
            while left:
                left.pop()()

        self.world.before = before
        self.world.slow_ones_came = False
        daemon.run(until_done=True)
        self.clock.skip_to(self.clock.end)
        self.world.arrive()

    def _check_approval(self, sending: Sending, shelf: Shelf) -> None:
        campaign, again = sending.post_key.partition("/")[0], sending.post_key.endswith("~again")
        needed = set(self._rule(campaign)) or {"scheduler"}

        def is_approved(content: Content, decided: Decided) -> bool:
            name, who, is_again, texts = content
            same = (name, who, is_again) == (campaign, shelf.account.who, again)
            same = same and texts[sending.part - 1 : sending.part] == (sending.body["text"],)
            # A begun thread is finished whatever the rule is now, unless somebody says no.
            enough = decided.yes >= needed if sending.part == 1 else bool(decided.yes)
            return same and enough and decided.no is None

        if not any(is_approved(*one) for one in self.decided.items()):
            self.faults.append(f"{sending.post_key} {sending.part}: unapproved: {sending.body}")

    # what must hold

    def check(self) -> None:
        assert self.faults == []
        self._nothing_is_public_twice()
        self._what_is_public_never_changes()
        self._unchanged_files_change_nothing()

    def _nothing_is_public_twice(self) -> None:
        said = public(files(self.folder))
        assert {self._key(one) for one in said if one.is_again} <= self.may_repeat
        for keys in (
            [(one.identity, one.code, one.version) for one in said if not one.is_again],
            [(one.campaign, one.identity, one.code, one.is_again) for one in said],
            [one.key for one in said],
        ):
            twice = [key for key, times in Counter[object](keys).items() if times > 1]
            assert not twice, "public twice"

    def _key(self, one: Said) -> tuple[str, str, str]:
        return one.campaign, one.identity, one.code

    def _what_is_public_never_changes(self) -> None:
        now = files(self.folder)
        assert {name: now.get(name) for name in self.kept} == self.kept
        self.kept = now

    def _unchanged_files_change_nothing(self) -> None:
        keys = {one.key for one in public(self.kept)}
        for name, wanted in self.applied.items():
            made = plan(wanted, self.store, self.clock.now())
            signs = {change.key: change.sign for change in made.changes}
            mine = {key for key in keys if key.startswith(f"{self.rooms[name].id}/")}
            assert {signs[key] for key in mine} <= {Sign.SENT}
            assert {change.key for change in made.pending} <= self.overtaken
            assert not made.amendments

    def end(self) -> None:
        """Days later, everything is published or stands before somebody's eyes."""
        for _ in range(3):
            self._run(16)
            self._look(resend=False)
        for _ in range(2):
            self._run(2 * 24 * 60)
        self.check()
        for name, wanted in self.applied.items():
            assert not list(self._lost(name, wanted))
        assert verify(self.store).is_intact
        self.seen["public"] += len(self.kept)
        self.seen["campaigns"] += len(self.applied)

    def _lost(self, name: str, wanted: Drafted) -> Iterator[str]:
        """What the files ask for and is neither public, nor said to be too late, nor visible."""
        there = {(one.identity, one.code, one.is_again) for one in public(self.kept)}
        visible: dict[About, list[StoredPost]] = {}
        for stored in self._posts():
            if stored.post.campaign_id == wanted.campaign.id and self._is_visible(stored):
                visible.setdefault(about(stored.post), []).append(stored)
        for one in wanted.planned:
            what = about(one.post)
            if what in there or what in self.missed[name]:
                continue
            # A cancel, a retry and a sending keep the words they were about.
            if not any(
                s.cancelled_by
                or s.post.key in self.overtaken
                or texts_of(s.post) == texts_of(one.post)
                for s in visible.get(what, [])
            ):
                yield one.post.key

    def _is_visible(self, stored: StoredPost) -> bool:
        seen = {State.FAILED, State.SKIPPED, State.DRAFT, State.UNKNOWN}
        return bool(seen & set(stored.states)) or stored.cancelled_by is not None

    def _posts(self) -> list[StoredPost]:
        return [stored for each in status(self.store).campaigns for stored in each.posts]

    def _rule(self, campaign_id: str) -> tuple[str, ...]:
        return self.applied[campaign_id.partition("-")[0]].campaign.approval.by

    def _understand(self, error: CampaignError, known: tuple[str, ...]) -> None:
        told = next((text for text in known if text in str(error)), None)
        if told is None:
            self.faults.append(f"unexpected: {error}")
        self.seen[f"told: {told}"] += 1


def play(steps: list[Step], empty: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        shutil.copy(empty, database(Path(name)))
        playing = Play(Path(name))
        try:
            for step in steps:
                playing.step(step)
                playing.check()
            playing.end()
        finally:
            playing.store.close()


@pytest.mark.slow
def test_random_edits_of_a_running_campaign_publish_nothing_twice_and_lose_nothing(
    empty_database: Path,
) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize="CAMPAIGN_EXAMPLES" not in os.environ,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS)
    def check(steps: list[Step]) -> None:
        play(steps, empty_database)

    check()
