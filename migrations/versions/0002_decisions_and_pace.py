"""What a person decided (a time given by hand, a cancelling that lasts, a part sent once more), and
an attempt's account, so that an account's pace is counted by one index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INSTANT = sa.String(27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.add_column("post", sa.Column("retry_at", INSTANT))
    op.add_column("post", sa.Column("cancelled_by", sa.String()))
    op.add_column(
        "delivery", sa.Column("resend_no", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("attempt", sa.Column("account", sa.String()))
    op.create_index("attempt_account", "attempt", ["account", "armed_at"])
    op.execute(
        "UPDATE attempt SET account = (SELECT post.account FROM delivery JOIN post"
        " ON post.id = delivery.post_id WHERE delivery.id = attempt.delivery_id)"
    )
