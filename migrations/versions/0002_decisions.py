"""What a person decided: a time given by hand, a cancelling that lasts, a part sent once more."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("post", sa.Column("retry_at", sa.String(27)))
    op.add_column("post", sa.Column("cancelled_by", sa.String()))
    op.add_column(
        "delivery", sa.Column("resend_no", sa.Integer(), server_default="0", nullable=False)
    )
