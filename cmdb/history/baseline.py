"""Named moments, to which the graph can be compared."""

from dataclasses import dataclass
from datetime import UTC, datetime

from cmdb.database import Database
from cmdb.errors import Conflict
from cmdb.history.moment import latest, moment


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
    if name.isdecimal() or _is_time(name):
        raise Conflict(f"{name!r} would be taken for a revision or a time; choose another name.")
    baseline = Baseline(name, _seq(database, seq), datetime.now(UTC), note)
    created = database.write(
        lambda tx: tx.run(
            """
            MERGE (baseline:Baseline {name: $name})
            ON CREATE SET baseline.seq = $seq, baseline.at = $at, baseline.note = $note
            RETURN baseline.seq = $seq AND baseline.at = $at AS created
            """,
            name=name,
            seq=baseline.seq,
            at=baseline.at,
            note=note,
        ).single(strict=True)["created"]
    )
    if not created:
        raise Conflict(f"There is a baseline {name!r} already; choose another name.")
    return baseline


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
