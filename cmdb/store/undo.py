"""Undo: a new revision that takes back what an earlier one said, as far as nobody has built on it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import orjson

from cmdb.acceptance import ACCEPTANCES
from cmdb.errors import Conflict, NotFound
from cmdb.history import Author, Draft, Revision, revise
from cmdb.identity import DECISIONS
from cmdb.people import DELEGATIONS, TEAMS
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.records import Known, lock_records, record_of
from cmdb.reconciliation.rewriting import rewrite
from cmdb.store.base import Store
from cmdb.store.reverting import reverted

KEPT = (TEAMS, DELEGATIONS, ACCEPTANCES, DECISIONS)


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Something that stays as it is, because revision `by` (a seq) changed it later or builds on it."""

    subject: str
    name: str
    by: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of one revision; `revision` undid it, and is None where nothing was left to undo."""

    seq: int
    revision: Revision | None
    taken_over: tuple[TakenOver, ...]


class Edit(NamedTuple):
    """A revision (seq) that wrote a record, and the record from before."""

    seq: int
    before: Record


def undo(store: Store, author: Author, seq: int) -> Undone:
    """Take back what revision `seq` wrote into source records, and settle the CIs they describe.

    What it created is withdrawn, so that its CIs retire; what has been written again since is kept. Raises
    NotFound for an unknown revision, Conflict for a purge and for what is in the log of a record.
    """

    def work(draft: Draft) -> tuple[TakenOver, ...]:
        rows = draft.run("MATCH (r:Revision {seq: $seq}) RETURN r.id AS id, r.purged AS purged", seq=seq)
        if not rows:
            raise NotFound(f"There is no revision {seq}.")
        if rows[0]["purged"]:
            raise Conflict(f"Revision {seq} was a purge, of which nothing is kept.")
        _require_no_entries(draft, rows[0]["id"], seq)
        records = tuple(_undo_records(store, draft, rows[0]["id"], seq))
        others = {key: by for kept in KEPT for key, by in kept.undo(draft, rows[0]["id"], seq).items()}
        return records + tuple(TakenOver(key, key, by) for key, by in others.items())

    taken_over, revision = revise(store.database, replace(author, undoes=seq), work)
    return Undone(seq, revision, taken_over)


def undo_run(
    store: Store, author: Author, run: str, progress: Callable[[int, int], None] = lambda *_: None
) -> list[Undone]:
    """Undo all revisions of an import, newest first; one that was interrupted goes on where it stopped.

    `progress` is called with the number of revisions done and to do. Raises NotFound for an unknown run.
    """
    rows = store.database.read(
        """
        MATCH (revision:Revision {run: $run})
        RETURN revision.seq AS seq,
               EXISTS {
                   MATCH (undo:Revision {undoes: revision.seq})
                   WHERE NOT EXISTS { (:Revision {undoes: undo.seq}) }
               } AS undone
        ORDER BY seq DESC
        """,
        run=run,
    )
    if not rows:
        raise NotFound(f"No import {run} has changed anything.")
    left = [row["seq"] for row in rows if not row["undone"]]
    undone = []
    for done, seq in enumerate(left):
        progress(done, len(left))
        undone.append(undo(store, author, seq))
    return undone


def _require_no_entries(draft: Draft, revision: int, seq: int) -> None:
    rows = draft.run(
        "MATCH (entry:LogEntry {created: $id}) RETURN entry.record AS number LIMIT 1", id=revision
    )
    if rows:
        number = rows[0]["number"]
        raise Conflict(
            f"Revision {seq} wrote into the log of {number}. Logs are not undone: change {number} instead."
        )


def _undo_records(store: Store, draft: Draft, revision: int, seq: int) -> Iterator[TakenOver]:
    befores = _befores(draft, revision)
    known = lock_records(draft, befores)
    later = _later(draft, known, seq)
    new = [one.ci for key, one in known.items() if befores[key] is None and one.ci]
    built_on = _built_on(draft, new, revision, seq)
    changes = []
    for key, one in known.items():
        if befores[key] is None and one.ci in built_on:
            yield TakenOver(key, _name(one.record), built_on[one.ci])
            continue
        before, trail = _before(one, befores[key]), later.get(key, [])
        after = trail[0].before if trail else one.record
        record, whole = reverted(one.record, before, after)
        record = replace(record, ci=before.ci)
        changes.append((one, record))
        if not whole:
            yield TakenOver(key, _name(one.record), _taken_over_by(one.record, before, trail))
    rewrite(draft, store.catalogue, changes)


def _before(known: Known, before: Mapping[str, Any] | None) -> Record:
    if before is None:
        return replace(known.record, attributes=None, relations=())
    return record_of(before)


def _taken_over_by(now: Record, before: Record, trail: Sequence[Edit]) -> int:
    """The first revision (seq) after which not all could have been taken back."""
    follow = [*(edit.before for edit in trail[1:]), now]
    return next(
        edit.seq
        for edit, then in zip(trail, follow, strict=True)
        if not reverted(then, before, trail[0].before)[1]
    )


def _name(record: Record) -> str:
    return str((record.attributes or {}).get("name", record.native_id))


def _befores(draft: Draft, revision: int) -> dict[str, Mapping[str, Any] | None]:
    """The records that the revision wrote, as they were before: None where it created them."""
    changed = draft.run(
        "MATCH (change:Change {revision: $id, kind: 'source_record'}) RETURN change.subject AS key, "
        "change.before AS before",
        id=revision,
    )
    created = draft.run("MATCH (record:SourceRecord {created: $id}) RETURN record.key AS key", id=revision)
    befores: dict[str, Mapping[str, Any] | None] = {
        row["key"]: orjson.loads(row["before"]) for row in changed
    }
    return befores | {row["key"]: None for row in created}


def _later(draft: Draft, keys: Collection[str], seq: int) -> dict[str, list[Edit]]:
    """How records were written later on, by key, oldest first."""
    rows = draft.run(
        """
        UNWIND $keys AS key
        MATCH (change:Change {subject: key})
        MATCH (revision:Revision {id: change.revision}) WHERE revision.seq > $seq
        RETURN key, revision.seq AS seq, change.before AS before ORDER BY seq
        """,
        keys=list(keys),
        seq=seq,
    )
    later: dict[str, list[Edit]] = {}
    for row in rows:
        later.setdefault(row["key"], []).append(Edit(row["seq"], record_of(orjson.loads(row["before"]))))
    return later


def _built_on(draft: Draft, ids: list[str], revision: int, seq: int) -> dict[str, int]:
    """Of the CIs that the revision created, those that others describe or depend on since.

    Returns the id of each with the revision (seq) that did so first.
    """
    rows = draft.run(
        """
        UNWIND $ids AS id
        CALL (id) {
            MATCH (record:SourceRecord)-[:DESCRIBES]->(:CI {id: id, created: $revision})
            WHERE record.created <> $revision
              AND (record.attributes IS NOT NULL OR record.relations IS NOT NULL)
            RETURN record.created AS created
            UNION
            MATCH (:CI)-[relationship]->(:CI {id: id, created: $revision})
            WHERE relationship.created <> $revision
            RETURN relationship.created AS created
        }
        MATCH (revision:Revision {id: created})
        RETURN id, revision.seq AS seq, revision.undoes AS undoes ORDER BY seq DESC
        """,
        ids=ids,
        revision=revision,
    )
    redone = {
        by for by, undoes in {(row["seq"], row["undoes"]) for row in rows} if _origin(draft, undoes) == seq
    }
    return {row["id"]: row["seq"] for row in rows if row["seq"] not in redone}


def _origin(draft: Draft, seq: int | None) -> int | None:
    """The revision at the beginning of a chain of undos: what a redo says is what was said then."""
    origin = None
    while seq is not None:
        origin = seq
        (row,) = draft.run("MATCH (r:Revision {seq: $seq}) RETURN r.undoes AS undoes", seq=seq)
        seq = row["undoes"]
    return origin
