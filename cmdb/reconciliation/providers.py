"""Finds the CIs that relations name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from cmdb.history import Draft
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.observation import MANUAL, source_key

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

    People name CIs by id; sources by their own native ids.
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
    keys = {target[0] for target in wanted.values() if target[1] != MANUAL}
    ids = {target[3] for target in wanted.values() if target[1] == MANUAL}
    found = _by_key(draft, keys) | _by_id(draft, ids)
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
        "UNWIND $ids AS id MATCH (ci:CI {id: id}) RETURN collect([ci.id, ci.no]) AS found",
        ids=list(ids),
    )
    return {source_key(MANUAL, "", id_): (id_, no) for id_, no in row["found"]}
