"""The table of moves, and that ARCHITECTURE.md shows it as it is."""

from pathlib import Path

import pytest

from campaign.domain.states import ALLOWED, MOVES, PERHAPS_PUBLIC, State, is_allowed, post_state

ARCHITECTURE = Path(__file__).resolve().parents[2] / "ARCHITECTURE.md"


def test_moves_stand_once_each_and_lead_elsewhere() -> None:
    assert len(ALLOWED) == len(MOVES)
    assert all(move.before is not move.after and move.verb for move in MOVES)


def test_published_is_the_only_end() -> None:
    assert {state for state in State if not any(before is state for before, _ in ALLOWED)} == {
        State.PUBLISHED
    }


def test_draft_is_where_every_state_is_reached_from() -> None:
    reached = {State.DRAFT}
    for _ in State:
        reached |= {after for before, after in ALLOWED if before in reached}
    assert reached == set(State)


def test_armed_is_reached_only_by_arm_and_by_a_replay() -> None:
    verbs = {move.before: move.verb for move in MOVES if move.after is State.ARMED}
    assert verbs == {State.QUEUED: "arm", State.UNKNOWN: "replay, same key"}


@pytest.mark.parametrize("before", sorted(PERHAPS_PUBLIC))
@pytest.mark.parametrize("after", [State.DRAFT, State.SKIPPED, State.CANCELLED])
def test_perhaps_public_is_never_edited_away(before: State, after: State) -> None:
    assert not is_allowed(before, after)


@pytest.mark.parametrize(
    ("parts", "seen"),
    [
        ([State.PUBLISHED], State.PUBLISHED),
        ([State.PUBLISHED, State.FAILED, State.QUEUED], State.FAILED),
        ([State.QUEUED, State.PUBLISHED], State.QUEUED),
        ([], State.PUBLISHED),
    ],
)
def test_post_state_is_its_first_part_that_is_not_out(parts: list[State], seen: State) -> None:
    assert post_state(parts) is seen


def test_architecture_shows_the_table_of_moves() -> None:
    page = ARCHITECTURE.read_text("utf-8")
    shown = page.partition("<!-- states -->\n")[2].partition("<!-- /states -->")[0]
    table = ["| before | after | verb |", "|---|---|---|"]
    table += [f"| {move.before} | {move.after} | {move.verb} |" for move in MOVES]
    assert shown.splitlines() == table
