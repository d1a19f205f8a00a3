"""The rules of failure by definition: plain Python on networkx, slow, independent of the engine.

Nodes are CI numbers with `status`; edges of the multigraph point from dependent to provider and
carry `group`, `need`, `strength`, `weight`. Every round applies every rule to every CI, until
nothing changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

import networkx as nx

from impact.projection import CIRow, RelationshipRow

WORSE = ["up", "at_risk", "degraded", "down"]
ORDER = ["none", "guard", "soft", "hard"]


@dataclass(frozen=True)
class Group:
    """A group with the weights of its members."""

    owner: int
    members: dict[int, int]
    need: int
    strength: str


@dataclass(frozen=True)
class Question:
    """What is declared."""

    failed: frozenset[int] = frozenset()
    degraded: frozenset[int] = frozenset()
    not_impacted: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Answer:
    """The state of every CI, and the round in which it got it."""

    state: dict[int, str]
    round: dict[int, int]


def graph_of(
    cis: Iterable[CIRow], relationships: Iterable[RelationshipRow], strengths: dict[str, str]
) -> "nx.MultiDiGraph[int]":
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    graph.add_nodes_from((ci.no, {"status": ci.status}) for ci in cis)
    for index, row in enumerate(relationships):
        graph.add_edge(
            row.dependent,
            row.provider,
            group=f"alone {index}" if row.group is None else f"group {row.group}",
            need=row.need,
            strength=row.strength or strengths[row.type],
            weight=row.weight or 1,
        )
    return graph


def in_use(graph: "nx.MultiDiGraph[int]") -> list[int]:
    return [no for no in graph if graph.nodes[no]["status"] not in ("planned", "in_stock")]


def groups_of(graph: "nx.MultiDiGraph[int]") -> list[Group]:
    idle = set(graph) - set(in_use(graph))
    found = []
    for owner in graph:
        by_name: dict[str, list[tuple[int, dict[str, object]]]] = {}
        for _, provider, data in graph.out_edges(owner, data=True):
            by_name.setdefault(data["group"], []).append((provider, data))
        if owner not in idle:
            found += [group_of(owner, rows, idle) for rows in by_name.values()]
    return found


def group_of(owner: int, rows: list[tuple[int, dict[str, object]]], idle: set[int]) -> Group:
    members: dict[int, int] = {}
    for provider, data in rows:
        if provider not in idle:
            weight = int(str(data["weight"]))
            members[provider] = max(weight, members.get(provider, 0))
    need = needed(rows[0][1]["need"], sum(members.values()))
    used = [data for provider, data in rows if provider in members] or [data for _, data in rows]
    strength = max((str(data["strength"]) for data in used), key=ORDER.index)
    return Group(owner, members, need, strength)


def needed(need: object, total: int) -> int:
    if need is None:
        return total
    if isinstance(need, str):
        share = Decimal(need.rstrip("%")) * total / 100
        need = int(share.to_integral_value(ROUND_CEILING))
    assert isinstance(need, int)
    return min(need, total)


def solve(graph: "nx.MultiDiGraph[int]", question: Question) -> Answer:
    groups = groups_of(graph)
    cis = in_use(graph)
    state = {ci: declared(ci, question) for ci in cis}
    rounds = dict.fromkeys(cis, 0)
    count = 0
    while True:
        count += 1
        forced = {ci: state[ci] for ci in cis}
        for group in groups:
            if group.owner not in question.not_impacted:
                forced[group.owner] = max(forced[group.owner], forces(group, state), key=WORSE.index)
        changed = [ci for ci in cis if forced[ci] != state[ci]]
        if not changed:
            return Answer(state, rounds)
        rounds |= dict.fromkeys(changed, count)
        state = forced


def declared(ci: int, question: Question) -> str:
    if ci in question.failed:
        return "down"
    return "degraded" if ci in question.degraded else "up"


def forces(group: Group, state: dict[int, str]) -> str:
    """The state that a group forces on its owner."""
    up = sum(weight for ci, weight in group.members.items() if state[ci] != "down")
    sound = sum(w for ci, w in group.members.items() if state[ci] not in ("down", "degraded"))
    some_down = any(state[ci] == "down" for ci in group.members)
    lost, weakened = up < group.need, sound < group.need
    match group.strength:
        case "hard":
            return "down" if lost else "degraded" if weakened else "at_risk" if some_down else "up"
        case "soft":
            return "degraded" if lost else "at_risk" if some_down else "up"
        case "guard":
            return "at_risk" if lost else "up"
    return "up"


def reached(graph: "nx.MultiDiGraph[int]", failed: Iterable[int]) -> set[int]:
    """Everything that depends on something failed, whatever the redundancy."""
    effective: nx.DiGraph[int] = nx.DiGraph()
    effective.add_nodes_from(graph)
    for group in groups_of(graph):
        if group.strength != "none":
            effective.add_edges_from((group.owner, member) for member in group.members)
    return set(failed).union(*(nx.ancestors(effective, ci) for ci in failed))
