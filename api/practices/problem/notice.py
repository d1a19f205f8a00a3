"""Who is to hear of a cause, and what: the owners of the services that suffered."""

from collections.abc import Iterable, Iterator

from api.practices.mail import mailed
from api.practices.telling import scenario_of
from cmdb.access import Action
from cmdb.errors import Conflict
from cmdb.incidents import Notice, Recipient, onset
from cmdb.people import teams
from cmdb.problems import CAUSE, incidents_of, inform
from cmdb.records import By, Desk, Record, get_record, related_to
from cmdb.settings import Settings
from cmdb.store import Store, ci_names
from impact import ImpactEngine, listing

MOST_NAMES = 10


def propose_notice(store: Store, engine: ImpactEngine, number: str) -> Notice:
    """What to tell whom of the cause of a problem. Raises NotFound, and Conflict while it has no cause."""
    problem = get_record(store.database, number)
    causes = problem.linked_as(CAUSE)
    if not causes:
        raise Conflict(f"No CI is linked to {problem.number} as its {CAUSE}: there is nothing to tell yet.")
    incidents = incidents_of(store.database, problem.number)
    services = _owned(store, {id_ for one in incidents for id_ in _suffered(engine, one)})
    names = sorted(ci_names(store.database, causes).values())
    lines = [*_lines(problem, names, incidents, [name for name, _ in services]), *_ending(store, problem)]
    subject = f"Cause found: {problem.values['title']} ({problem.number})"
    return Notice(subject, "\n".join(lines), tuple(_recipients(store, services)))


def send_notice(
    store: Store, desk: Desk, settings: Settings, by: By, number: str, notice: Notice
) -> tuple[Record, list[str]]:
    """Mail a notice to those with an address, where a server is set, and keep it in the log of a problem.

    The addresses that were mailed come with the record. Raises Unavailable, Refused and NotFound.
    """
    by.actor.require(Action.WRITE)
    known = get_record(store.database, number).number
    sent = mailed(settings, notice)
    return inform(desk, by, known, notice, sent), sent


def _recipients(store: Store, services: Iterable[tuple[str, str | None]]) -> Iterator[Recipient]:
    owned: dict[str, list[str]] = {}
    for name, team in services:
        if team:
            owned.setdefault(team, []).append(name)
    emails = {team.name: team.email for team in teams(store.database, owned)}
    for team, names in sorted(owned.items()):
        yield Recipient(team, f"owns {listing(names, MOST_NAMES)}", emails.get(team, ""))


def _suffered(engine: ImpactEngine, incident: Record) -> Iterable[str]:
    """The services (ids) that an incident hit: as it was told then, else as the graph says now."""
    if told := incident.values.get("proposal"):
        return [service["id"] for service in told["services"]]
    hit = engine.services_hit(scenario_of(engine.graph(), incident.conditions))
    return [service.id for service in hit.services]


def _owned(store: Store, services: Iterable[str]) -> list[tuple[str, str | None]]:
    """The names of services, each with the team that owns it."""
    rows = store.database.read(
        "MATCH (ci:CI) WHERE ci.id IN $ids RETURN ci.name AS name, ci.owner AS owner ORDER BY name, ci.id",
        ids=list(services),
    )
    return [(row["name"], row["owner"]) for row in rows]


def _lines(problem: Record, causes: list[str], incidents: list[Record], services: list[str]) -> Iterator[str]:
    values = problem.values
    yield f"The cause is {listing(causes)}."
    if why := values.get("root_cause"):
        yield f"{why.rstrip('.')}."
    if incidents:
        days = sorted(f"{onset(one):%F}" for one in incidents)
        yield f"Incidents that it caused: {len(incidents):,}, from {days[0]} to {days[-1]}."
    if services:
        yield f"Services that suffered: {listing(services, MOST_NAMES)}."
    if workaround := values.get("workaround"):
        yield f"What helps until it is ended: {workaround.rstrip('.')}."


def _ending(store: Store, problem: Record) -> Iterator[str]:
    """The changes and releases that end it, by its own word or that of its known errors."""
    errors = [error for type_, error in related_to(store.database, problem.number) if type_ == "of"]
    ends = {number for record in (problem, *errors) for number in record.to("ended_by")}
    if ends:
        yield f"What ends it: {listing(sorted(ends))}."
