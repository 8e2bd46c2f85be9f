"""What the queue should do, in a few lines and without a database: the model of PB1."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from campaign.domain.outcome import Result
from campaign.domain.states import PERHAPS_PUBLIC, State

DOUBTFUL = {Result.UNKNOWN, Result.PUBLISHED}
WINDOW = timedelta(hours=1)
QUIET = timedelta(seconds=60)
APART = timedelta(minutes=1)  # what is late, on one account
KNOWN_FOR = timedelta(hours=1)


@dataclass(slots=True)
class Try:
    """One attempt."""

    at: datetime
    worker: str
    result: Result | None = None


@dataclass(slots=True)
class Part:
    state: State = State.DRAFT
    tries: list[Try] = field(default_factory=list)


@dataclass(slots=True)
class Post:
    due: datetime
    parts: list[Part]
    version: int = 0
    approved: bool = False

    def states(self) -> list[State]:
        return [part.state for part in self.parts]

    def set(self, before: Iterable[State], after: State) -> None:
        for part in self.parts:
            if part.state in before:
                part.state = after

    def is_over(self, now: datetime) -> bool:
        return now > self.due + WINDOW


Row = tuple[int, int]  # the post's place, the part's


class Model:
    """Posts by their place. `paused` holds "all" or places of posts."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self.posts = posts
        self.paused: set[str | int] = set()

    def part(self, row: Row) -> Part:
        return self.posts[row[0]].parts[row[1]]

    # people

    def can_edit(self, place: int) -> bool:
        return set(self.posts[place].states()) <= {State.DRAFT, State.QUEUED}

    def edit(self, place: int) -> None:
        post = self.posts[place]
        post.version, post.approved = post.version + 1, False
        post.set(State, State.DRAFT)

    def approve(self, place: int, now: datetime) -> bool:
        """A begun thread may be finished after its window."""
        post = self.posts[place]
        is_too_late = post.is_over(now) and not PERHAPS_PUBLIC & set(post.states())
        if post.approved or State.DRAFT not in post.states() or is_too_late:
            return False
        post.approved = True
        post.set({State.DRAFT}, State.QUEUED)
        return True

    def reject(self, place: int) -> None:
        post = self.posts[place]
        states = set(post.states())
        if states == {State.PUBLISHED} or State.CANCELLED in states:
            return
        post.approved = False  # also of what is on its way: it may come back unsent
        post.set({State.QUEUED}, State.DRAFT)

    def cancel(self, place: int) -> None:
        """What is on its way is paused: it may come back unsent."""
        post = self.posts[place]
        states = set(post.states())
        if not PERHAPS_PUBLIC & states:
            post.set(State, State.CANCELLED)
        elif {State.ARMED, State.UNKNOWN} & states:
            self.paused.add(place)

    # the machine

    def settle(self, row: Row, gen: int, worker: str, result: Result) -> None:
        """An answer closes its own attempt, and moves the part if it is still the last one's."""
        part = self.part(row)
        tried = part.tries[gen - 1]
        if tried.result not in {None, Result.UNKNOWN}:
            return
        tried.result = result
        if gen != len(part.tries) or tried.worker != worker:
            return
        if result is Result.PUBLISHED:
            part.state = State.PUBLISHED
        elif part.state in {State.ARMED, State.UNKNOWN}:
            is_doubtful = any(before.result in DOUBTFUL for before in part.tries[:-1])
            ends = {Result.NOT_SENT: State.QUEUED, Result.FAILED: State.FAILED}
            part.state = State.UNKNOWN if is_doubtful else ends.get(result, State.UNKNOWN)
            post = self.posts[row[0]]
            if (
                part.state is State.QUEUED and not post.approved
            ):  # a no came while it was on its way
                post.set({State.QUEUED}, State.DRAFT)

    def look(
        self, row: Row, gen: int, *, found: bool, at: datetime, now: datetime, worker: str
    ) -> bool:
        """What was found, by a look that began `at`, is published. True where it is sent again, under
        the same key.
        """
        part = self.part(row)
        if part.state is not State.UNKNOWN or gen != len(part.tries):
            return False
        if found:
            part.tries[-1].result = Result.PUBLISHED
            part.state = State.PUBLISHED
            return False
        first, last = part.tries[0].at, part.tries[-1].at
        if at - last < QUIET or now - first >= KNOWN_FOR or not self._may_go(row, now):
            return False
        self._arm(row, now, worker)
        return True

    def claim(
        self, ready: Mapping[Row, datetime], free: int, now: datetime, worker: str
    ) -> list[Row]:
        """What is armed, in its order. What is too late becomes a draft."""
        due = [row for row in sorted(ready, key=lambda row: (ready[row], row)) if ready[row] <= now]
        turn = [row for row in due if self._is_its_turn(row)][:free]
        armed = []
        for row in turn:
            post = self.posts[row[0]]
            if row[1] == 0 and post.is_over(now):
                post.set({State.QUEUED}, State.DRAFT)
            elif not self._would_flood(row, now):
                self._arm(row, now, worker)
                armed.append(row)
        return armed

    def reap(self, now: datetime | None) -> None:
        """Armed parts whose lease is over, or all of them."""
        for post in self.posts:
            for part in post.parts:
                lease = timedelta(seconds=120)
                if part.state is State.ARMED and (now is None or part.tries[-1].at + lease <= now):
                    part.state = State.UNKNOWN
                    part.tries[-1].result = Result.UNKNOWN

    def _would_flood(self, row: Row, now: datetime) -> bool:
        """It is late, and less than a minute ago something went out, or may have."""
        parts = [part for post in self.posts for part in post.parts]
        tries = [tried for part in parts for tried in part.tries]
        went = [tried.at for tried in tries if tried.result is not Result.NOT_SENT]
        is_late = row[1] == 0 and now - self.posts[row[0]].due > APART
        return is_late and any(now - at < APART for at in went)

    def _is_its_turn(self, row: Row) -> bool:
        place, number = row
        before = self.posts[place].parts[:number]
        is_free = not before or before[-1].state is State.PUBLISHED
        is_paused = "all" in self.paused or place in self.paused
        return self.part(row).state is State.QUEUED and is_free and not is_paused

    def _may_go(self, row: Row, now: datetime) -> bool:
        post = self.posts[row[0]]
        is_paused = "all" in self.paused or row[0] in self.paused
        return post.approved and not is_paused and (row[1] > 0 or not post.is_over(now))

    def _arm(self, row: Row, now: datetime, worker: str) -> None:
        part = self.part(row)
        part.state = State.ARMED
        part.tries.append(Try(now, worker))
