"""Alembic's entry: with the connection it is handed, or the address in alembic.ini."""

import sqlalchemy as sa
from alembic import context

from campaign.store.schema import metadata


def run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    address = context.config.get_main_option("sqlalchemy.url")
    with sa.create_engine(str(address)).connect() as connection:
        run(connection)
        connection.commit()
