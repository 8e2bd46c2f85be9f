"""The chain on disk, damaged by hand behind the product's back: `verify` notices each damage."""

import pytest
import sqlalchemy as sa

from campaign.operations.audit import verify
from campaign.publisher.round import Round
from campaign.store.audit import trail, walk
from campaign.store.engine import Store, open_store
from tests.books import force, rows
from tests.factories import drafted, fill
from tests.publisher.stand import PUBLISHED, Stand, settled

KEY = "test-2021/recommendation-1/en/press"
COLUMNS = ["at", "actor", "action", "object", "content_hash", "prev_hash", "hash"]


@pytest.fixture
def chained(store: Store) -> Store:
    """Seven records and more: three posts added, the campaign scheduled, three approvals."""
    fill(store, drafted([("One.",), ("Two.",), ("Three.",)]))
    return store


@pytest.fixture
def chained_file(file_store: Store) -> Store:
    """On SQLite, where a column takes anything; PostgreSQL refuses facts that are no JSON."""
    fill(file_store, drafted([("One.",), ("Two.",), ("Three.",)]))
    return file_store


def test_chain_holds_over_several_writes_and_pieces(
    chained: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaign.store.audit.PIECE", 2)
    for number in range(5):
        with chained.write("Ada") as tx:
            tx.record("paused", "all", turn=number, again=True, reason=None)
    with chained.read() as connection:
        links = list(walk(connection))
    assert [link.record.seq for link in links] == list(range(1, 13))
    assert (verify(chained).records, verify(chained).head) == (12, links[-1].hash)
    assert verify(chained).is_intact


def test_empty_chain_holds(store: Store) -> None:
    assert (verify(store).records, verify(store).faults) == (0, ())


def test_trail_is_one_objects_own(chained: Store) -> None:
    with chained.read() as connection:
        told = [(link.record.action, link.record.object) for link in trail(connection, KEY)]
    assert told == [("added", KEY), ("approved", KEY)]


@pytest.mark.parametrize("column", COLUMNS)
def test_flipped_column_is_noticed(chained: Store, column: str) -> None:
    force(chained.place, f"UPDATE audit SET {column} = 'x' || substr({column}, 2) WHERE seq = 3")
    assert any("record 3" in fault for fault in verify(chained).faults)


def test_flipped_bit_of_the_facts_is_noticed_wherever_it_stands(chained_file: Store) -> None:
    ((text,),) = rows(chained_file.place, "SELECT facts FROM audit WHERE seq = 4")
    for place in range(0, len(text), 7):
        flipped = text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]
        flipped = flipped.replace("'", "''")
        force(chained_file.place, f"UPDATE audit SET facts = '{flipped}' WHERE seq = 4")
        assert any("record 4" in fault for fault in verify(chained_file).faults), flipped


@pytest.mark.parametrize(
    "facts", ["", "null", "[]", "{}", "{", '{"part": NaN}', '{"part": [1]}', '{"a": "\\ud800"}']
)
def test_facts_that_are_none_are_told_of_and_trip_nothing(chained_file: Store, facts: str) -> None:
    altered = f"UPDATE audit SET action = 'published', facts = '{facts}' WHERE seq = 3"
    force(chained_file.place, altered)
    third = KEY.replace("1/en", "3/en")
    assert verify(chained_file).faults == (f"record 3 (published {third}) was altered",)


def test_column_of_another_type_is_noticed(chained_file: Store) -> None:
    force(chained_file.place, "UPDATE audit SET actor = x'00ff' WHERE seq = 2")
    assert any("record 2 " in fault for fault in verify(chained_file).faults)


@pytest.mark.parametrize("seq", [1, 3, 6])
def test_deleted_record_is_noticed(chained: Store, seq: int) -> None:
    force(chained.place, f"DELETE FROM audit WHERE seq = {seq}")
    assert f"record {seq} is missing (the next one is {seq + 1})" in verify(chained).faults


def test_deleted_record_is_noticed_when_the_others_close_up(chained: Store) -> None:
    closing = [f"UPDATE audit SET seq = {seq - 1} WHERE seq = {seq}" for seq in (4, 5, 6, 7)]
    force(chained.place, "DELETE FROM audit WHERE seq = 3", *closing)
    assert "record 3 does not follow from the one before it" in verify(chained).faults


def test_inserted_record_is_noticed(chained: Store) -> None:
    shift = [f"UPDATE audit SET seq = {seq + 1} WHERE seq = {seq}" for seq in (7, 6, 5, 4)]
    copy = (
        "INSERT INTO audit SELECT 4, at, 'Eve', action, object, content_hash, facts, prev_hash,"
        " hash FROM audit WHERE seq = 3"
    )
    force(chained.place, *shift, copy)
    faults = verify(chained).faults
    assert any(fault.startswith("record 4 (") for fault in faults)
    assert "record 4 does not follow from the one before it" in faults


def test_reordered_records_are_noticed(chained: Store) -> None:
    swap = ((2, 99), (3, 2), (99, 3))
    force(chained.place, *[f"UPDATE audit SET seq = {b} WHERE seq = {a}" for a, b in swap])
    faults = verify(chained).faults
    assert any("record 2" in fault for fault in faults)
    assert any("record 3" in fault for fault in faults)


def test_published_part_without_a_record_is_noticed(chained: Store) -> None:
    force(chained.place, "UPDATE delivery SET state = 'published' WHERE id = 2")
    (fault,) = verify(chained).faults
    assert fault == "test-2021/recommendation-2/en/press part 1 is published without a record"


def test_what_is_published_while_the_chain_is_read_is_no_fault(stand: Stand) -> None:
    """A daemon goes on publishing: a part and its record come by one commit, read at two times."""
    stand.fill([("One.",), ("Two.",)])
    other = open_store(stand.store.place, stand.clock)
    armed = stand.play().armed

    def publish(_connection: object) -> None:
        if armed:
            answer = settled(armed.pop(), PUBLISHED)
            Round(other, "w", stand.timing).play([answer], free=0, may_arm=False)

    sa.event.listen(stand.store._engine, "begin", publish)
    verdict = verify(stand.store)
    sa.event.remove(stand.store._engine, "begin", publish)
    other.close()
    assert (armed, verdict.faults) == ([], ())


def test_record_of_another_part_is_none(store: Store, stand: Stand) -> None:
    stand.fill([("One.", "Two.")])
    stand.sends_one(PUBLISHED)
    assert verify(store).is_intact
    force(store.place, "UPDATE delivery SET state = 'published' WHERE part = 2")
    assert verify(store).faults == (f"{KEY} part 2 is published without a record",)
