"""What is due is armed at once: no state between, and the delivery's triggers by the new table."""

import sqlalchemy as sa
from alembic import op

from campaign.store.triggers import remake_statements

revision = "0003"
down_revision = "0002"

IS_ARMED = sa.text("state = 'armed'")


def upgrade() -> None:
    op.drop_index("delivery_busy", "delivery")
    op.create_index(
        "delivery_lease",
        "delivery",
        ["lease_until"],
        sqlite_where=IS_ARMED,
        postgresql_where=IS_ARMED,
    )
    for statement in remake_statements(op.get_bind().dialect.name):
        op.execute(statement)
