"""All that helps to diagnose an incident, on one page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from api.practices.incident.likely import likely_causes
from api.practices.incident.page_models import (
    CarriedOut,
    Changed,
    ClockView,
    IncidentPage,
    Other,
    Supporter,
)
from api.practices.incident.practice import IncidentPractice
from api.practices.incident.proposing import hit_by, proposed_by
from api.practices.problem.known_errors import known_errors_for
from api.records import log_view, view
from cmdb.alerts import alerts_of_incident
from cmdb.clocks import read_clock
from cmdb.incidents import Timed, onset, timed
from cmdb.people import ROLES, teams
from cmdb.records import Record, read_log, records_of_cis, related_to
from cmdb.store import ci_names
from impact import Prior
from impact.beneath import ChangeRecord, Foundation, carried_out
from impact.questions.services_hit import HitService
from impact.scenario.current import UnderWay, under_way

MOST = 10


def incident_page(practice: IncidentPractice, number: str, now: datetime | None = None) -> IncidentPage:
    """The page of an incident; raises NotFound."""
    now = now or datetime.now(UTC)
    incident = timed(practice.store.database.read, number)
    one_graph = replace(practice, engine=practice.engine.held())
    return _Page(one_graph, incident, now).page()


class _Page:
    def __init__(self, practice: IncidentPractice, incident: Timed, now: datetime) -> None:
        self._practice, self._incident, self._now = practice, incident, now
        self._database = practice.store.database
        self._record = incident.record
        self._cis = [link.ci for link in self._record.links if link.condition != "not_impacted"]
        self._graph = practice.engine.graph()
        self._at_work = under_way(self._database, now)
        self._beneath = Foundation(self._graph, self._cis)

    def page(self) -> IncidentPage:
        record, practice = self._record, self._practice
        hit = hit_by(practice, record, self._at_work)
        suspects = practice.changes.since(self._since)
        likely = likely_causes(practice, record, self._beneath, suspects)
        return IncidentPage(
            record=view(practice.desk, record),
            proposal=proposed_by(practice, record, hit),
            services=hit.services,
            lost_redundancy=hit.lost_redundancy,
            clocks=list(self._clocks()),
            causes=list(likely.causes),
            together_with=list(likely.together_with),
            changed=self._changed(suspects),
            carried_out=self._carried_out(),
            known_errors=known_errors_for(self._database, self._beneath, self._cis, record.to("known_error")),
            similar=practice.incidents.similar(record, self._graph),
            collisions=[*self._changes_under_way(), *self._other_incidents()],
            support=self._support(hit.services),
            alerts=alerts_of_incident(self._database, record.number, MOST),
            outages=[
                Other(number=one.number, kind=one.kind, title=one.values["title"], why=one.state)
                for _, one in related_to(self._database, record.number)
                if one.kind == "outage"
            ],
            log=log_view(record, read_log(self._database, record.number)),
        )

    @property
    def _since(self) -> datetime:
        """From when on changes make suspect."""
        return onset(self._record) - timedelta(hours=self._practice.root_cause.changes.hours)

    def _clocks(self) -> Iterator[ClockView]:
        for one in self._practice.levels.clocks(self._incident):
            reading = read_clock(one.clock, self._now)
            yield ClockView(
                kind=one.kind,
                agreement=one.promise.agreement,
                state=reading.state,
                due=reading.due,
                target=int(one.promise.target.total_seconds()),
                elapsed=int(reading.elapsed.total_seconds()),
                remaining=int(reading.remaining.total_seconds()),
                share=round(reading.share, 1),
            )

    def _changed(self, suspects: Sequence[Prior]) -> list[Changed]:
        beneath = self._beneath.distances(one.ci for one in suspects)
        found = [one for one in suspects if one.ci in beneath][:MOST]
        names = ci_names(self._database, {one.ci for one in found}) if found else {}
        return [
            Changed(
                ci=one.ci, name=names.get(one.ci, one.ci), steps=beneath[one.ci], at=one.at, what=one.what
            )
            for one in found
        ]

    def _carried_out(self) -> list[CarriedOut]:
        found = carried_out(self._database, self._beneath, self._since)[:MOST]
        names = ci_names(self._database, {ci for one in found for ci in one.cis}) if found else {}
        return [_told(one, names) for one in found]

    def _changes_under_way(self) -> Iterator[Other]:
        for change in self._at_work:
            if beneath := self._beneath.distances(change.cis):
                yield Other(
                    number=change.number, kind="change", title=change.title, why=_far(change, beneath)
                )

    def _other_incidents(self) -> Iterator[Other]:
        for other in records_of_cis(self._database, self._cis, "incident", open_only=True)[: MOST + 1]:
            if other.number != self._record.number:
                yield Other(
                    number=other.number, kind="incident", title=other.values["title"], why="about the same CI"
                )

    def _support(self, services: Iterable[HitService]) -> list[Supporter]:
        roles: dict[str, list[str]] = {}
        for team, role in (*_own(self._record), *self._supporting(), *_around(services)):
            if role not in roles.setdefault(team, []):
                roles[team].append(role)
        known = {team.name: asdict(team) for team in teams(self._database, roles)}
        return [
            Supporter(team=name, roles=told, **_reached(known.get(name, {}))) for name, told in roles.items()
        ]

    def _supporting(self) -> Iterator[tuple[str, str]]:
        rows = self._database.read(
            """
            UNWIND $ids AS id MATCH (ci:CI {id: id})
            RETURN ci.name AS name, ci.supported_by AS supported_by, ci.owner AS owner
            """,
            ids=self._cis,
        )
        for row in rows:
            for role in ("supported_by", "owner"):
                if row[role]:
                    yield row[role], f"{ROLES[role]} {row['name']}"


def _own(record: Record) -> Iterator[tuple[str, str]]:
    if team := record.values.get("team"):
        yield team, "works on it"


def _around(services: Iterable[HitService]) -> Iterator[tuple[str, str]]:
    for service in services:
        for one in service.teams:
            yield one.team, f"{ROLES[one.role]} {service.name}"


def _reached(team: dict[str, Any]) -> dict[str, Any]:
    return {name: team.get(name, "") for name in ("email", "chat", "on_call", "phone")}


def _far(change: UnderWay, beneath: dict[str, int]) -> str:
    steps = min(beneath.values())
    where = f"{steps} steps beneath" if steps else "on the same CI"
    return f"under way {where}" + (", which it takes down or degrades now" if change.failing else "")


def _told(one: ChangeRecord, names: dict[str, str]) -> CarriedOut:
    return CarriedOut(**{**asdict(one), "cis": [names.get(ci, ci) for ci in one.cis]})
