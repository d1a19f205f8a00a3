"""Writes records anew as they are given, for people's edits and for undo."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from cmdb.catalogue import Catalogue
from cmdb.history import Draft
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.observation import MANUAL, source_key
from cmdb.reconciliation.records import Known, change_records, lock_records
from cmdb.reconciliation.settlement import settle


def rewrite(draft: Draft, catalogue: Catalogue, changes: Sequence[tuple[Known, Record]]) -> None:
    """Give known records another content, and settle the CIs they describe."""
    changes = [
        (known, record)
        for known, record in changes
        if replace(known.record, observed_at=record.observed_at) != record
    ]
    change_records(draft, [(known.properties, record) for known, record in changes])
    settle(
        draft,
        catalogue,
        attributes_of={
            known.ci for known, record in changes if known.ci and known.record.attributes != record.attributes
        },
        relations_of={
            known.ci for known, record in changes if known.ci and known.record.relations != record.relations
        },
    )


def manual_records(draft: Draft, ids: Collection[str]) -> dict[str, Known]:
    """The records of what people say of these CIs (by id), made where there is none; locked."""
    draft.run(
        """
        UNWIND $rows AS row
        CALL (row) {
            MATCH (ci:CI {id: row.id}) RETURN ci UNION MATCH (ci:RetiredCI {id: row.id}) RETURN ci
        }
        SET ci.revision = ci.revision
        MERGE (record:SourceRecord {key: row.key})
        ON CREATE SET record.source = $source, record.scope = '', record.native_id = row.id,
                      record.created = $revision
        REMOVE record:Pending
        MERGE (record)-[:DESCRIBES]->(ci)
        """,
        rows=[{"id": id_, "key": source_key(MANUAL, "", id_)} for id_ in sorted(ids)],
        source=MANUAL,
        revision=draft.id,
    )
    known = lock_records(draft, (source_key(MANUAL, "", id_) for id_ in ids))
    return {one.record.native_id: one for one in known.values()}
