"""Many rows in one statement: row by row, PostgreSQL starts and ends a plan for each."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

Rows = Sequence[Mapping[str, Any]]


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Rows) -> None:
    """Insert `rows`, which all name the same columns."""
    if _is_postgresql(connection):
        connection.execute(_insertion(table, tuple(rows[0])), _recordset(rows))
    else:
        connection.execute(table.insert(), rows)


def update_rows(connection: sa.Connection, table: sa.Table, rows: Rows) -> None:
    """Set the columns that `rows` name, each row found by its `id`."""
    if _is_postgresql(connection):
        connection.execute(_update(table, tuple(rows[0])), _recordset(rows))
    else:
        found = table.update().where(table.c.id == sa.bindparam("row"))
        connection.execute(found, [{"row": row["id"]} | _without_id(row) for row in rows])


def _without_id(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


def _is_postgresql(connection: sa.Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _recordset(rows: Rows) -> dict[str, str]:
    return {"rows": json.dumps(rows, default=str)}


@cache
def _insertion(table: sa.Table, names: tuple[str, ...]) -> sa.TextClause:
    columns = ", ".join(names)
    return sa.text(  # names of our own tables
        f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {_given(table)}"  # noqa: S608
    )


@cache
def _update(table: sa.Table, names: tuple[str, ...]) -> sa.TextClause:
    columns = ", ".join(f"{name} = given.{name}" for name in names if name != "id")
    return sa.text(
        f"UPDATE {table.name} SET {columns} FROM {_given(table)} AS given"  # noqa: S608
        f" WHERE {table.name}.id = given.id"
    )


def _given(table: sa.Table) -> str:
    return f"json_populate_recordset(CAST(NULL AS {table.name}), CAST(:rows AS json))"
