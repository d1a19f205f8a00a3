"""What tests of discovery share: whole views of a source at a time, and what the graph says of names."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from cmdb.reconciliation import Observation, Relation
from cmdb.runs import Report, Row, Run
from cmdb.store import Store
from tests.cmdb.graphs import AUTHOR

START = datetime(2026, 3, 1, tzinfo=UTC)


def thing(native_id: str, *relations: Relation, class_: str = "server", **attributes: Any) -> Observation:
    """All that a source knows of a thing."""
    return Observation(native_id, {"class": class_, "name": native_id, **attributes}, relations)


def run(store: Store, rows: Iterable[Row], source: str = "netbox", day: float = 0, **options: Any) -> Report:
    """One run of a source, that many days after the first."""
    at = START + timedelta(days=day)
    return Run(store.database, store.catalogue, AUTHOR, source, observed_at=at, **options).take_in(rows)


def names(store: Store) -> set[str]:
    """The names of all current CIs."""
    return {row["name"] for row in store.database.read("MATCH (ci:CI) RETURN ci.name AS name")}


def says(store: Store, name: str) -> dict[str, Any]:
    """The properties of the one CI of that name, preferably a current one."""
    rows = store.database.read(
        "MATCH (ci:CI|RetiredCI {name: $name}) RETURN properties(ci) AS ci, ci:CI AS current", name=name
    )
    (row,) = [row for row in rows if row["current"]] or rows
    return dict(row["ci"])


def depends(store: Store) -> set[tuple[str, str, str]]:
    """Name of the dependent, group, and name of the provider of every relationship."""
    rows = store.database.read(
        "MATCH (a:CI)-[r]->(b:CI) RETURN a.name AS a, coalesce(r.group, '') AS g, b.name AS b"
    )
    return {(row["a"], row["g"], row["b"]) for row in rows}


def revisions(store: Store) -> int:
    """How many revisions there are."""
    return int(store.database.read("MATCH (r:Revision) RETURN count(r) AS n")[0]["n"])
