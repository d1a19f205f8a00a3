"""Named moments, to which the graph can be compared."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import neo4j

from cmdb.database import Database
from cmdb.errors import Conflict
from cmdb.history.moment import latest, moment
from cmdb.history.revision import Draft

Run = Callable[..., list[neo4j.Record]]
"""How a query is run."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The graph after revision `seq`, under a name."""

    name: str
    seq: int
    at: datetime
    note: str = ""


def set_baseline(database: Database, name: str, note: str = "", seq: int | None = None) -> Baseline:
    """Name the graph as it is, or as it was after revision `seq`; a name is given once.

    Raises Conflict for a name that is taken or means a moment already, NotFound for an unknown revision.
    """
    baseline = _baseline(name, _seq(database, seq), note)
    database.write(lambda tx: _create(lambda query, **given: list(tx.run(query, given)), baseline))
    return baseline


def set_baseline_within(draft: Draft, name: str, note: str = "") -> Baseline:
    """Name the graph as it is before what a draft writes, if that comes to be; raises Conflict."""
    rows = draft.run("MATCH (head:Head {name: 'revision'}) RETURN head.value AS seq")
    baseline = _baseline(name, rows[0]["seq"] if rows else 0, note)
    _create(draft.run, baseline)
    return baseline


def _baseline(name: str, seq: int, note: str) -> Baseline:
    if name.isdecimal() or _is_time(name):
        raise Conflict(f"{name!r} would be taken for a revision or a time; choose another name.")
    return Baseline(name, seq, datetime.now(UTC), note)


def _create(run: Run, baseline: Baseline) -> None:
    (row,) = run(
        """
        MERGE (baseline:Baseline {name: $name})
        ON CREATE SET baseline.seq = $seq, baseline.at = $at, baseline.note = $note
        RETURN baseline.seq = $seq AND baseline.at = $at AS created
        """,
        name=baseline.name,
        seq=baseline.seq,
        at=baseline.at,
        note=baseline.note,
    )
    if not row["created"]:
        raise Conflict(f"There is a baseline {baseline.name!r} already; choose another name.")


def baselines(database: Database) -> list[Baseline]:
    """All baselines, oldest first."""
    rows = database.read("MATCH (b:Baseline) RETURN b ORDER BY b.seq, b.name")
    return [
        Baseline(row["b"]["name"], row["b"]["seq"], row["b"]["at"].to_native(), row["b"]["note"])
        for row in rows
    ]


def _seq(database: Database, seq: int | None) -> int:
    return (latest(database) if seq is None else moment(database, str(seq))).seq


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
