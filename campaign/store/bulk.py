"""Many rows in one statement: row by row, PostgreSQL starts and ends a plan for each."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

PIECE = 500
Post = TypeVar("Post")
Rows = Sequence[Mapping[str, Any]]
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def pieces(posts: Sequence[Post]) -> Iterator[Sequence[Post]]:
    """So many that their ids go into one statement."""
    for start in range(0, len(posts), PIECE):
        yield posts[start : start + PIECE]


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Rows) -> None:
    """Insert `rows`, which all name the same columns."""
    if _is_postgresql(connection):
        connection.execute(_insertion(table, tuple(rows[0])), _recordset(table, rows))
    else:
        connection.execute(table.insert(), rows)


def update_rows(connection: sa.Connection, table: sa.Table, rows: Rows) -> None:
    """Set the columns that `rows` name, each row found by its `id`."""
    if _is_postgresql(connection):
        connection.execute(_update(table, tuple(rows[0])), _recordset(table, rows))
    else:
        found = table.update().where(table.c.id == sa.bindparam("row"))
        connection.execute(found, [{"row": row["id"]} | _without_id(row) for row in rows])


def _without_id(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


def _is_postgresql(connection: sa.Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _recordset(table: sa.Table, rows: Rows) -> dict[str, str]:
    """What is JSON itself is handed over as its text: what a network said may hold characters that
    PostgreSQL keeps in JSON and refuses to take out of it.
    """
    return {"rows": json.dumps([_spelled(table, row) for row in rows], default=str)}


def _spelled(table: sa.Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: json.dumps(value) if value is not None and _is_json(table, name) else value
        for name, value in row.items()
    }


def _is_json(table: sa.Table, name: str) -> bool:
    return isinstance(table.c[name].type, sa.JSON)


@cache
def _insertion(table: sa.Table, names: tuple[str, ...]) -> sa.TextClause:
    return sa.text(
        f"INSERT INTO {table.name} ({', '.join(names)})"  # noqa: S608  (names of our own tables)
        f" SELECT {', '.join(_cast(table, name) for name in names)} FROM {_given(names)}"
    )


@cache
def _update(table: sa.Table, names: tuple[str, ...]) -> sa.TextClause:
    columns = ", ".join(f"{name} = {_cast(table, name)}" for name in names if name != "id")
    return sa.text(
        f"UPDATE {table.name} SET {columns} FROM {_given(names)}"  # noqa: S608
        f" WHERE {table.name}.id = {_cast(table, 'id')}"
    )


def _cast(table: sa.Table, name: str) -> str:
    return f"CAST(given.{name} AS {table.c[name].type.compile(DIALECT)})"


def _given(names: tuple[str, ...]) -> str:
    columns = ", ".join(f"{name} text" for name in names)
    return f"json_to_recordset(CAST(:rows AS json)) AS given ({columns})"
