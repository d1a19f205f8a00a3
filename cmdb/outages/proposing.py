"""Outages that follow from incidents: of the services that the graph says they hit, as long as they do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from cmdb.database import Database
from cmdb.history import Draft, revise
from cmdb.incidents import IncidentRules, Timed, timed
from cmdb.outages.causes import CAUSED_BY, outages_of
from cmdb.records import By, Desk, Edit, Record, Related, Span, instant, locked, moved, noted, opened

ACTIVE = ("proposed", "ongoing")
Hit = Literal["down", "degraded"]
AS: Mapping[str, Hit] = {"down": "down", "interrupted": "down", "degraded": "degraded"}
"""What a service's state makes of its outage."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The numbers of the outages that were opened, and of those that ended."""

    opened: tuple[str, ...]
    ended: tuple[str, ...]


def settle_outages(desk: Desk, by: By, rules: IncidentRules, number: str) -> Settled:
    """Open an outage for each service that an incident hits, and end those of services it hits no longer.

    What a person has rejected is not proposed again. Doing it again changes nothing.
    """

    def work(draft: Draft) -> Settled:
        locked(draft, number)
        return _Settling(draft, desk, by, rules, timed(draft.run, number)).settle()

    return revise(desk.database, by.author, work)[0]


def confirm_outage(desk: Desk, by: By, number: str) -> Record:
    """Confirm a proposed outage; one that has ended is over then. Raises as `transition` does."""

    def work(draft: Draft) -> Record:
        return _confirmed(draft, desk, by, locked(draft, number))

    return revise(desk.database, by.author, work)[0]


def unsettled(database: Database) -> list[str]:
    """The numbers of the incidents with an outage that has not ended."""
    rows = database.read(
        """
        MATCH (outage:Outage)-[:RELATES_TO {type: 'caused_by'}]->(incident:Incident)
        WHERE outage.state IN $active AND outage.ended IS NULL
        RETURN DISTINCT incident.number AS number ORDER BY number
        """,
        active=list(ACTIVE),
    )
    return [row["number"] for row in rows]


def _confirmed(draft: Draft, desk: Desk, by: By, outage: Record) -> Record:
    confirmed = moved(draft, desk, by, outage, "confirm")
    return moved(draft, desk, by, confirmed, "end") if "ended" in confirmed.values else confirmed


def _failing(history: list[Span], rules: IncidentRules) -> tuple[datetime | None, datetime | None]:
    """From when until when it has failed the last time; the end is None while it does."""
    began: str | None = None
    ended: str | None = None
    for span in history:
        if span.state in rules.clocks.restore:
            ended = ended or span.since
        else:
            began = span.since if began is None or ended else began
            ended = None
    return _moment(began), _moment(ended)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class _Settling:
    draft: Draft
    desk: Desk
    by: By
    rules: IncidentRules
    incident: Timed

    def settle(self) -> Settled:
        began, ended = _failing(list(self.incident.history), self.rules)
        known = [one for one in outages_of(self.draft, self.incident.record.number) if one.links]
        hit = self._hit() if ended is None else {}
        over = [one for one in known if one.state in ACTIVE and "ended" not in one.values]
        over = [one for one in over if hit.get(one.links[0].ci) != one.values["type"]]
        for outage in over:
            self._end(outage, ended or self.by.at or datetime.now(UTC))
        settled = {(one.links[0].ci, one.values["type"]) for one in known if self._settles(one)}
        missing = [service for service, type_ in hit.items() if (service, type_) not in settled]
        opened_ = [self._open(service, hit[service], self._began(known, began)) for service in missing]
        return Settled(tuple(opened_), tuple(one.number for one in over))

    def _settles(self, outage: Record) -> bool:
        """Whether there is no need of another: it goes on, or a person said that there is none."""
        return outage.state == "rejected" or (outage.state in ACTIVE and "ended" not in outage.values)

    def _hit(self) -> dict[str, Hit]:
        proposal = self.incident.record.values.get("proposal") or {"services": ()}
        return {service["id"]: AS[service["state"]] for service in proposal["services"]}

    def _began(self, known: list[Record], began: datetime | None) -> datetime:
        """The onset for the first time; after a relapse, when that was."""
        onset = _moment(self.incident.record.values.get("onset"))
        return (None if known else onset) or began or datetime.now(UTC)

    def _open(self, service: str, type_: Hit, began: datetime) -> str:
        name = next(one["name"] for one in self._services() if one["id"] == service)
        edit = Edit(
            values={"title": f"{name} {type_}", "type": type_, "began": began},
            links={service: "affected"},
            related=frozenset({Related(CAUSED_BY, self.incident.record.number)}),
        )
        outage = opened(self.draft, self.desk, self.by, "outage", edit)
        if self.rules.outages.confirm == "automatic":
            _confirmed(self.draft, self.desk, self.by, outage)
        return outage.number

    def _services(self) -> list[dict[str, Any]]:
        return list(self.incident.record.values["proposal"]["services"])

    def _end(self, outage: Record, at: datetime) -> None:
        edit = Edit(values={"ended": max(instant(at), outage.values["began"])})
        if outage.state == "ongoing":
            moved(self.draft, self.desk, self.by, outage, "end", edit)
        else:
            noted(self.draft, self.desk, self.by, outage, "edit", edit)
