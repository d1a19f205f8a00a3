"""What is so now: what open incidents, changes under way and maintenance say is down or degraded."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from cmdb.changes import Effect, Plan
from cmdb.database import Database
from cmdb.incidents import load_rules
from cmdb.policy import Policies
from cmdb.records.record import record_of
from impact.scenario.scenario import Base

Condition = Literal["down", "degraded"]
Failing = Mapping[str, Condition]
"""Conditions of CIs, by id."""

CONDITIONS: Mapping[Effect, Condition] = {"down": "down", "degraded": "degraded"}


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A change that is being carried out, and what its steps do to CIs at this moment, as planned."""

    number: str
    title: str
    cis: frozenset[str]
    failing: Failing


def current(database: Database, policies: Policies, now: datetime) -> Base:
    """What is down or degraded now, before anything else fails."""
    restored = sorted(load_rules(policies).clocks.restore)
    rows = database.read(
        """
        CALL () {
            MATCH (record:Record {kind: 'incident', open: true})-[link:CONCERNS]->(ci:CI)
            WHERE NOT record.state IN $restored
            RETURN ci.id AS ci, link.condition AS condition
            UNION
            MATCH (ci:CI {status: 'maintenance'}) RETURN ci.id AS ci, 'down' AS condition
        }
        WITH ci, condition WHERE condition IN ['down', 'degraded']
        RETURN ci, condition
        """,
        restored=restored,
    )
    changes = [change.failing for change in under_way(database, now)]
    return base([(row["ci"], row["condition"]) for row in rows], *(change.items() for change in changes))


def base(*told: Iterable[tuple[str, Condition]]) -> Base:
    """The base of several tellings; down outweighs degraded."""
    by_condition: dict[Condition, set[str]] = {"down": set(), "degraded": set()}
    for one in told:
        for ci, condition in one:
            by_condition[condition].add(ci)
    down, degraded = by_condition["down"], by_condition["degraded"]
    return Base(down=frozenset(down), degraded=frozenset(degraded - down))


def under_way(database: Database, now: datetime) -> list[UnderWay]:
    """The changes that are being carried out, by number."""
    rows = database.read(
        """
        MATCH (record:Record {kind: 'change', open: true}) WHERE record.state = 'under_way'
        RETURN properties(record) AS record ORDER BY record.number
        """
    )
    return list(_under_way((record_of(row["record"]) for row in rows), now))


def _under_way(records: Iterable[Any], now: datetime) -> Iterator[UnderWay]:
    for record in records:
        plan = Plan.model_validate(record.values["plan"])
        yield UnderWay(record.number, record.values["title"], plan.cis, dict(_failing(plan, now)))


def _failing(plan: Plan, now: datetime) -> Iterator[tuple[str, Condition]]:
    """What the steps of this moment do; a change that is late does what its last step does."""
    steps = plan.schedule()
    active = [one for one in steps if one.begin <= now and (one.recovered is None or now < one.recovered)]
    if not active and now >= steps[-1].begin:
        active = [steps[-1]]
    told = [(ci, CONDITIONS.get(one.step.effect)) for one in active for ci in one.step.cis]
    effects = [(ci, condition) for ci, condition in told if condition]
    yield from sorted(effects, key=lambda effect: effect[1], reverse=True)
