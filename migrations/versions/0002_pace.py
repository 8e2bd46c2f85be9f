"""Each attempt names its account, so that an account's pace is counted by one index."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("attempt", sa.Column("account", sa.String()))
    op.create_index("attempt_account", "attempt", ["account", "armed_at"])
    op.execute(
        "UPDATE attempt SET account = (SELECT post.account FROM delivery JOIN post"
        " ON post.id = delivery.post_id WHERE delivery.id = attempt.delivery_id)"
    )
