"""Erasing what must not be kept."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from cmdb.catalogue import MANUAL
from cmdb.errors import Conflict
from cmdb.history import Author, Draft, Revision, revise
from cmdb.reconciliation.dependencies import settle_dependencies
from cmdb.reconciliation.observation import source_key
from cmdb.reconciliation.records import relations_text
from cmdb.reconciliation.settlement import RETIRED
from cmdb.store.base import Store, Target, locked

BY_HAND = source_key(MANUAL, "", "")


def purge(store: Store, author: Author, targets: Sequence[Target]) -> Revision | None:
    """Erase retired CIs with their records and history; this cannot be undone.

    What sources say of other CIs stays, by native id, and awaits that the source describes it anew. Answers
    about a time before say how many were purged since. Raises Conflict for a CI that is current.
    """

    def work(draft: Draft) -> None:
        found = locked(draft, targets)
        for ci in found.values():
            if ci["status"] != RETIRED:
                raise Conflict(f"{ci['name']} is current. Retire it before you purge it.")
        ids = list(found)
        awaiting = _awaiting(draft, ids)
        _forget_statements(draft, ids)
        _erase(draft, ids)
        draft.purged = len(found)
        draft.created()
        settle_dependencies(draft, store.catalogue, awaiting)

    return revise(store.database, author, work)[1]


def _awaiting(draft: Draft, ids: list[str]) -> list[str]:
    """The ids of the CIs that await these."""
    (row,) = draft.run(
        """
        UNWIND $ids AS id
        CALL (id) {
            MATCH (:RetiredCI {id: id})<-[:DESCRIBES]-(target:SourceRecord) RETURN target
            UNION MATCH (target:SourceRecord {key: $by_hand + id}) RETURN target
        }
        MATCH (target)<-[:AWAITS]-(:SourceRecord)-[:DESCRIBES]->(dependent:CI)
        RETURN collect(DISTINCT dependent.id) AS awaiting
        """,
        ids=ids,
        by_hand=BY_HAND,
    )
    return list(row["awaiting"])


def _forget_statements(draft: Draft, ids: list[str]) -> None:
    """Take what people said of the dependence of others on these CIs out of records and history."""
    rows = draft.run(
        """
        UNWIND $ids AS id
        MATCH (change:Change {provider: id})
        WITH DISTINCT $by_hand + change.dependent AS key
        CALL (key) {
            MATCH (record:SourceRecord {key: key})
            SET record.created = record.created
            RETURN elementId(record) AS node, 'relations' AS name, record.relations AS text
            UNION ALL
            MATCH (change:Change {subject: key})
            RETURN elementId(change) AS node, 'before' AS name, change.before AS text
        }
        WITH node, name, text WHERE any(id IN $ids WHERE text CONTAINS id)
        RETURN node, name, text
        """,
        ids=ids,
        by_hand=BY_HAND,
    )
    draft.run(
        "UNWIND $rows AS row MATCH (node) WHERE elementId(node) = row[0] SET node[row[1]] = row[2]",
        rows=[[row["node"], row["name"], _without(row["name"], row["text"], ids)] for row in rows],
    )


def _without(name: str, text: str, ids: list[str]) -> str | None:
    if name == "relations":
        return relations_text(relation for relation in orjson.loads(text) if relation["to"] not in ids)
    before: Mapping[str, Any] = orjson.loads(text)
    kept = _without("relations", before["relations"], ids)
    return orjson.dumps({**before, "relations": kept}, option=orjson.OPT_SORT_KEYS).decode()


def _erase(draft: Draft, ids: list[str]) -> None:
    """Erase CIs and all that is told of them."""
    draft.run(
        """
        UNWIND $ids AS id
        MATCH (ci:RetiredCI {id: id})
        OPTIONAL MATCH (about:SourceRecord)-[:DESCRIBES]->(ci)
        WITH id, [id, $by_hand + id] + collect(about.key) AS subjects
        CALL (id, subjects) {
            UNWIND subjects AS subject
            MATCH (change:Change {subject: subject}) RETURN change
            UNION MATCH (change:Change {dependent: id}) RETURN change
            UNION MATCH (change:Change {provider: id}) RETURN change
        }
        DETACH DELETE change
        """,
        ids=ids,
        by_hand=BY_HAND,
    )
    draft.run(
        """
        UNWIND $ids AS id
        MATCH (:RetiredCI {id: id})<-[:DESCRIBES]-(:SourceRecord)-[:CLAIMS]->(identifier)
        WITH DISTINCT identifier
        WHERE NOT EXISTS {
            MATCH (identifier)<-[:CLAIMS]-(:SourceRecord)-[:DESCRIBES]->(other) WHERE NOT other.id IN $ids
        }
        DETACH DELETE identifier
        """,
        ids=ids,
    )
    draft.run(
        """
        UNWIND $ids AS id
        MATCH (ci:RetiredCI {id: id})
        OPTIONAL MATCH (about:SourceRecord)-[:DESCRIBES]->(ci)
        OPTIONAL MATCH (expected:SourceRecord {key: $by_hand + id})
        DETACH DELETE about, expected, ci
        """,
        ids=ids,
        by_hand=BY_HAND,
    )
