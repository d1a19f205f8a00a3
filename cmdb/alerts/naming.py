"""Finds the CIs that alerts are about."""

from collections.abc import Mapping, Sequence
from typing import Any

from cmdb.alerts.alert import Alert
from cmdb.alerts.rules import AlertRules
from cmdb.catalogue import Catalogue
from cmdb.database import Database

Wanted = Mapping[str, str]


def named(
    database: Database, catalogue: Catalogue, rules: AlertRules, alerts: Sequence[Alert]
) -> dict[str, str]:
    """The id of the CI of each alert, by its key: by the first rule that finds exactly one.

    Each rule is asked for all alerts at once.
    """
    found: dict[str, str] = {}
    for rule in rules.cis:
        asked = {alert.key: rule.wanted(alert.labels) for alert in alerts if alert.key not in found}
        wanted = {frozenset(one.items()): one for one in asked.values() if one}
        if not wanted:
            continue
        rows = [_row(catalogue, place, one) for place, one in enumerate(wanted.values())]
        cis = dict(zip(wanted, _found(database, rows), strict=True))
        for key, one in asked.items():
            if one and (ci := cis[frozenset(one.items())]):
                found[key] = ci
    return found


def _row(catalogue: Catalogue, place: int, wanted: Wanted) -> dict[str, Any]:
    rest = {name: text for name, text in wanted.items() if name not in ("class", "name", "record")}
    classes = sorted(catalogue.refining([wanted["class"]])) if "class" in wanted else None
    return {
        "place": place,
        "classes": classes,
        "name": wanted.get("name"),
        "record": wanted.get("record"),
        "attributes": rest,
    }


def _found(database: Database, rows: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """The one CI that each row finds; None where it finds none, or several."""
    answers = database.read(
        """
        UNWIND $rows AS row
        CALL (row) {
            WITH row WHERE row.name IS NOT NULL MATCH (ci:CI {name: row.name}) RETURN ci
            UNION
            WITH row WHERE row.record IS NOT NULL
            WITH split(row.record, '/')[0] AS source, row
            MATCH (run:Run {source: source})
            WITH DISTINCT source + ':' + run.scope + ':' + substring(row.record, size(source) + 1) AS key
            MATCH (:SourceRecord {key: key})-[:DESCRIBES]->(ci:CI) RETURN ci
        }
        WITH row, ci
        WHERE (row.classes IS NULL OR ci.class IN row.classes)
          AND all(name IN keys(row.attributes) WHERE ci[name] = row.attributes[name])
        RETURN row.place AS place, collect(DISTINCT ci.id) AS ids
        """,
        rows=[row for row in rows if row["name"] or row["record"]],
    )
    found = {row["place"]: row["ids"] for row in [*answers, *_scanned(database, rows)]}
    return [ids[0] if len(ids := found.get(place, [])) == 1 else None for place in range(len(rows))]


def _scanned(database: Database, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """By attributes that no index holds, all rows in one pass over the CIs."""
    unnamed = [row for row in rows if not (row["name"] or row["record"])]
    if not unnamed:
        return []
    attribute = next(iter(unnamed[0]["attributes"]))
    return database.read(
        """
        MATCH (ci:CI) WHERE ci[$attribute] IN $values
        UNWIND $rows AS row
        WITH row, ci
        WHERE (row.classes IS NULL OR ci.class IN row.classes)
          AND all(name IN keys(row.attributes) WHERE ci[name] = row.attributes[name])
        RETURN row.place AS place, collect(DISTINCT ci.id) AS ids
        """,
        attribute=attribute,
        values=[row["attributes"][attribute] for row in unnamed],
        rows=unnamed,
    )
