"""The imports so far."""

from typing import Any

import orjson

from cmdb.database import Database


def runs(database: Database) -> list[dict[str, Any]]:
    """All runs, newest first: id, source, scope, actor, started, status, and counts by outcome."""
    rows = database.read("MATCH (run:Run) RETURN properties(run) AS run ORDER BY run.started DESC")
    return [
        row["run"] | {name: orjson.loads(row["run"][name]) for name in ("cis", "relationships")}
        for row in rows
    ]
