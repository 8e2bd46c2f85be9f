"""The tables, as SQLAlchemy Core sees them. The migrations make them; a test compares both."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from campaign.domain.audit import spell


class Instant(sa.TypeDecorator[datetime]):
    """An aware UTC instant. SQLite has no type for one: there it is text of one width, which sorts
    and which a person can read.
    """

    impl = sa.String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        is_text = dialect.name == "sqlite"
        return dialect.type_descriptor(self.impl if is_text else sa.TIMESTAMP(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | datetime | None:
        if value is None:
            return None
        return spell(value.astimezone(UTC)) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, _dialect: Any) -> datetime | None:
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return None if value is None else value.astimezone(UTC)


metadata = sa.MetaData()

installation = sa.Table(
    "installation",
    metadata,
    sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
    sa.Column("uuid", sa.String, nullable=False),
)

campaign = sa.Table(
    "campaign",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("zone", sa.String, nullable=False),
    sa.Column("approval", sa.JSON, nullable=False),
    sa.Column("file_sha256", sa.String, nullable=False),
    sa.Column("applied_at", Instant, nullable=False),
)

account = sa.Table(
    "account",
    metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("platform", sa.String, nullable=False),
    sa.Column("identity", sa.String, nullable=False),
    sa.Column("settings", sa.JSON, nullable=False),
    sa.Column("blocked_reason", sa.String),
    sa.UniqueConstraint("platform", "identity"),
)

post = sa.Table(
    "post",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.String, nullable=False, unique=True),
    sa.Column("campaign_id", sa.ForeignKey("campaign.id"), nullable=False),
    sa.Column("account", sa.ForeignKey("account.name"), nullable=False),
    sa.Column("language", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("excerpt_ref", sa.String, nullable=False),
    sa.Column("text_hash", sa.String, nullable=False),
    sa.Column("content_hash", sa.String, nullable=False),
    sa.Column("approved_hash", sa.String),
    sa.Column("local_time", sa.DateTime, nullable=False),
    sa.Column("zone", sa.String, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("not_after", Instant, nullable=False),
    sa.Column("lateness", sa.String, nullable=False),
    sa.Column("reason", sa.String),
    sa.Column("retry_at", Instant),
    sa.Column("cancelled_by", sa.String),
    sa.Index("post_text", "account", "text_hash"),
    sa.Index("post_campaign", "campaign_id"),
)

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("post_id", sa.ForeignKey("post.id"), nullable=False),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("idempotency_key", sa.String, nullable=False, unique=True),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("ready_at", Instant, nullable=False),
    sa.Column("gen", sa.Integer, nullable=False, server_default="0"),
    sa.Column("worker", sa.String),
    sa.Column("lease_until", Instant),
    sa.Column("receipt", sa.JSON(none_as_null=True)),
    sa.Column("resend_no", sa.Integer, nullable=False, server_default="0"),
    sa.UniqueConstraint("post_id", "part"),
)

# A partial index is used only where the query repeats its condition letter for letter, so the
# states below are literals in store/statements.py too.
IS_QUEUED = sa.text("state = 'queued'")
IS_UNKNOWN = sa.text("state = 'unknown'")
IS_ARMED = sa.text("state = 'armed'")
ready, lease = (delivery.c.ready_at, delivery.c.id), (delivery.c.lease_until,)
sa.Index("delivery_due", *ready, sqlite_where=IS_QUEUED, postgresql_where=IS_QUEUED)
sa.Index("delivery_look", *ready, sqlite_where=IS_UNKNOWN, postgresql_where=IS_UNKNOWN)
sa.Index("delivery_lease", *lease, sqlite_where=IS_ARMED, postgresql_where=IS_ARMED)

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("delivery_id", sa.ForeignKey("delivery.id"), nullable=False),
    sa.Column("gen", sa.Integer, nullable=False),
    sa.Column("worker", sa.String, nullable=False),
    sa.Column("account", sa.String),
    sa.Column("armed_at", Instant, nullable=False),
    sa.Column("outcome", sa.String),
    sa.Column("detail", sa.String),
    sa.Column("settled_at", Instant),
    sa.UniqueConstraint("delivery_id", "gen", "worker"),
    sa.Index("attempt_account", "account", "armed_at"),
)

approval = sa.Table(
    "approval",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("post_id", sa.ForeignKey("post.id"), nullable=False),
    sa.Column("role", sa.String, nullable=False),
    sa.Column("person", sa.String, nullable=False),
    sa.Column("identity", sa.String, nullable=False),
    sa.Column("content_hash", sa.String, nullable=False),
    sa.Column("decision", sa.String, nullable=False),
    sa.Column("reason", sa.String),
    sa.Column("at", Instant, nullable=False),
    sa.Column("revoked_at", Instant),
    sa.Index("approval_post", "post_id"),
)

control = sa.Table(
    "control",
    metadata,
    sa.Column("scope", sa.String, primary_key=True),
    sa.Column("paused", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String),
    sa.Column("person", sa.String, nullable=False),
    sa.Column("at", Instant, nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String, nullable=False),
    sa.Column("actor", sa.String, nullable=False),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("object", sa.String, nullable=False),
    sa.Column("content_hash", sa.String),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Column("prev_hash", sa.String, nullable=False),
    sa.Column("hash", sa.String, nullable=False),
    sa.Index("audit_object", "object"),
)
