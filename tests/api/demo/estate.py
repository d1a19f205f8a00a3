"""The demo estate as the graph has it, and what failure does to it by a fixed point of its own, so that
the story does not rest on the analysis it is to show."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import Any

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.people import teams


@dataclass
class Group:
    """One dependent's providers with their weights, and how much of it must be up."""

    dependent: str
    strength: str
    need: str
    members: dict[str, int] = field(default_factory=dict)

    @property
    def needed(self) -> int:
        total = sum(self.members.values())
        if self.need.endswith("%"):
            return ceil(total * int(self.need[:-1]) / 100)
        return min(int(self.need or total), total)

    def falls_short(self, without: set[str]) -> bool:
        return sum(w for ci, w in self.members.items() if ci not in without) < self.needed

    def loses_redundancy(self, down: set[str]) -> bool:
        if self.strength == "guard":
            return self.falls_short(down)
        return self.strength in ("hard", "soft") and not down.isdisjoint(self.members)


@dataclass(frozen=True)
class Estate:
    """CIs by the native id of the register, or by name where it does not know them."""

    catalogue: Catalogue
    cis: Mapping[str, Mapping[str, Any]]
    relationships: list[Mapping[str, Any]]
    teams: set[str]

    @cached_property
    def current(self) -> set[str]:
        """What takes part in analyses."""
        return {ci for ci, row in self.cis.items() if row["status"] not in ("planned", "in_stock")}

    @cached_property
    def groups(self) -> list[Group]:
        """The redundancy groups of current CIs; a relationship without one is a group of one."""
        found: dict[tuple[Any, ...], Group] = {}
        for number, row in enumerate(self.relationships):
            if not {row["from"], row["to"]} <= self.current:
                continue
            terms = row["terms"]
            strength = terms.get("strength") or self.catalogue.relationship(row["type"].lower()).strength
            identity = (row["from"], terms.get("group", number))
            group = found.setdefault(identity, Group(row["from"], strength, str(terms.get("need", ""))))
            group.members[row["to"]] = terms.get("weight", 1)
        return list(found.values())

    def after(self, *failed: str) -> dict[str, str]:
        """State of every CI that is not up when the given ones fail."""
        down, degraded = set(failed), set[str]()
        before = -1
        while before != len(down) + len(degraded):
            before = len(down) + len(degraded)
            for group in self.groups:
                lost = group.falls_short(down)
                if group.strength == "hard" and lost:
                    down.add(group.dependent)
                elif (group.strength == "soft" and lost) or (
                    group.strength == "hard" and group.falls_short(down | degraded)
                ):
                    degraded.add(group.dependent)
        at_risk = {group.dependent for group in self.groups if group.loses_redundancy(down)}
        states = [(at_risk, "at risk"), (degraded, "degraded"), (down, "down")]
        return {ci: state for members, state in states for ci in members}

    def of_class(self, ci_class: str, states: Mapping[str, str], state: str) -> set[str]:
        """The CIs of a class that are in a state."""
        return {ci for ci, s in states.items() if s == state and self.cis[ci]["class"] == ci_class}

    def services_down(self, *failed: str) -> set[str]:
        """The business services that are down when the given ones fail."""
        return self.of_class("business_service", self.after(*failed), "down")


def estate_in(database: Database, catalogue: Catalogue) -> Estate:
    """What the database holds."""
    rows = database.read(
        """
        MATCH (ci:CI)
        RETURN properties(ci) AS ci,
               [(ci)<-[:DESCRIBES]-(record:SourceRecord {source: 'csv'}) | record.native_id] AS registered
        """
    )
    registered = {id_ for row in rows for id_ in row["registered"]}
    names = Counter(row["ci"]["name"] for row in rows)
    called = {}
    for row in rows:
        name = row["ci"]["name"]
        plain = name not in registered and names[name] == 1
        called[row["ci"]["id"]] = (row["registered"] or [name if plain else row["ci"]["id"]])[0]
    related = database.read(
        """
        MATCH (dependent:CI)-[relationship]->(provider:CI)
        RETURN dependent.id AS dependent, type(relationship) AS type, provider.id AS provider,
               properties(relationship) AS terms
        """
    )
    return Estate(
        catalogue,
        {called[row["ci"]["id"]]: row["ci"] for row in rows},
        [
            {
                "from": called[one["dependent"]],
                "type": one["type"],
                "to": called[one["provider"]],
                "terms": one["terms"],
            }
            for one in related
        ],
        {team.name for team in teams(database)},
    )
