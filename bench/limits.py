"""What this machine's databases can do at best, without any of our checks: the other yardstick."""

import re
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from bench.cluster import Cluster
from bench.contender import ROOT, WORK
from bench.ours import OnPostgresql, Ours

BATCHES, SIZE = 200, 100
CLAIM = (
    "WITH due AS (SELECT id FROM post WHERE state = 'queued' AND ready_at <= 2"
    f" ORDER BY ready_at, id LIMIT {SIZE} FOR UPDATE SKIP LOCKED),"
    " taken AS (UPDATE post SET state = 'armed' FROM due WHERE post.id = due.id RETURNING post.id)"
    " SELECT array_agg(id)::text AS ids FROM taken \\gset\n"
    "UPDATE post SET state = 'published' WHERE id = ANY(:ids::bigint[]);\n"
)


def pgbench(cluster: Cluster) -> float:
    """Posts a second: a hundred claimed in one transaction, done in the next, in bare SQL."""
    url = cluster.make_anew("limit")
    series = f"FROM generate_series(1, {BATCHES * SIZE})"
    for sql in (
        "CREATE TABLE post (id bigserial PRIMARY KEY, ready_at int, state text, body text)",
        "CREATE INDEX ON post (ready_at, id) WHERE state = 'queued'",
        f"INSERT INTO post (ready_at, state, body) SELECT 1, 'queued', repeat('x', 280) {series}",
        "VACUUM ANALYZE post",
    ):
        cluster.ask(sql, "limit")
    script = Path(ROOT / WORK / "pgbench.sql")
    script.write_text(CLAIM, encoding="utf-8")
    options = ["-n", "-M", "prepared", "-c", "1", "-t", str(BATCHES), "-f", str(script)]
    command = [str(cluster.binaries / "pgbench"), *options, url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    left = cluster.ask("SELECT count(*) FROM post WHERE state <> 'published'", "limit")
    assert left == 0, f"pgbench left {left} posts"
    found = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    assert found, done.stdout
    return float(found[1]) * SIZE


def two_commits(ours: Ours) -> float:
    """Posts a second when a post is nothing but two commits, in our journal mode."""
    if isinstance(ours, OnPostgresql):
        ours.cluster.make_anew("limit")
        with psycopg.connect(ours.cluster.url("limit"), autocommit=True) as server:
            return _write(lambda sql, *values: server.execute(sql.replace("?", "%s"), values))
    place = ROOT / WORK / "limit.db"
    place.unlink(missing_ok=True)
    connection = sqlite3.connect(place, isolation_level=None)
    for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    try:
        return _write(lambda sql, *values: connection.execute(sql, values))
    finally:
        connection.close()


def _write(execute: Callable[..., object], seconds: float = 1.0) -> float:
    execute("CREATE TABLE post (id INTEGER PRIMARY KEY, state TEXT)")
    execute("INSERT INTO post VALUES (1, 'queued')")
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        # Another value each time: SQLite does not write what stands there already.
        for state in (f"armed {count}", f"published {count}"):
            execute("BEGIN")
            execute("UPDATE post SET state = ? WHERE id = 1", state)
            execute("COMMIT")
        count += 1
    return count / (time.perf_counter() - start)
