"""Brings CIs and their relationships in line with the records that describe them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cmdb.catalogue import MANUAL, Catalogue, Checked, CIClass, check_attributes
from cmdb.history import Draft, Kind
from cmdb.reconciliation.dependencies import settle_dependencies
from cmdb.reconciliation.evaluation import Record, evaluate_attributes
from cmdb.reconciliation.observation import source_key
from cmdb.reconciliation.records import record_of

RETIRED = "retired"
SYSTEM = ("id", "no", "created", "revision")


@dataclass(frozen=True, slots=True)
class Described:
    """A CI as it is, and the records that say how it should be."""

    properties: Mapping[str, Any]
    labels: tuple[str, ...]
    records: tuple[Record, ...]


def settle(
    draft: Draft,
    catalogue: Catalogue,
    attributes_of: Collection[str] = (),
    relations_of: Collection[str] = (),
    appeared: Collection[str] = (),
) -> None:
    """Give CIs (by id) the attributes and relationships that their records state.

    A CI that no record describes any more, or whose status is retired, leaves the current graph; what
    depended on it awaits its return, and is bound when it has `appeared`.
    """
    moved = settle_attributes(draft, catalogue, _described(draft, attributes_of))
    neighbours = _neighbours(draft, [*moved, *appeared])
    settle_dependencies(draft, catalogue, {*relations_of, *moved, *neighbours})


def _described(draft: Draft, ids: Collection[str]) -> list[Described]:
    if not ids:
        return []
    rows = draft.run(
        """
        UNWIND $ids AS id
        CALL (id) {
            MATCH (ci:CI {id: id}) RETURN ci UNION MATCH (ci:RetiredCI {id: id}) RETURN ci
        }
        SET ci.created = ci.created
        WITH ci
        RETURN properties(ci) AS properties, labels(ci) AS labels,
               [(record:SourceRecord)-[:DESCRIBES]->(ci) | properties(record)] AS records
        """,
        ids=sorted(ids),
    )
    return [
        Described(row["properties"], tuple(row["labels"]), tuple(map(record_of, row["records"])))
        for row in rows
    ]


def settle_attributes(draft: Draft, catalogue: Catalogue, described: Iterable[Described]) -> list[str]:
    """Write what differs; return the ids of the CIs that left or entered the current graph."""
    rows, moved = [], []
    for ci in described:
        wanted = _wanted(catalogue, ci)
        if wanted == own_values(ci.properties):
            continue
        id_ = ci.properties["id"]
        retired = wanted["status"] == RETIRED
        if retired != ("RetiredCI" in ci.labels):
            moved.append(id_)
        draft.changed(Kind.CI, id_, ci.properties)
        system = {name: ci.properties[name] for name in SYSTEM} | {"revision": draft.id}
        rows.append(
            {
                "no": ci.properties["no"],
                "properties": wanted | system,
                "old": list(ci.labels),
                "labels": labels(catalogue, wanted),
            }
        )
    _write(draft, rows)
    return moved


def labels(catalogue: Catalogue, values: Mapping[str, Any]) -> list[str]:
    """The labels of a CI with these values."""
    if values["status"] == RETIRED:
        return ["RetiredCI"]
    return list(catalogue.ci_class(values["class"]).labels)


def _wanted(catalogue: Catalogue, ci: Described) -> dict[str, Any]:
    """What the records say, or what the CI said, but retired, where they say nothing any more."""
    values = stated_values(catalogue, ci.records)
    return own_values(ci.properties) | {"status": RETIRED} if values is None else values


def stated_values(catalogue: Catalogue, records: Iterable[Record]) -> dict[str, Any] | None:
    """What a CI says that these records describe, typed, defaults filled in; None where they do not say what
    it is.

    Each record fits its own class; what does not fit the class that the strongest states is left out.
    """
    attributes = evaluate_attributes(catalogue, records)
    if attributes is None:
        return None
    name = attributes.pop("class")
    return ci_values(catalogue.ci_class(name), check_attributes(catalogue, name, attributes))


def ci_values(ci_class: CIClass, checked: Checked) -> dict[str, Any]:
    """All that a CI of this class says, defaults filled in."""
    return {"class": ci_class.name, **ci_class.defaults, **checked.unknown, **checked.values}


def own_values(properties: Mapping[str, Any]) -> dict[str, Any]:
    """What a CI says, without what Linchpin itself keeps of it."""
    return {name: value for name, value in properties.items() if name not in SYSTEM}


def _write(draft: Draft, rows: list[dict[str, Any]]) -> None:
    if rows:
        draft.run(
            """
            UNWIND $rows AS row
            CALL (row) {
                MATCH (ci:CI {no: row.no}) RETURN ci UNION MATCH (ci:RetiredCI {no: row.no}) RETURN ci
            }
            SET ci = row.properties
            REMOVE ci:$(row.old)
            SET ci:$(row.labels)
            """,
            rows=rows,
        )


def _neighbours(draft: Draft, moved: list[str]) -> list[str]:
    """The dependents of CIs that left, and those that await a CI that came back."""
    if not moved:
        return []
    rows = draft.run(
        """
        UNWIND $ids AS id
        CALL (id) {
            MATCH (dependent:CI)-->(:CI|RetiredCI {id: id}) RETURN dependent
            UNION
            MATCH (:CI|RetiredCI {id: id})<-[:DESCRIBES]-(:SourceRecord)
                  <-[:AWAITS]-(:SourceRecord)-[:DESCRIBES]->(dependent:CI)
            RETURN dependent
            UNION
            MATCH (:SourceRecord {key: $manual + id})
                  <-[:AWAITS]-(:SourceRecord)-[:DESCRIBES]->(dependent:CI)
            RETURN dependent
        }
        RETURN collect(DISTINCT dependent.id) AS ids
        """,
        ids=moved,
        manual=source_key(MANUAL, "", ""),
    )
    return list(rows[0]["ids"])
