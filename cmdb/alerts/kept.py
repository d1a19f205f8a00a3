"""Alerts in the graph: nodes beside the incidents that they made or joined."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from cmdb.alerts.alert import Alert
from cmdb.database import Database
from cmdb.history import Draft
from cmdb.records import instant


def hold(draft: Draft) -> None:
    """Hold off all other alerts until the transaction ends, so that two posts do not open two incidents."""
    draft.run("MERGE (head:Head {name: 'alerts'}) SET head.value = coalesce(head.value, 0) + 1")


def known(draft: Draft, keys: Iterable[str]) -> dict[str, tuple[str, bool]]:
    """Which alerts are known: the number of the incident of each, and whether it is over."""
    rows = draft.run(
        """
        UNWIND $keys AS key MATCH (alert:Alert {key: key})
        RETURN key, alert.incident AS incident, alert.ends_at IS NOT NULL AS over
        """,
        keys=list(keys),
    )
    return {row["key"]: (row["incident"], row["over"]) for row in rows}


def keep(draft: Draft, incident: str, alerts: Iterable[tuple[Alert, str | None]]) -> None:
    """Write new alerts of an incident, each with the id of its CI."""
    draft.created()
    draft.run(
        "UNWIND $rows AS row CREATE (alert:Alert) SET alert = row",
        rows=[_row(alert, ci) | {"incident": incident, "created": draft.id} for alert, ci in alerts],
    )


def end(draft: Draft, alerts: Iterable[Alert]) -> None:
    """Note when alerts were over."""
    rows = [{"key": alert.key, "ends_at": instant(alert.ends_at)} for alert in alerts if alert.ends_at]
    if rows:
        draft.created()
        draft.run(
            "UNWIND $rows AS row MATCH (alert:Alert {key: row.key}) SET alert.ends_at = row.ends_at",
            rows=rows,
        )


def firing(draft: Draft, incident: str) -> int:
    """How many alerts of an incident are not over."""
    (row,) = draft.run(
        "MATCH (alert:Alert {incident: $incident}) WHERE alert.ends_at IS NULL RETURN count(alert) AS firing",
        incident=incident,
    )
    return int(row["firing"])


def alerts_of_incident(database: Database, incident: str, most: int = 100) -> list[dict[str, Any]]:
    """The alerts of an incident, those that fire first, then the newest first; labels and all."""
    rows = database.read(
        """
        MATCH (alert:Alert {incident: $incident})
        RETURN alert {.*} AS alert
        ORDER BY alert.ends_at IS NULL DESC, alert.starts_at DESC, alert.key LIMIT $most
        """,
        incident=incident,
        most=most,
    )
    return [_told(row["alert"]) for row in rows]


def _row(alert: Alert, ci: str | None) -> dict[str, Any]:
    return {
        "key": alert.key,
        "name": alert.name,
        "labels": orjson.dumps(dict(alert.labels), option=orjson.OPT_SORT_KEYS).decode(),
        "annotations": orjson.dumps(dict(alert.annotations or {}), option=orjson.OPT_SORT_KEYS).decode(),
        "starts_at": instant(alert.starts_at),
        "ends_at": instant(alert.ends_at) if alert.ends_at else None,
        "url": alert.url,
        "ci": ci,
    }


def _told(node: Mapping[str, Any]) -> dict[str, Any]:
    documents = {name: orjson.loads(node[name]) for name in ("labels", "annotations")}
    shown = {name: node.get(name) for name in ("name", "starts_at", "ends_at", "url", "ci")}
    return {**shown, **documents}
