"""Creates CIs for records that describe something new."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from uuid_utils import uuid7

from cmdb.catalogue import Catalogue
from cmdb.history import Draft
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.identifiers import claim, identifiers
from cmdb.reconciliation.observation import MANUAL
from cmdb.reconciliation.records import record_properties
from cmdb.reconciliation.settlement import labels


def create_cis(
    draft: Draft,
    catalogue: Catalogue,
    described: Sequence[tuple[Record, Mapping[str, Any]]],
    known: bool,
) -> list[str]:
    """Create a CI with these values for each record, and the record too unless it is known already.

    Returns the ids of the CIs.
    """
    if not described:
        return []
    draft.created()
    ids = [record.native_id if record.source == MANUAL else str(uuid7()) for record, _ in described]
    numbers = draft.ci_numbers(len(described))
    rows = [
        {
            "record": record_properties(record) | {"created": draft.id},
            "ci": {**values, "id": id_, "no": no, "created": draft.id, "revision": draft.id},
            "labels": labels(catalogue, values),
        }
        for (record, values), id_, no in zip(described, ids, numbers, strict=True)
    ]
    draft.run(ADOPT if known else CREATE, rows=rows)
    claims = {
        id_: keys
        for (_, values), id_ in zip(described, ids, strict=True)
        if (keys := identifiers(catalogue, values["class"], values))
    }
    claim(draft, claims)
    return ids


CREATE = """
    UNWIND $rows AS row
    CREATE (ci:$(row.labels)) SET ci = row.ci
    CREATE (record:SourceRecord) SET record = row.record
    CREATE (record)-[:DESCRIBES]->(ci)
"""

ADOPT = """
    UNWIND $rows AS row
    MATCH (record:SourceRecord {key: row.record.key})
    REMOVE record:Pending
    CREATE (ci:$(row.labels)) SET ci = row.ci
    CREATE (record)-[:DESCRIBES]->(ci)
"""


def create_pending(draft: Draft, records: Iterable[Record]) -> None:
    """Create records that describe no CI yet."""
    rows = [record_properties(record) | {"created": draft.id} for record in records]
    if rows:
        draft.created()
        draft.run(
            "UNWIND $rows AS row CREATE (record:SourceRecord:Pending) SET record = row",
            rows=rows,
        )
