"""What was changed before an outage, from the history: changed CIs are suspect."""

from collections.abc import Mapping
from datetime import datetime

from neo4j import ManagedTransaction

from cmdb.database import Database
from cmdb.history import relationship_types
from impact.causes.observations import Prior
from impact.causes.policy import Changes

MOST_REVISIONS = 1_000
Touched = dict[int, set[str]]
"""The ids of CIs by the id of a revision."""


def changed(database: Database, since: datetime, until: datetime, rule: Changes) -> list[Prior]:
    """The CIs that revisions after `since`, up to `until`, made or changed, newest first.

    A CI is changed by what changes its attributes or what it depends on, not by others that come to depend
    on it. The first look of a source finds what is there, not what has changed, so it is left out; as are
    revisions that touched more CIs than the rule allows, and all but the newest 1,000.
    """
    return database.snapshot(lambda tx: _changed(tx, since, until, rule))


def _changed(tx: ManagedTransaction, since: datetime, until: datetime, rule: Changes) -> list[Prior]:
    rows = list(
        tx.run(
            """
            MATCH (r:Revision)
            WHERE r.at > datetime({datetime: $since, timezone: 'UTC'})
              AND r.at <= datetime({datetime: $until, timezone: 'UTC'}) AND r.seq > 0
              AND NOT EXISTS {
                  MATCH (run:Run {id: r.run})
                  WHERE NOT EXISTS {
                      MATCH (earlier:Run {source: run.source, scope: run.scope})
                      WHERE earlier.started < run.started
                  }
              }
            RETURN r.id AS id, r.seq AS seq, r.at AS at, r.actor AS actor, r.reason AS reason
            ORDER BY r.seq DESC LIMIT $most
            """,
            since=since,
            until=until,
            most=MOST_REVISIONS,
        )
    )
    touched = _touched(tx, [row["id"] for row in rows], rule.widest)
    return [
        Prior(ci, "changed", row["at"].to_native(), _what(row), len(touched[row["id"]]))
        for row in rows
        if len(touched[row["id"]]) <= rule.widest
        for ci in sorted(touched[row["id"]])
    ]


def _touched(tx: ManagedTransaction, revisions: list[int], widest: int) -> Touched:
    """What each revision made or changed; of one that touched more than `widest`, somewhat more than that."""
    touched: Touched = {revision: set() for revision in revisions}
    created = [
        f"MATCH (ci)-[relationship:{type_} {{created: id}}]->() RETURN ci.id AS ci"
        for type_ in relationship_types(tx)  # the catalogue vouches for names
    ]
    for match in (
        "MATCH (change:Change {revision: id}) WHERE change.kind IN ['ci', 'relationship'] "
        "RETURN coalesce(change.dependent, change.subject) AS ci",
        "MATCH (node:CI {created: id}) RETURN node.id AS ci",
        *created,
    ):
        query = f"UNWIND $ids AS id CALL (id) {{ {match} LIMIT $most }} RETURN id, collect(ci) AS cis"
        for row in tx.run(query, ids=revisions, most=widest + 1):
            touched[row["id"]].update(row["cis"])
    return touched


def _what(revision: Mapping[str, str]) -> str:
    reason = f": {revision['reason']}" if revision["reason"] else ""
    return f"revision {revision['seq']} by {revision['actor']}{reason}"
