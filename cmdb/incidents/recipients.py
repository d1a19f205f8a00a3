"""Whom an incident concerns, by what they are to it."""

from collections.abc import Iterable, Iterator, Mapping

from cmdb.clocks import Told
from cmdb.incidents.timed import Read
from cmdb.records import Record

CIAttributes = Mapping[str, str | None]


def told(read: Read, record: Record, roles: Iterable[Told]) -> tuple[str, ...]:
    """The names of those who have some roles to an incident: teams and persons, each once."""
    names = (name for role in roles for name in _of(read, record, role))
    return tuple(dict.fromkeys(name for name in names if name))


def _of(read: Read, record: Record, role: Told) -> Iterator[str | None]:
    own = {"assignee": "assignee", "assigned_team": "team", "requester": "caller"}
    if role in own:
        yield record.values.get(own[role])
    elif role == "supporting_teams":
        linked = (link.ci for link in record.links if link.condition != "not_impacted")
        yield from (ci["supported_by"] for ci in _people(read, linked))
    else:
        services = (record.values.get("proposal") or {"services": ()})["services"]
        yield from (ci["owner"] for ci in _people(read, (service["id"] for service in services)))


def _people(read: Read, ids: Iterable[str]) -> list[CIAttributes]:
    rows = read(
        """
        MATCH (ci:CI) WHERE ci.id IN $ids
        RETURN ci.owner AS owner, ci.supported_by AS supported_by, ci.used_by AS used_by
        ORDER BY ci.id
        """,
        ids=list(ids),
    )
    return [row.data() for row in rows]
