"""How much a database looks at for one claim, so that it can be seen that a larger town costs no more.

SQLite tells no rows: what is counted there are the steps of its virtual machine. PostgreSQL tells every row that it
touched, kept or not.
"""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg.rows import dict_row

from app.storage import reminder_queries as queries
from app.storage.dialect import for_postgres
from app.storage.rows import time_text
from tests.bench.town import TEAM

CLAIMS = {
    "planning": (queries.CLAIM_PLANNING,),
    "reading": (queries.CLAIM_READING,),
    "sending": (queries.SOONEST, queries.FREE, queries.CLAIM_SENDING, queries.PACED),
}


def scanned(url: str, claim: str) -> int:
    """Nothing is changed by it."""
    count = _steps if url.startswith("sqlite") else _rows
    return sum(count(url, sql, _values(sql)) for sql in CLAIMS[claim])


def _values(sql: str) -> dict[str, Any]:
    now = datetime.now(UTC)
    all_values: dict[str, Any] = {
        "team": TEAM,
        "now": time_text(now),
        "until": time_text(now + timedelta(minutes=1)),
        "in_minutes": time_text(now + timedelta(minutes=10)),
        "in_hours": time_text(now + timedelta(hours=3)),
        "free_at": time_text(now),
        "moving_since": time_text(now),
        "lease": "bench",
        "limit": 1,
    }
    return {name: value for name, value in all_values.items() if f":{name}" in sql}


def _steps(url: str, sql: str, values: dict[str, Any]) -> int:
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    with closing(sqlite3.connect(urlsplit(url).path[1:], isolation_level=None)) as connection:
        connection.execute("begin immediate")
        connection.set_progress_handler(step, 1)
        connection.execute(sql, values).fetchall()
        connection.set_progress_handler(None, 0)
        connection.execute("rollback")
    return steps


def _rows(url: str, sql: str, values: dict[str, Any]) -> int:
    with psycopg.connect(url, row_factory=dict_row) as connection:
        explained = connection.execute(b"explain (analyze, format json) " + for_postgres(sql), values).fetchone()
        connection.rollback()
    assert explained
    plan = explained["QUERY PLAN"]
    [whole] = json.loads(plan) if isinstance(plan, str) else plan
    return _touched(whole["Plan"])


def _touched(node: dict[str, Any]) -> int:
    below = sum(_touched(child) for child in node.get("Plans", []))
    if "Scan" not in node["Node Type"]:
        return below
    kept = node["Actual Rows"] * node["Actual Loops"]
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int(below + kept + dropped * node["Actual Loops"])
