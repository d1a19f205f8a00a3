"""Writes records anew as they are given, for people's edits, merges and undo."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from cmdb.catalogue import MANUAL, Catalogue, check_attributes
from cmdb.history import Draft
from cmdb.identity import Claimant, Register, claims, records_of_parts
from cmdb.reconciliation.evaluation import Record, describe_alike, identify_alike, relate_alike
from cmdb.reconciliation.observation import source_key
from cmdb.reconciliation.records import Known, change_records, lock_records
from cmdb.reconciliation.settlement import settle

Change = tuple[Known, Record]


def rewrite(draft: Draft, catalogue: Catalogue, changes: Sequence[Change]) -> None:
    """Give known records another content, or with `Record.ci` another CI; settle the CIs concerned."""
    changes = [
        (known, record)
        for known, record in changes
        if replace(known.record, observed_at=record.observed_at) != record
    ]
    moved = [(known, record) for known, record in changes if record.ci and record.ci != known.ci]
    change_records(draft, [(_before(known, record), record) for known, record in changes])
    parts = _parts(draft, catalogue, moved)
    _relink(draft, moved)
    redescribed = [record for one, record in changes if not identify_alike(one.record, record)]
    _reclaim(draft, catalogue, [*parts, *redescribed])
    cis = {ci for known, record in moved for ci in (known.ci, record.ci) if ci}
    settle(
        draft,
        catalogue,
        attributes_of=cis
        | {known.ci for known, record in changes if known.ci and not describe_alike(known.record, record)},
        relations_of=cis
        | {known.ci for known, record in changes if known.ci and not relate_alike(known.record, record)},
        appeared=cis,
    )


def records_by_id(draft: Draft, ids: Collection[str], source: str = MANUAL) -> dict[str, Known]:
    """The records of what people, or a rule, say of these CIs (by id), made where there is none; locked."""
    numbers = draft.numbers("record", len(ids))
    draft.run(
        """
        UNWIND $rows AS row
        CALL (row) {
            MATCH (ci:CI {id: row.id}) RETURN ci UNION MATCH (ci:RetiredCI {id: row.id}) RETURN ci
        }
        SET ci.created = ci.created
        MERGE (record:SourceRecord {key: row.key})
        ON CREATE SET record.source = $source, record.scope = '', record.native_id = row.id,
                      record.created = $revision
        SET record.no = coalesce(record.no, row.no)
        REMOVE record:Pending
        WITH record, ci
        WHERE NOT EXISTS { (record)-[:DESCRIBES]->() }
        CREATE (record)-[:DESCRIBES]->(ci)
        """,
        rows=[
            {"id": id_, "key": source_key(source, "", id_), "no": no}
            for id_, no in zip(sorted(ids), numbers, strict=True)
        ],
        source=source,
        revision=draft.id,
    )
    known = lock_records(draft, (source_key(source, "", id_) for id_ in ids))
    return {one.record.native_id: one for one in known.values()}


def _before(known: Known, record: Record) -> Mapping[str, object]:
    """What the record's node keeps, and its CI where it leaves that."""
    return {**known.properties, "ci": known.ci} if record.ci and record.ci != known.ci else known.properties


def _relink(draft: Draft, moved: Sequence[Change]) -> None:
    if moved:
        draft.run(
            """
            UNWIND $rows AS row
            MATCH (record:SourceRecord {key: row[0]})-[describes:DESCRIBES]->()
            DELETE describes
            WITH record, row
            CALL (row) {
                MATCH (ci:CI {id: row[1]}) RETURN ci UNION MATCH (ci:RetiredCI {id: row[1]}) RETURN ci
            }
            SET ci.created = ci.created
            CREATE (record)-[:DESCRIBES]->(ci)
            """,
            rows=sorted([record.key, record.ci] for _, record in moved),
        )


def _parts(draft: Draft, catalogue: Catalogue, moved: Sequence[Change]) -> list[Record]:
    """The records of what the things of moved records hold: their names will mean something elsewhere."""
    containers = {record.key for _, record in moved}
    keys = {
        key
        for ci in {known.ci for known, _ in moved if known.ci}
        for key in records_of_parts(draft, catalogue, ci)
    }
    held = [one.record for one in lock_records(draft, keys).values()] if keys else []
    return [one for one in held if source_key(one.source, one.scope, one.within) in containers]


def _reclaim(draft: Draft, catalogue: Catalogue, records: Sequence[Record]) -> None:
    """Let records claim what identifies the things that they describe now."""
    if not records:
        return
    claimants = _claimants(draft, catalogue, records)
    register = Register(draft, catalogue)
    keys = {key for one in claimants for key in one.claims}
    matching = register.lock(keys)
    register.reclaim({one.record: one.claims for one in claimants})
    for one in claimants:
        matching.add(one)
    register.mark_shared({key for key in keys if matching.is_shared(key)})


def _claimants(draft: Draft, catalogue: Catalogue, records: Sequence[Record]) -> list[Claimant]:
    """What records claim; those of people who only correct a CI speak of one of its class."""
    rows = draft.run(
        """
        UNWIND $rows AS row
        MATCH (:SourceRecord {key: row[0]})-[:DESCRIBES]->(ci)
        OPTIONAL MATCH (:SourceRecord {key: row[1]})-[:DESCRIBES]->(container)
        RETURN row[0] AS key, ci.id AS ci, ci.class AS class, container.id AS container
        """,
        rows=[[record.key, source_key(record.source, record.scope, record.within)] for record in records],
    )
    places = {row["key"]: row for row in rows}
    return [_claimant(catalogue, record, places[record.key]) for record in records if record.key in places]


def _claimant(catalogue: Catalogue, record: Record, place: Mapping[str, str]) -> Claimant:
    values = dict(record.attributes or {})
    name = str(values.pop("class", None) or place["class"])
    checked = check_attributes(catalogue, name, values).values
    container = (place["container"] or "") if record.within else ""
    claimed = claims(catalogue, name, checked, container)
    return Claimant(record.key, record.source, record.scope, name, claimed, place["ci"])
