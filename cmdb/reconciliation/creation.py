"""Creates records, and CIs for those that describe something new."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cmdb.catalogue import Catalogue
from cmdb.history import Draft
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.records import record_properties
from cmdb.reconciliation.settlement import labels


@dataclass(frozen=True, slots=True)
class Arrival:
    """A record with its number, that comes to describe the CI with id `ci`.

    `known`: the record is there. `values` are those of the CI where it is new, None where that is there.
    """

    record: Record
    number: int
    known: bool
    ci: str
    values: Mapping[str, Any] | None

    @property
    def way(self) -> tuple[bool, bool]:
        """Whether the record, and whether the CI is there."""
        return self.known, self.values is None


def create_arrivals(draft: Draft, catalogue: Catalogue, arrivals: Sequence[Arrival]) -> None:
    """Create what is not there of the records and CIs."""
    if not arrivals:
        return
    draft.created()
    numbers = iter(draft.numbers("ci", sum(one.values is not None for one in arrivals)))
    for way, some in groupby(sorted(arrivals, key=lambda one: one.way), key=lambda one: one.way):
        draft.run(QUERIES[way], rows=[_row(draft, catalogue, one, numbers) for one in some])


def _row(draft: Draft, catalogue: Catalogue, one: Arrival, numbers: Iterable[int]) -> dict[str, Any]:
    record = record_properties(one.record) | {"created": draft.id, "no": one.number}
    if one.values is None:
        return {"record": record, "ci": one.ci}
    return {"record": record, **new_ci(draft, catalogue, one.values, one.ci, next(iter(numbers)))}


def new_ci(
    draft: Draft, catalogue: Catalogue, values: Mapping[str, Any], id_: str, no: int
) -> dict[str, Any]:
    """The properties and labels of a CI that the draft creates, as `ci` and `labels`."""
    system = {"id": id_, "no": no, "created": draft.id, "revision": draft.id}
    return {"ci": {**values, **system}, "labels": labels(catalogue, values)}


NEW = """
    UNWIND $rows AS row
    CREATE (ci:$(row.labels)) SET ci = row.ci
    CREATE (record:SourceRecord) SET record = row.record
    CREATE (record)-[:DESCRIBES]->(ci)
"""

ADOPTED = """
    UNWIND $rows AS row
    MATCH (record:SourceRecord {key: row.record.key})
    REMOVE record:Pending
    CREATE (ci:$(row.labels)) SET ci = row.ci
    CREATE (record)-[:DESCRIBES]->(ci)
"""

JOINED = """
    UNWIND $rows AS row
    CALL (row) {
        MATCH (ci:CI {id: row.ci}) RETURN ci UNION MATCH (ci:RetiredCI {id: row.ci}) RETURN ci
    }
    CREATE (record:SourceRecord) SET record = row.record
    CREATE (record)-[:DESCRIBES]->(ci)
"""

ADOPTED_AND_JOINED = """
    UNWIND $rows AS row
    MATCH (record:SourceRecord {key: row.record.key})
    REMOVE record:Pending
    WITH record, row
    CALL (row) {
        MATCH (ci:CI {id: row.ci}) RETURN ci UNION MATCH (ci:RetiredCI {id: row.ci}) RETURN ci
    }
    CREATE (record)-[:DESCRIBES]->(ci)
"""

QUERIES = {
    (False, False): NEW,
    (True, False): ADOPTED,
    (False, True): JOINED,
    (True, True): ADOPTED_AND_JOINED,
}


def create_pending(draft: Draft, records: Iterable[tuple[Record, int]]) -> None:
    """Create records, each given with its number, that describe no CI yet."""
    rows = [record_properties(record) | {"created": draft.id, "no": number} for record, number in records]
    if rows:
        draft.created()
        draft.run("UNWIND $rows AS row CREATE (record:SourceRecord:Pending) SET record = row", rows=rows)
