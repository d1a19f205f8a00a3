"""What each source says of a CI, beside what the CI says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cmdb.errors import Ambiguous, NotFound
from cmdb.reconciliation.evaluation import Record, evaluate_attributes
from cmdb.reconciliation.records import record_of
from cmdb.store.base import Store
from cmdb.store.reading import get_ci


@dataclass(frozen=True, slots=True)
class Statement:
    """A value as one record has it; `wins`: it is what the CI says. None is a value that a person cleared."""

    value: Any
    wins: bool


@dataclass(frozen=True, slots=True)
class SourceView:
    """A record that describes a CI, and what it says of each attribute.

    `name` is what people call the record: `source/native_id`, or `source/scope/native_id`.
    `observed_at` is when it last said something new. `missing_since` (empty: it is there), `withdrawn` and
    `stale` tell how far it still counts; `mentioned`: the source knows the thing only from others.
    """

    name: str
    key: str
    source: str
    scope: str
    native_id: str
    observed_at: str
    mentioned: bool
    stale: bool
    missing_since: str
    withdrawn: bool
    attributes: Mapping[str, Statement]


def sources(store: Store, id_: str) -> list[SourceView]:
    """The records that describe a CI, current or retired, in order of their names. Raises NotFound."""
    get_ci(store.database, id_)
    rows = store.database.read(
        """
        MATCH (record:SourceRecord)-[:DESCRIBES]->(:CI|RetiredCI {id: $id})
        RETURN properties(record) AS record ORDER BY record.key
        """,
        id=id_,
    )
    records = [record_of(row["record"]) for row in rows]
    true = evaluate_attributes(store.catalogue, records) or {}
    return [_view(record, true) for record in records]


def record_name(source: str, scope: str, native_id: str) -> str:
    """What people call a record."""
    return "/".join(filter(None, (source, scope, native_id)))


def record_keys(views: Iterable[SourceView], names: Iterable[str]) -> list[str]:
    """The keys of the records that are called so, with or without their scope.

    Raises NotFound, Ambiguous.
    """
    called: dict[str, set[str]] = {}
    for view in views:
        for name in (view.name, record_name(view.source, "", view.native_id), view.key):
            called.setdefault(name, set()).add(view.key)
    return [_only(name, called) for name in names]


def _only(name: str, called: Mapping[str, set[str]]) -> str:
    keys = sorted(called.get(name, ()))
    if not keys:
        raise NotFound(f"No record of the CI is called {name!r}; `cmdb ci sources` names them.")
    if len(keys) > 1:
        raise Ambiguous(f"{len(keys)} records are called {name!r}; add the scope.", candidates=keys)
    return keys[0]


def _view(record: Record, true: Mapping[str, Any]) -> SourceView:
    return SourceView(
        record_name(record.source, record.scope, record.native_id),
        record.key,
        record.source,
        record.scope,
        record.native_id,
        record.observed_at,
        record.mentioned,
        record.stale,
        record.missing_since,
        record.withdrawn,
        {
            name: Statement(value, not record.withdrawn and true.get(name) == value)
            for name, value in sorted((record.attributes or {}).items())
        },
    )
