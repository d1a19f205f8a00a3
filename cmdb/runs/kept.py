"""The imports so far."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
import orjson

from cmdb.database import Database
from cmdb.errors import NotFound
from cmdb.history import Author
from cmdb.reconciliation.view import View
from cmdb.runs.report import Report
from cmdb.runs.tally import pack

TABLES = ("cis", "relationships")
KEPT = ("complete", "missing", "retired", "held", "gaps", "first_revision", "last_revision")
"""What a run keeps of its report besides counts."""


def note_run(
    database: Database,
    report: Report,
    author: Author,
    view: View,
    status: str,
    seen: "np.ndarray[tuple[int], np.dtype[np.int64]]",
) -> None:
    """Note how a run stands; once it is over, with the numbers of the records it has seen."""
    properties = {
        "source": report.source,
        "scope": report.scope,
        "actor": author.actor,
        "started": view.observed_at,
        "status": status,
        "rejected": [f"{one.table} line {one.line}: {one.reason}" for one in report.rejected],
        **{name: getattr(report, name) for name in KEPT},
        **{name: orjson.dumps(getattr(report, name)).decode() for name in TABLES},
    }
    if status != "running":
        properties |= {"ended": datetime.now(UTC).isoformat(), "pending": len(report.pending)}
        properties["seen"] = pack(seen)
    database.write(
        lambda tx: tx.run(
            "MERGE (run:Run {id: $id}) SET run += $properties", id=report.run, properties=properties
        ).consume()
    )


def runs(database: Database) -> list[dict[str, Any]]:
    """All runs, newest first: id, source, scope, actor, started, status, and counts by outcome."""
    rows = database.read(
        "MATCH (run:Run) RETURN run {.*, seen: null} AS run ORDER BY run.started DESC, run.id"
    )
    return [_told(row["run"]) for row in rows]


def run_of(database: Database, id_: str) -> dict[str, Any]:
    """One run. Raises NotFound."""
    rows = database.read("MATCH (run:Run {id: $id}) RETURN run {.*, seen: null} AS run", id=id_)
    if not rows:
        raise NotFound(f"There is no import {id_}; `cmdb import list` names them.")
    return _told(rows[0]["run"])


def _told(properties: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in properties.items() if name != "seen"}
    return told | {name: orjson.loads(properties[name]) for name in TABLES}
