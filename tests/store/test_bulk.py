"""Many rows in one statement: they stand there as row by row, whatever is in them."""

import pytest

from campaign.store.bulk import update_rows
from campaign.store.engine import Store
from campaign.store.schema import delivery
from tests.factories import drafted, fill


@pytest.mark.parametrize("said", ["plain", "a\x00b", 'q"\\', "日本"])
def test_what_a_network_said_is_kept(store: Store, said: str) -> None:
    fill(store, drafted([("One.",), ("Two.",)]))
    with store.write("w") as tx:
        ids = list(tx.connection.scalars(delivery.select().with_only_columns(delivery.c.id)))
        rows = [{"id": each, "receipt": {"url": f"{said} {each}"}} for each in ids]
        update_rows(tx.connection, delivery, rows)
        tx.record("tried", "post", detail=said)
    with store.read() as connection:
        kept = connection.execute(delivery.select().order_by(delivery.c.id)).all()
    assert [row.receipt["url"] for row in kept] == [f"{said} {each}" for each in sorted(ids)]
