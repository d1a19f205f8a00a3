"""Who is to hear of a cause, and what: the owners of the services that suffered."""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, Field

from cmdb.errors import Conflict
from cmdb.problems import CAUSE, began, incidents_of
from cmdb.records import Record, get_record, related_to
from cmdb.store import Store, ci_names
from impact import ImpactEngine, Scenario, listing

MOST_NAMES = 10


class Recipient(BaseModel):
    """A team that owns services which suffered."""

    team: str
    services: list[str] = Field(description="Names.")


class Notice(BaseModel):
    """A text, and the teams that it goes to."""

    recipients: list[Recipient]
    unowned: list[str] = Field(description="Services that suffered, and that nobody owns.")
    text: str


def notice(store: Store, engine: ImpactEngine, number: str) -> Notice:
    """What to tell whom of the cause of a problem. Raises NotFound, and Conflict while it has no cause."""
    problem = get_record(store.database, number)
    causes = [link.ci for link in problem.links if link.condition == CAUSE]
    if not causes:
        raise Conflict(
            f"No CI is linked to {problem.number} as its {CAUSE}, so there is nothing to tell yet."
        )
    incidents = incidents_of(store.database, problem.number)
    suffered = {id_ for one in incidents for id_ in _suffered(engine, one)}
    services = _owned(store, suffered)
    teams = sorted({team for _, team in services if team})
    names = ci_names(store.database, causes)
    return Notice(
        recipients=[Recipient(team=team, services=_of(team, services)) for team in teams],
        unowned=_of(None, services),
        text="\n".join(_lines(problem, [*names.values()], incidents, [name for name, _ in services]))
        + _ending(store, problem),
    )


def _of(team: str | None, services: Iterable[tuple[str, str | None]]) -> list[str]:
    return [name for name, owner in services if owner == team]


def _suffered(engine: ImpactEngine, incident: Record) -> Iterable[str]:
    """The services (ids) that an incident hit: as it was told then, else as the graph says now."""
    if told := incident.values.get("proposal"):
        return [service["id"] for service in told["services"]]
    conditions = {link.ci: link.condition for link in incident.links}
    seen = engine.states(Scenario(), conditions)
    scenario = Scenario(
        failed=frozenset(ci for ci in seen if conditions[ci] == "down"),
        degraded=frozenset(ci for ci in seen if conditions[ci] == "degraded"),
        not_impacted=frozenset(ci for ci in seen if conditions[ci] == "not_impacted"),
    )
    return [service.id for service in engine.services_hit(scenario).services]


def _owned(store: Store, services: Iterable[str]) -> list[tuple[str, str | None]]:
    """The names of services, each with the team that owns it."""
    rows = store.database.read(
        "MATCH (ci:CI) WHERE ci.id IN $ids RETURN ci.name AS name, ci.owner AS owner ORDER BY name, ci.id",
        ids=list(services),
    )
    return [(row["name"], row["owner"]) for row in rows]


def _lines(problem: Record, causes: list[str], incidents: list[Record], services: list[str]) -> Iterator[str]:
    values = problem.values
    yield f"{problem.number}, {values['title']}: the cause is {listing(sorted(causes))}."
    if why := values.get("root_cause"):
        yield f"{why.rstrip('.')}."
    if incidents:
        days = sorted(began(one)[:10] for one in incidents)
        yield f"Incidents that it caused: {len(incidents):,}, from {days[0]} to {days[-1]}."
    if services:
        yield f"Services that suffered: {listing(services, MOST_NAMES)}."
    if workaround := values.get("workaround"):
        yield f"What helps until it is ended: {workaround.rstrip('.')}."


def _ending(store: Store, problem: Record) -> str:
    """The changes and releases that end it, by its own word or that of its known errors."""
    errors = [error for type_, error in related_to(store.database, problem.number) if type_ == "of"]
    ends = {number for record in (problem, *errors) for number in record.to("ended_by")}
    return f"\nWhat ends it: {listing(sorted(ends))}." if ends else ""
