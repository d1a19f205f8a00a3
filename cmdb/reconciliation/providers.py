"""Finds the CIs that relations name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from cmdb.catalogue import MANUAL
from cmdb.history import Draft
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.observation import names_by_id, source_key

Target = tuple[str, str, str, str]
"""Key, source, scope and native id of an awaited record."""


@dataclass(slots=True)
class Providers:
    """Where relations lead: to current CIs, or to records that are awaited."""

    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """(record key, native id) → id of the CI."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Id of a CI → its number."""
    awaited: dict[str, frozenset[Target]] = field(default_factory=dict)
    """Record key → what it awaits."""


def resolve(draft: Draft, records: Iterable[Record]) -> Providers:
    """Find the current CI of each end that the records' relations name.

    People name CIs by id, also one that a merge took away; sources by their own native ids.
    """
    wanted: dict[tuple[str, str], Target] = {}
    denied = set()
    for record in records:
        for relation in record.relations:
            to = relation["to"]
            if relation.get("denied"):
                denied.add((record.key, to))
            key = source_key(record.source, record.scope, to)
            wanted[record.key, to] = key, record.source, record.scope, to
    by_id = {target[0]: target[3] for target in wanted.values() if names_by_id(target[1])}
    found = _by_key(draft, {target[0] for target in wanted.values()} - by_id.keys())
    led = _by_id(draft, set(by_id.values()))
    found |= {key: led[id_] for key, id_ in by_id.items() if id_ in led}
    providers = Providers()
    waiting: dict[str, set[Target]] = {}
    for (record_key, to), target in wanted.items():
        if provider := found.get(target[0]):
            providers.ids[record_key, to] = provider[0]
            providers.numbers[provider[0]] = provider[1]
        elif (record_key, to) not in denied:
            waiting.setdefault(record_key, set()).add(target)
    providers.awaited = {key: frozenset(targets) for key, targets in waiting.items()}
    return providers


def _by_key(draft: Draft, keys: Collection[str]) -> dict[str, tuple[str, int]]:
    if not keys:
        return {}
    (row,) = draft.run(
        """
        UNWIND $keys AS key
        MATCH (record:SourceRecord {key: key})-[:DESCRIBES]->(ci:CI)
        RETURN collect([key, ci.id, ci.no]) AS found
        """,
        keys=list(keys),
    )
    return {key: (id_, no) for key, id_, no in row["found"]}


def _by_id(draft: Draft, ids: Collection[str]) -> dict[str, tuple[str, int]]:
    if not ids:
        return {}
    (row,) = draft.run(
        """
        UNWIND $ids AS id
        CALL (id) {
            MATCH (ci:CI {id: id}) RETURN ci
            UNION MATCH (:SourceRecord {key: $by_hand + id})-[:DESCRIBES]->(ci:CI) RETURN ci
        }
        RETURN collect([id, ci.id, ci.no]) AS found
        """,
        ids=list(ids),
        by_hand=source_key(MANUAL, "", ""),
    )
    return {id_: (ci, no) for id_, ci, no in row["found"]}
