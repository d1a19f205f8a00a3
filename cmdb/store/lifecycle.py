"""Retiring CIs, restoring them, and purging what must not be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cmdb.errors import Conflict
from cmdb.history import Author, Draft, Revision, revise
from cmdb.reconciliation.dependencies import settle_dependencies
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.observation import MANUAL
from cmdb.reconciliation.records import record_of
from cmdb.reconciliation.rewriting import manual_records, rewrite
from cmdb.reconciliation.view import manual_view
from cmdb.store.base import Store, Target, locked


def retire(store: Store, author: Author, targets: Sequence[Target]) -> Revision | None:
    """Take CIs out of the current graph; id, history and links to records stay.

    What depended on them awaits their return. Retiring a retired CI changes nothing.
    """
    return _set_status(store, author, targets, lambda _: "retired")


def restore(store: Store, author: Author, targets: Sequence[Target]) -> Revision | None:
    """Bring retired CIs back, with the relationships that are still asserted and whose other end is current.

    Raises Conflict where nothing describes the CI any more.
    """
    return _set_status(store, author, targets, _status_before)


def _status_before(others: Sequence[Record]) -> str | None:
    """The status to state: none where a source already states one that is not retired."""
    stated = [status for one in others if (status := (one.attributes or {}).get("status"))]
    return None if stated and "retired" not in stated else "operational"


def _set_status(store: Store, author: Author, targets: Sequence[Target], status: Any) -> Revision | None:
    def work(draft: Draft) -> None:
        found = locked(draft, targets)
        known = manual_records(draft, list(found))
        others = _other_records(draft, list(found))
        changes = []
        for id_, one in known.items():
            attributes = dict(one.record.attributes or {})
            attributes.pop("status", None)
            if wanted := status(others.get(id_, [])):
                attributes["status"] = wanted
            _require_description(found[id_], [attributes, *(o.attributes for o in others.get(id_, []))])
            record = replace(one.record, attributes=attributes or None, observed_at=manual_view().observed_at)
            changes.append((one, record))
        rewrite(draft, store.catalogue, changes)

    return revise(store.database, author, work)[1]


def _require_description(ci: Mapping[str, Any], views: Sequence[Mapping[str, Any] | None]) -> None:
    if not any("name" in (view or {}) for view in views):
        raise Conflict(
            f"Nothing describes {ci['name']} any more: its creation was undone, or its source withdrew it. "
            "Undo that revision, or import it again."
        )


def _other_records(draft: Draft, ids: Sequence[str]) -> dict[str, list[Record]]:
    rows = draft.run(
        """
        UNWIND $ids AS id
        MATCH (record:SourceRecord)-[:DESCRIBES]->(:CI|RetiredCI {id: id})
        WHERE record.source <> $manual
        RETURN id, properties(record) AS properties
        """,
        ids=list(ids),
        manual=MANUAL,
    )
    records: dict[str, list[Record]] = {}
    for row in rows:
        records.setdefault(row["id"], []).append(record_of(row["properties"]))
    return records


def purge(store: Store, author: Author, targets: Sequence[Target]) -> Revision | None:
    """Erase retired CIs with their records and history; this cannot be undone.

    Answers about a time before say how many were purged since. Raises Conflict for a CI that is current.
    """

    def work(draft: Draft) -> None:
        found = locked(draft, targets)
        for ci in found.values():
            if ci["status"] != "retired":
                raise Conflict(f"{ci['name']} is current. Retire it before you purge it.")
        awaiting = _erase(draft, list(found))
        draft.purged = len(found)
        draft.created()
        settle_dependencies(draft, store.catalogue, awaiting)

    return revise(store.database, author, work)[1]


def _erase(draft: Draft, ids: list[str]) -> list[str]:
    """Erase CIs and all that is told of them; return the ids of the CIs that await them."""
    (row,) = draft.run(
        """
        UNWIND $ids AS id
        MATCH (:RetiredCI {id: id})<-[:DESCRIBES]-(:SourceRecord)
              <-[:AWAITS]-(:SourceRecord)-[:DESCRIBES]->(dependent:CI)
        RETURN collect(DISTINCT dependent.id) AS awaiting
        """,
        ids=ids,
    )
    draft.run(
        """
        UNWIND $ids AS id
        MATCH (ci:RetiredCI {id: id})
        OPTIONAL MATCH (about:SourceRecord|Identifier)-[:DESCRIBES|IDENTIFIES]->(ci)
        WITH ci, collect(about) AS abouts
        WITH ci, abouts, [ci.id] + [about IN abouts | about.key] AS subjects
        CALL (ci, subjects) {
            MATCH (change:Change) WHERE change.subject IN subjects RETURN change
            UNION MATCH (change:Change {dependent: ci.id}) RETURN change
            UNION MATCH (change:Change {provider: ci.id}) RETURN change
        }
        DETACH DELETE change
        """,
        ids=ids,
    )
    draft.run(
        """
        UNWIND $ids AS id
        MATCH (ci:RetiredCI {id: id})
        OPTIONAL MATCH (about:SourceRecord|Identifier)-[:DESCRIBES|IDENTIFIES]->(ci)
        DETACH DELETE about, ci
        """,
        ids=ids,
    )
    return list(row["awaiting"])
