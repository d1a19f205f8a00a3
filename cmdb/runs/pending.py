"""Relations that wait for a CI which nobody has described yet."""

import orjson

from cmdb.history import Draft
from cmdb.runs.report import Pending


def pending_relations(draft: Draft, source: str, scope: str) -> list[Pending]:
    """List what a source's records say about CIs that are not there, by dependent and provider."""
    rows = draft.run(
        """
        CALL () {
            MATCH (record:SourceRecord)-[:AWAITS]->(target:SourceRecord)
            RETURN record, collect(target.native_id) AS targets
            UNION
            MATCH (record:Pending) WHERE record.relations IS NOT NULL
            RETURN record, null AS targets
        }
        WITH record, targets WHERE record.source = $source AND record.scope = $scope
        RETURN record.native_id AS dependent, record.relations AS relations, targets
        ORDER BY dependent
        """,
        source=source,
        scope=scope,
    )
    return [
        Pending(row["dependent"], relation["type"], relation["to"])
        for row in rows
        for relation in orjson.loads(row["relations"])
        if row["targets"] is None or relation["to"] in row["targets"]
    ]
