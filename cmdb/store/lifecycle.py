"""Retiring CIs and restoring them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cmdb.catalogue import MANUAL, Catalogue
from cmdb.errors import Conflict
from cmdb.history import Author, Draft, Revision, revise
from cmdb.reconciliation.evaluation import Record, evaluate_attributes
from cmdb.reconciliation.records import record_of
from cmdb.reconciliation.rewriting import records_by_id, rewrite
from cmdb.reconciliation.settlement import RETIRED
from cmdb.reconciliation.view import manual_view
from cmdb.store.base import Store, Target, locked


def retire(store: Store, author: Author, targets: Sequence[Target]) -> Revision | None:
    """Take CIs out of the current graph; id, history and links to records stay.

    What depended on them awaits their return. Retiring a retired CI changes nothing.
    """

    def work(draft: Draft) -> None:
        found = locked(draft, targets)
        known = records_by_id(draft, [id_ for id_, ci in found.items() if ci["status"] != RETIRED])
        rewrite(draft, store.catalogue, [(one, _stating(one.record, RETIRED)) for one in known.values()])

    return revise(store.database, author, work)[1]


def restore(store: Store, author: Author, targets: Sequence[Target]) -> Revision | None:
    """Bring retired CIs back, with the relationships that are still asserted and whose other end is current.

    Restoring a current CI changes nothing. Raises Conflict where nothing describes the CI any more.
    """

    def work(draft: Draft) -> None:
        found = locked(draft, targets)
        retired = [id_ for id_, ci in found.items() if ci["status"] == RETIRED]
        known, others = records_by_id(draft, retired), _other_records(draft, retired)
        for id_ in retired:
            _require_description(store.catalogue, found[id_], [known[id_].record, *others.get(id_, [])])
        rewrite(
            draft,
            store.catalogue,
            [(known[id_], _stating(known[id_].record, _status(others.get(id_, [])))) for id_ in retired],
        )

    return revise(store.database, author, work)[1]


def _status(others: Sequence[Record]) -> str | None:
    """The status to state: none where a source already states one that is not retired."""
    stated = [status for one in others if (status := (one.attributes or {}).get("status"))]
    return None if stated and RETIRED not in stated else "operational"


def _stating(record: Record, status: str | None) -> Record:
    attributes = {**(record.attributes or {}), "status": status}
    if status is None:
        del attributes["status"]
    return replace(record, attributes=attributes or None, observed_at=manual_view().observed_at)


def _require_description(catalogue: Catalogue, ci: Mapping[str, Any], records: Sequence[Record]) -> None:
    if evaluate_attributes(catalogue, records) is None:
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
