"""How long the protocol's steps may take. The crash tests shorten them; nothing else does."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """`first_byte` and `answer` are in seconds: how long after its permission a request may begin,
    and how long after its beginning it may last. `looks` follow the moment of the doubt.

    An arm's lease outlives the longest request; `quiesce` is how long a lost request may still
    be under way before an absent part is believed absent.
    """

    arm_lease: timedelta = timedelta(seconds=120)
    first_byte: float = 5.0
    answer: float = 45.0
    quiesce: timedelta = timedelta(seconds=60)
    looks: tuple[timedelta, ...] = (
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(minutes=10),
        timedelta(minutes=30),
        timedelta(hours=2),
    )
    then_every: timedelta = timedelta(days=1)
    last_answers: float = 10.0

    def next_look(self, doubt_for: timedelta) -> timedelta:
        """How long after the doubt began the next look comes, given how long it has lasted."""
        upcoming = (look for look in self.looks if look > doubt_for)
        return next(upcoming, doubt_for + self.then_every)
