"""Incidents with what the graph knows: impact proposed, alerts grouped by what explains them, sweeps."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast, get_args

from cmdb.alerts import Alert, AlertRules, Explains, Taken, load_alert_rules, take_alerts
from cmdb.history import Draft, revise
from cmdb.incidents import (
    AffectedRow,
    Proposed,
    ServiceLevels,
    Swept,
    flags,
    load_service_levels,
    open_incidents,
    sweep,
)
from cmdb.outages import settle_outages, unsettled
from cmdb.priorities import AffectedService, Criticality, PrioritiesFile, load_priorities, propose_impact
from cmdb.records import By, Desk, Edit, Record, get_record, instant, locked, moved, noted
from cmdb.store import Store
from impact import ImpactEngine, Scenario
from impact.causes import SHIPPED, RootCausePolicy
from impact.ongoing import Incidents, RecentChanges
from impact.questions.services_hit import ServicesHit
from impact.scenario.current import base, under_way

INCIDENT = "incident"
FAILS = {"down", "interrupted", "degraded"}


@dataclass(frozen=True, slots=True)
class IncidentPractice:
    """What the commands and routes about incidents work with."""

    store: Store
    desk: Desk
    engine: ImpactEngine
    levels: ServiceLevels
    priorities: PrioritiesFile
    alert_rules: AlertRules
    incidents: Incidents
    root_cause: RootCausePolicy
    changes: RecentChanges

    @classmethod
    def of(cls, store: Store, desk: Desk, engine: ImpactEngine) -> "IncidentPractice":
        """The practice by the policies of a store; raises CatalogueError."""
        levels = load_service_levels(store)
        root_cause = store.policies.read(RootCausePolicy, SHIPPED)
        return cls(
            store=store,
            desk=desk,
            engine=engine,
            levels=levels,
            priorities=load_priorities(store.policies),
            alert_rules=load_alert_rules(store.policies),
            incidents=Incidents(store.database, store.policies),
            root_cause=root_cause,
            changes=RecentChanges(store.database, root_cause),
        )


def hit_by(practice: IncidentPractice, record: Record, now: datetime) -> ServicesHit:
    """The services that an incident hits, with what other incidents and changes under way take down."""
    practice.incidents.follow(practice.engine.graph())
    others = practice.incidents.failing(record.number)
    changes = (change.failing.items() for change in under_way(practice.store.database, now))
    already = base(others, *changes)
    by_condition = _by_condition(record)
    scenario = Scenario(
        failed=by_condition.get("down", frozenset()),
        degraded=by_condition.get("degraded", frozenset()),
        not_impacted=by_condition.get("not_impacted", frozenset()),
        base=already,
    )
    return practice.engine.services_hit(_seen(practice, scenario))


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
        links={link.ci: link.condition for link in record.links},
        revision=hit.revision,
    )


def propose(practice: IncidentPractice, by: By, number: str) -> Record:
    """Work out what the graph proposes for an incident, and keep it where it is not what is kept already.

    Its outages follow.
    """
    record = _proposed(practice, by, number)
    settle_outages(practice.desk, by, practice.levels.rules, record.number)
    return record


def _proposed(practice: IncidentPractice, by: By, number: str) -> Record:
    record = get_record(practice.store.database, number)
    proposed = proposed_by(practice, record, hit_by(practice, record, datetime.now(UTC)))
    told = proposed.model_dump(mode="json")
    if _same(told, record.values.get("proposal")):
        return record
    derived = {"proposed_impact": proposed.impact, "proposal": told}

    def work(draft: Draft) -> Record:
        return noted(draft, practice.desk, by, locked(draft, record.number), "assess", derived=derived)

    return revise(practice.store.database, by.author, work)[0]


def take(practice: IncidentPractice, by: By, alerts: Iterable[Alert]) -> Taken:
    """Take alerts in, and propose the impact of the incidents that they opened or joined."""
    taken = take_alerts(
        practice.store, practice.desk, by, practice.alert_rules, alerts, explains(practice.engine)
    )
    for number in (*taken.opened, *taken.joined):
        propose(practice, by, number)
    return taken


def sweep_incidents(practice: IncidentPractice, by: By, now: datetime) -> list[Swept]:
    """Propose what has been linked since, settle outages, and write down what clocks have come to."""
    for incident in list(open_incidents(practice.store.database)):
        if _is_outdated(incident.record):
            propose(practice, by, incident.record.number)
    for number in unsettled(practice.store.database):
        settle_outages(practice.desk, by, practice.levels.rules, number)
    return sweep(practice.desk, practice.levels, by, now)


def set_major(practice: IncidentPractice, by: By, number: str, manager: str | None) -> Record:
    """Make an incident a major one, led by somebody; None: it is none any longer.

    Raises Refused, NotFound and Conflict.
    """
    step = "declare_major" if manager else "end_major"

    def work(draft: Draft) -> Record:
        record = locked(draft, number)
        edit = Edit(values={"major_manager": manager}) if manager else Edit()
        due = practice.levels.rules.next_update(record.values["priority"], by.at or datetime.now(UTC))
        derived = {**flags(manager is not None), "next_update": instant(due) if manager else None}
        return moved(draft, practice.desk, by, record, step, edit, derived)

    return revise(practice.store.database, by.author, work)[0]


def explains(engine: ImpactEngine) -> Explains:
    """Which of some CIs fail with others that are down or degraded, by the graph."""

    def explained(failing: Mapping[str, str], among: Collection[str]) -> Collection[str]:
        seen = engine.states(Scenario(), failing)
        scenario = Scenario(
            failed=frozenset(ci for ci in seen if failing[ci] == "down"),
            degraded=frozenset(ci for ci in seen if failing[ci] == "degraded"),
        )
        return {ci for ci, state in engine.states(scenario, among).items() if state in FAILS}

    return explained


def _seen(practice: IncidentPractice, scenario: Scenario) -> Scenario:
    """The scenario without CIs that no analysis sees: an incident may be about what is planned or retired."""
    named = practice.engine.states(Scenario(), scenario.named)
    kept = {name: getattr(scenario, name) & named.keys() for name in ("failed", "degraded", "not_impacted")}
    return scenario.model_copy(update=kept)


def _by_condition(record: Record) -> dict[str, frozenset[str]]:
    conditions = {link.condition for link in record.links}
    return {
        condition: frozenset(link.ci for link in record.links if link.condition == condition)
        for condition in conditions
    }


def _criticality(told: str | None) -> Criticality | None:
    """One that the policy knows; None for what an organisation's own catalogue adds."""
    return cast(Criticality, told) if told in get_args(Criticality) else None


def _users(store: Store, ids: Collection[str]) -> dict[str, int]:
    rows = store.database.read(
        "UNWIND $ids AS id MATCH (ci:CI {id: id}) WHERE ci.users IS NOT NULL RETURN id, ci.users AS users",
        ids=list(ids),
    )
    return {row["id"]: row["users"] for row in rows}


def _same(told: Mapping[str, object], kept: Mapping[str, object] | None) -> bool:
    """Whether nothing but the revision differs."""
    return kept is not None and {**told, "revision": 0} == {**kept, "revision": 0}


def _is_outdated(record: Record) -> bool:
    kept = record.values.get("proposal")
    return bool(record.links) and (
        kept is None or kept["links"] != {link.ci: link.condition for link in record.links}
    )
