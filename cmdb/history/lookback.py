"""One CI, or a few, as of an earlier revision; at a cost that follows their own changes."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

import orjson
from neo4j import ManagedTransaction

from cmdb.database import Database
from cmdb.history.past import State
from cmdb.history.present import present, relationships_of
from cmdb.history.revision import Kind

K = TypeVar("K")


def cis_at(database: Database, ids: Collection[str], seq: int) -> dict[str, State]:
    """The CIs among these (by id) that were there after revision `seq`, retired ones too."""
    return database.snapshot(lambda tx: _cis_at(tx, ids, seq))


def relationships_at(database: Database, ci: str, seq: int) -> dict[str, State]:
    """All relationships of a CI (by id) after revision `seq`: subject → properties."""
    return database.snapshot(lambda tx: _relationships_at(tx, ci, seq))


def _cis_at(tx: ManagedTransaction, ids: Collection[str], seq: int) -> dict[str, State]:
    rows = tx.run(
        """
        UNWIND $ids AS id
        MATCH (change:Change {subject: id, kind: $kind})
        MATCH (revision:Revision {id: change.revision}) WHERE revision.seq > $seq
        WITH id, change ORDER BY revision.seq
        RETURN id AS subject, collect(change.before)[0] AS before
        """,
        ids=list(ids),
        kind=Kind.CI.value,
        seq=seq,
    )
    now = present(tx, {(Kind.CI, id_) for id_ in ids})
    return _there(tx, {subject: state for (_, subject), state in now.items()} | _states(rows), seq)


def _relationships_at(tx: ManagedTransaction, ci: str, seq: int) -> dict[str, State]:
    rows = tx.run(
        """
        CALL () {
            MATCH (change:Change {dependent: $ci}) RETURN change
            UNION MATCH (change:Change {provider: $ci}) RETURN change
        }
        MATCH (revision:Revision {id: change.revision}) WHERE revision.seq > $seq
        WITH change ORDER BY revision.seq
        RETURN change.subject AS subject, collect(change.before)[0] AS before
        """,
        ci=ci,
        seq=seq,
    )
    now = {subject: state for (_, subject), state in relationships_of(tx, ci).items()}
    return _there(tx, now | _states(rows), seq)


def _states(rows: Any) -> dict[str, State]:
    return {row["subject"]: orjson.loads(row["before"]) for row in rows}


def _there(tx: ManagedTransaction, states: Mapping[K, State], seq: int) -> dict[K, State]:
    """Leave out what was created after revision `seq`."""
    rows = tx.run(
        "MATCH (revision:Revision) WHERE revision.id IN $ids AND revision.seq <= $seq "
        "RETURN collect(revision.id) AS ids",
        ids=list({state["created"] for state in states.values()}),
        seq=seq,
    )
    before = set(rows.single(strict=True)["ids"])
    return {key: state for key, state in states.items() if state["created"] in before}
