"""The open incidents that alerts may join."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cmdb.history import Draft


@dataclass(frozen=True, slots=True)
class Joinable:
    """An open incident: the number, what groups its alerts, and the CIs that it says fail, with how."""

    number: str
    group: str | None
    failing: Mapping[str, str]


def about(draft: Draft, cis: Collection[str], groups: Collection[str]) -> list[Joinable]:
    """Those that say that one of the CIs fails, or whose alerts are of one of the groups; oldest first."""
    return _joinable(
        draft.run(
            """
            CALL () {
                UNWIND $cis AS id
                MATCH (:CI {id: id})<-[link:CONCERNS]-(record:Record)
                WHERE record.kind = 'incident' AND record.open AND link.condition IN ['down', 'degraded']
                RETURN record
                UNION
                MATCH (record:Record {kind: 'incident', open: true}) WHERE record.alert_group IN $groups
                RETURN record
            }
            RETURN record.number AS number, record.alert_group AS group,
                [(record)-[link:CONCERNS]->(ci) WHERE link.condition IN ['down', 'degraded'] |
                    [ci.id, link.condition]] AS failing
            ORDER BY record.number
            """,
            cis=list(cis),
            groups=list(groups),
        )
    )


def recent(draft: Draft, since: str) -> list[Joinable]:
    """Those that alerts told of since a time, oldest first."""
    return _joinable(
        draft.run(
            """
            MATCH (record:Record {kind: 'incident', open: true}) WHERE record.last_alert_at >= $since
            RETURN record.number AS number, record.alert_group AS group,
                [(record)-[link:CONCERNS]->(ci) WHERE link.condition IN ['down', 'degraded'] |
                    [ci.id, link.condition]] AS failing
            ORDER BY record.number
            """,
            since=since,
        )
    )


def _joinable(rows: Sequence[Mapping[str, Any]]) -> list[Joinable]:
    return [Joinable(row["number"], row["group"], dict(row["failing"])) for row in rows]
