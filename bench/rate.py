"""Two rates: one post at a time against bare commits, and sends that take as long as real ones."""

from bench.drain import drain
from bench.figure import Figure
from bench.limits import two_commits
from bench.ours import ACCOUNTS, Ours
from bench.stage import Stage

ONE_BY_ONE = 300
SLOW = ACCOUNTS * 20
SECONDS = 0.2


def measure(stage: Stage) -> list[Figure]:
    figures = []
    for ours in stage.ours:
        figures.append(_one_at_a_time(stage, ours))
        figures.append(_slow_sends(stage, ours))
    return figures


def _one_at_a_time(stage: Stage, ours: Ours) -> Figure:
    limit = "two bare commits a post"
    found = stage.rounds_of(
        "one at a time, posts/s",
        {
            ours.name: lambda: drain(ours, 1, ONE_BY_ONE, BENCH_PERMITS="1"),
            limit: lambda: two_commits(ours),
        },
    )
    return Figure(
        subject=f"{ours.name}: one post at a time",
        unit="posts/s",
        ours=found[ours.name],
        beside=limit,
        theirs=found[limit],
        at_least=0.25,
    )


def _slow_sends(stage: Stage, ours: Ours) -> Figure:
    ideal = ACCOUNTS / SECONDS

    def share() -> float:
        # A drain is timed from the first record, which is made when its send has ended.
        lasted = (SLOW - 1) / drain(ours, 1, SLOW, BENCH_SEND_SECONDS=str(SECONDS)) + SECONDS
        return SLOW / lasted / ideal

    found = stage.rounds_of(
        f"{ours.name}, sends of 200 ms, share of the ideal",
        {ours.name: share},
    )
    return Figure(
        subject=f"{ours.name}: sends of 200 ms on 64 accounts, share of the ideal {ideal:.0f}/s",
        unit="of it",
        ours=found[ours.name],
        at_least=0.9,
    )
