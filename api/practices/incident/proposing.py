"""The impact of an incident by the graph, on top of what fails already."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast, get_args

from api.practices.incident.practice import IncidentPractice
from api.practices.telling import scenario_of
from cmdb.history import Draft, revise
from cmdb.incidents import AffectedRow, Proposed
from cmdb.outages import settle_outages
from cmdb.priorities import AffectedService, Criticality, propose_impact
from cmdb.records import By, Edit, Record, get_record, locked, noted
from cmdb.store import Store
from impact.questions.services_hit import ServicesHit
from impact.scenario.current import UnderWay, base, under_way


def hit_by(practice: IncidentPractice, record: Record, at_work: Iterable[UnderWay]) -> ServicesHit:
    """The services that an incident hits, with what other incidents and changes under way take down."""
    graph = practice.engine.graph()
    practice.incidents.follow(graph)
    others = practice.incidents.failing(record.number)
    changes = (change.failing.items() for change in at_work)
    already = base(others, *changes)
    return practice.engine.services_hit(scenario_of(graph, record.conditions, already))


def proposed_by(practice: IncidentPractice, record: Record, hit: ServicesHit) -> Proposed:
    """The impact that the graph proposes for an incident, from the services that it hits."""
    users = _users(practice.store, [service.id for service in hit.services])
    affected = {
        service.id: AffectedService(
            service.name, _criticality(service.criticality), users.get(service.id), service.state
        )
        for service in hit.services
    }
    proposal = propose_impact(practice.priorities.proposal, affected.values())
    points = {id(weighed.service): weighed.points for weighed in proposal.services}
    return Proposed(
        impact=proposal.impact,
        points=proposal.points,
        reason=proposal.reason,
        services=tuple(
            AffectedRow(
                id=service.id,
                name=service.name,
                class_name=service.class_,
                criticality=affected[service.id].criticality,
                users=users.get(service.id),
                state=service.state,
                points=points[id(affected[service.id])],
            )
            for service in hit.services
        ),
        links=record.conditions,
        revision=hit.revision,
    )


def propose(practice: IncidentPractice, by: By, number: str) -> Record:
    """Work out what the graph proposes for an incident, and keep it where it is not what is kept already.

    Its outages follow.
    """
    record = _proposed(practice, by, number)
    settle_outages(practice.desk, by, practice.levels.rules, record.number)
    return record


def follow_links(practice: IncidentPractice, by: By, record: Record, edit: Edit) -> Record:
    """Propose anew where an edit has written the links of an open incident; any other record stays."""
    if record.kind != "incident" or not record.open or not (edit.links or edit.unlinked):
        return record
    return propose(practice, replace(by, note="", at=None), record.number)


def _proposed(practice: IncidentPractice, by: By, number: str) -> Record:
    record = get_record(practice.store.database, number)
    proposed = proposed_by(
        practice, record, hit_by(practice, record, under_way(practice.store.database, datetime.now(UTC)))
    )
    told = proposed.model_dump(mode="json")
    if _same(told, record.values.get("proposal")):
        return record
    derived = {"proposed_impact": proposed.impact, "proposal": told}

    def work(draft: Draft) -> Record:
        return noted(draft, practice.desk, by, locked(draft, record.number), "assess", derived=derived)

    return revise(practice.store.database, by.author, work)[0]


def _criticality(told: str | None) -> Criticality | None:
    """One that the policy knows; None for what an organisation's own catalogue adds."""
    return cast(Criticality, told) if told in get_args(Criticality) else None


def _users(store: Store, ids: Collection[str]) -> dict[str, int]:
    if not ids:
        return {}
    rows = store.database.read(
        "UNWIND $ids AS id MATCH (ci:CI {id: id}) WHERE ci.users IS NOT NULL RETURN id, ci.users AS users",
        ids=list(ids),
    )
    return {row["id"]: row["users"] for row in rows}


def _same(told: Mapping[str, object], kept: Mapping[str, object] | None) -> bool:
    """Whether nothing but the revision differs."""
    return kept is not None and {**told, "revision": 0} == {**kept, "revision": 0}
