"""Which revision made a difference, and whether discovery or a person was behind it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import orjson
from neo4j import ManagedTransaction

from cmdb.history import Change, Difference, Kind, Revision, steps

Key = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Maker:
    """A revision that made differences; `source` is that of its import.

    It is discovery's if an import wrote it, or if it only let time pass: no person then said anything.
    """

    revision: Revision
    source: str | None
    is_discovery: bool


def makers_of_fields(
    tx: ManagedTransaction, earlier: int, later: int, differences: Sequence[Difference]
) -> list[Mapping[str, int]]:
    """The last revision (by id) between two (by seq) that changed each field of each difference."""
    changes = _changes(tx, earlier, later, [one.subject for one in differences])
    return [_of_fields(one, changes.get((one.kind, one.subject), [])) for one in differences]


def makers(tx: ManagedTransaction, ids: Collection[int]) -> Mapping[int, Maker]:
    """What is behind revisions, by id."""
    rows = tx.run(
        """
        MATCH (revision:Revision) WHERE revision.id IN $ids
        OPTIONAL MATCH (run:Run {id: revision.run})
        RETURN revision, run.source AS source,
               revision.undoes IS NULL AND (revision.run IS NOT NULL OR NOT (
                   EXISTS { (c:Change {revision: revision.id}) WHERE c.subject STARTS WITH 'manual:' }
                   OR EXISTS { (r:SourceRecord {created: revision.id}) WHERE r.source = 'manual' }
                   OR EXISTS { (:IdentityDecision {created: revision.id}) }
                   OR revision.purged IS NOT NULL
               )) AS is_discovery
        """,
        ids=list(ids),
    )
    return {
        row["revision"]["id"]: Maker(Revision.of(row["revision"]), row["source"], row["is_discovery"])
        for row in rows
    }


def _of_fields(difference: Difference, changes: Sequence[Change]) -> dict[str, int]:
    made: dict[str, int] = {}
    known = (difference.before or {}).get("created")
    for revision, before, after in steps(changes, difference.after):
        if before is None and revision == known:
            continue  # it was there at the earlier moment
        for field in difference.fields:
            if (before or {}).get(field) != (after or {}).get(field):
                made[field] = revision
    return made


def _changes(
    tx: ManagedTransaction, earlier: int, later: int, subjects: Sequence[str]
) -> dict[Key, list[Change]]:
    rows = tx.run(
        """
        UNWIND $subjects AS subject
        MATCH (change:Change {subject: subject}) WHERE change.kind IN ['ci', 'relationship']
        MATCH (revision:Revision {id: change.revision})
        WHERE $earlier < revision.seq AND revision.seq <= $later
        WITH subject, change ORDER BY revision.seq
        RETURN change.kind AS kind, subject,
               collect([change.revision, change.before, change.removed]) AS changes
        """,
        subjects=list(subjects),
        earlier=earlier,
        later=later,
    )
    return {
        (Kind(row["kind"]), row["subject"]): [
            Change(revision, orjson.loads(before), removed) for revision, before, removed in row["changes"]
        ]
        for row in rows
    }
