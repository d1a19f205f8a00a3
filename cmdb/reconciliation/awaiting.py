"""Notes which records await a CI that is not there."""

from collections.abc import Iterable, Sequence

from cmdb.database import LostRace
from cmdb.history import Draft
from cmdb.reconciliation.dependents import Dependent
from cmdb.reconciliation.providers import Providers


def await_providers(draft: Draft, dependents: Iterable[Dependent], providers: Providers) -> None:
    """Note which records await a provider, and forget those that wait no longer, or whose CI has retired."""
    added, ended = [], []
    for one in dependents:
        for record in one.records:
            wanted = providers.awaited.get(record.key, frozenset()) if one.current else frozenset()
            before = one.awaited.get(record.key, frozenset())
            added += [[record.key, *target] for target in wanted if target[0] not in before]
            ended += [[record.key, key] for key in before - {target[0] for target in wanted}]
    if ended:
        draft.run(
            """
            UNWIND $rows AS row
            MATCH (:SourceRecord {key: row[0]})-[awaits:AWAITS]->(:SourceRecord {key: row[1]})
            DELETE awaits
            """,
            rows=ended,
        )
    if added:
        _expect(draft, sorted(added, key=lambda row: row[1]))


def _expect(draft: Draft, rows: Sequence[Sequence[str]]) -> None:
    """Let records await others, of which those that nobody described yet are made now.

    What they await is locked: a CI that comes back at this moment must find who waits, or be found.
    """
    (late,) = draft.run(
        """
        UNWIND $rows AS row
        MERGE (target:SourceRecord {key: row[1]})
        ON CREATE SET target:Pending, target.source = row[2], target.scope = row[3],
                      target.native_id = row[4], target.no = row[5], target.created = $revision
        SET target.created = target.created
        WITH row, target
        MATCH (record:SourceRecord {key: row[0]})
        MERGE (record)-[:AWAITS]->(target)
        WITH target
        OPTIONAL MATCH (target)-[:DESCRIBES]->(ci)
        SET ci.created = ci.created
        RETURN count(CASE WHEN ci:CI THEN 1 END) AS count
        """,
        rows=[[*row, no] for row, no in zip(rows, draft.numbers("record", len(rows)), strict=True)],
        revision=draft.id,
    )
    if late["count"]:
        raise LostRace("an awaited CI has just appeared")
