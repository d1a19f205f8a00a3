"""What discovery says of changes: differences that no change explains, and changes that it never saw."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cmdb.catalogue import MANUAL
from cmdb.changes.plan import Plan, Window
from cmdb.changes.reading import DONE, changes_between
from cmdb.database import Database
from cmdb.history import Kind, timeline
from cmdb.records import Record, instant

NO_CHANGE = frozenset({"no", "sources", "verified_at"})
"""Attributes that say how well a CI is known, and nothing of what it is."""
AT_WORK = DONE | {"under_way"}
MOST = 1000
"""CIs that are looked into at once."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run of discovery found different about a CI (by id)."""

    ci: str
    name: str
    at: datetime
    seq: int
    source: str
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A change that was done, and of whose CIs discovery has seen no difference since."""

    change: Record
    cis: tuple[str, ...]
    """Ids of those that a source of discovery describes."""
    looked: bool
    """Whether any of these sources has run since the window ended."""


def unauthorised(database: Database, since: datetime, until: datetime, late: timedelta) -> list[Seen]:
    """Differences that discovery found in a time on CIs with no change at work, newest first.

    A change explains those found in its window, or up to `late` after it. What is new to the CMDB, and
    changes of relationships, are not looked at.
    """
    seen = [one for ci in _touched(database, since, until) for one in seen_of(database, ci, since, until)]
    at_work = changes_between(database, Window(start=since - late, end=until), AT_WORK)
    plans = [_plan(change) for change in at_work]
    left = [one for one in seen if not any(_explains(plan, one, late) for plan in plans)]
    return sorted(left, key=lambda one: (one.at, one.name), reverse=True)


def unconfirmed(database: Database, since: datetime, until: datetime) -> list[Unconfirmed]:
    """Changes done whose windows have a moment in a time and that discovery has not seen, by their begin.

    What only restarts leaves nothing to be seen; CIs that no source of discovery describes are left out.
    """
    done = changes_between(database, Window(start=since, end=until), DONE)
    return [found for change in done if (found := _unseen(database, change, until))]


def seen_of(database: Database, ci: str, since: datetime, until: datetime) -> Iterator[Seen]:
    """What runs found different about a CI in a time."""
    for entry in timeline(database, ci):
        revision = entry.revision
        if revision.run is None or not since < revision.at <= until:
            continue
        for one in entry.differences:
            fields = tuple(name for name in one.fields if name not in NO_CHANGE)
            if one.kind is Kind.CI and one.before is not None and fields:
                name = one.before["name"]
                yield Seen(ci, name, revision.at, revision.seq, revision.origin, fields)


def _touched(database: Database, since: datetime, until: datetime) -> list[str]:
    rows = database.read(
        """
        MATCH (revision:Revision)
        WHERE revision.at > datetime($since) AND revision.at <= datetime($until) AND revision.run IS NOT NULL
        MATCH (change:Change {revision: revision.id}) WHERE change.kind = 'ci'
        RETURN DISTINCT change.subject AS ci ORDER BY ci LIMIT $most
        """,
        since=instant(since),
        until=until.isoformat(),
        most=MOST,
    )
    return [row["ci"] for row in rows]


def _explains(plan: Plan, seen: Seen, late: timedelta) -> bool:
    return seen.ci in plan.cis and plan.window.start <= seen.at <= plan.window.end + late


def _unseen(database: Database, change: Record, until: datetime) -> Unconfirmed | None:
    plan = _plan(change)
    visible = {ci for step in plan.steps if step.action != "restart" for ci in step.cis}
    sources = _sources(database, visible)
    if not sources or any(_any_seen(database, ci, plan, until) for ci in sources):
        return None
    return Unconfirmed(change, tuple(sorted(sources)), _looked(database, sources.values(), plan.window.end))


def _any_seen(database: Database, ci: str, plan: Plan, until: datetime) -> bool:
    return next(seen_of(database, ci, plan.window.start, until), None) is not None


def _sources(database: Database, cis: Iterable[str]) -> dict[str, list[str]]:
    """The sources of discovery that describe CIs, by id of the CI."""
    rows = database.read(
        """
        UNWIND $cis AS id
        CALL (id) { MATCH (ci:CI {id: id}) RETURN ci UNION MATCH (ci:RetiredCI {id: id}) RETURN ci }
        MATCH (ci)<-[:DESCRIBES]-(record:SourceRecord) WHERE record.source <> $manual
        RETURN id, collect(DISTINCT record.source) AS sources
        """,
        cis=sorted(cis),
        manual=MANUAL,
    )
    return {row["id"]: row["sources"] for row in rows}


def _looked(database: Database, sources: Iterable[list[str]], since: datetime) -> bool:
    names = {name for found in sources for name in found}
    rows = database.read(
        "MATCH (run:Run) WHERE run.source IN $names AND run.started >= $since RETURN run.id LIMIT 1",
        names=sorted(names),
        since=instant(since),
    )
    return bool(rows)


def _plan(change: Record) -> Plan:
    return Plan.model_validate(change.values["plan"])
