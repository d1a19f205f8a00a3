"""Source records in the graph: read, created, changed."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson

from cmdb.history import Draft, Kind
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.observation import Relation, relation_identity


def record_of(properties: Mapping[str, Any]) -> Record:
    """The record that a `SourceRecord` node tells of."""
    return Record(
        key=properties["key"],
        source=properties["source"],
        scope=properties["scope"],
        native_id=properties["native_id"],
        observed_at=properties.get("observed_at") or "",
        attributes=orjson.loads(text) if (text := properties.get("attributes")) else None,
        relations=tuple(orjson.loads(properties.get("relations") or "[]")),
        within=properties.get("within") or "",
        mentioned=bool(properties.get("mentioned")),
        missing_since=properties.get("missing_since") or "",
        withdrawn=bool(properties.get("withdrawn")),
        stale=bool(properties.get("stale")),
        ci=properties.get("ci") or "",
    )


def attributes_text(attributes: Mapping[str, Any] | None) -> str | None:
    """Attributes as a record keeps them; the same attributes give the same text."""
    if attributes is None:
        return None
    return orjson.dumps(attributes, option=orjson.OPT_SORT_KEYS).decode()


def relations_text(relations: Iterable[Relation]) -> str | None:
    """Relations as a record keeps them; the same relations in any order give the same text."""
    ordered = sorted(relations, key=relation_identity)
    return orjson.dumps(ordered, option=orjson.OPT_SORT_KEYS).decode() if ordered else None


def record_properties(record: Record) -> dict[str, Any]:
    """What the record's node keeps besides its revisions."""
    return {
        "key": record.key,
        "source": record.source,
        "scope": record.scope,
        "native_id": record.native_id,
        "observed_at": record.observed_at,
        "attributes": attributes_text(record.attributes),
        "relations": relations_text(record.relations),
        "within": record.within or None,
        "mentioned": record.mentioned or None,
        "missing_since": record.missing_since or None,
        "withdrawn": record.withdrawn or None,
        "stale": record.stale or None,
    }


class Known(NamedTuple):
    """A record that is there: its node's properties, what they tell, and the id of its CI if it has one."""

    properties: Mapping[str, Any]
    record: Record
    ci: str | None


def lock_records(draft: Draft, keys: Iterable[str]) -> dict[str, Known]:
    """Hold other writers off these records and the CIs they describe; return them by key."""
    (row,) = draft.run(
        """
        UNWIND $keys AS key
        MATCH (record:SourceRecord {key: key})
        SET record.created = record.created
        WITH record
        OPTIONAL MATCH (record)-[:DESCRIBES]->(ci)
        SET ci.created = ci.created
        RETURN collect([properties(record), ci.id]) AS found
        """,
        keys=sorted(keys),
    )
    return {
        properties["key"]: Known(properties, record_of(properties), ci) for properties, ci in row["found"]
    }


def change_records(draft: Draft, changes: Iterable[tuple[Mapping[str, Any], Record]]) -> None:
    """Write records anew, each given with its properties from before."""
    rows = []
    for before, record in changes:
        draft.changed(Kind.SOURCE_RECORD, record.key, before)
        rows.append(record_properties(record))
    if rows:
        draft.run(
            """
            UNWIND $rows AS row
            MATCH (record:SourceRecord {key: row.key})
            SET record += row
            """,
            rows=rows,
        )
