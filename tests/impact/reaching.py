"""Random graphs for questions that walk: as the engine has them, and as networkx does."""

from dataclasses import dataclass
from random import Random

import networkx as nx

from impact.projection import CIRow, Projection, RelationshipRow, build
from tests.impact.oracle import graph_of, groups_of, in_use
from tests.impact.random_graphs import STATUSES, STRENGTHS, random_group

CLASSES = ("business_service", "application", "virtual_machine")


@dataclass(frozen=True)
class Walk:
    """A graph both ways; nodes of `graph` are numbers, edges point from dependent to provider."""

    projection: Projection
    graph: "nx.DiGraph[int]"
    told: "nx.MultiDiGraph[int]"
    """All relationships, as the oracle of failure reads them."""
    rows: dict[int, CIRow]

    @property
    def inside(self) -> list[int]:
        """The numbers of the CIs in use, ascending."""
        return sorted(self.graph)

    def index(self, no: int) -> int:
        """The index of a CI in use."""
        return int(self.projection.cis.find([no])[0])


def random_walk(rng: Random) -> Walk:
    """Up to 14 CIs with cycles, parallel relationships, all strengths, and CIs outside the analysis."""
    nos = rng.sample(range(1, 60), rng.randint(2, 14))
    cis = [CIRow(no, rng.choice(CLASSES), rng.choice(STATUSES), rng.choice("abc"), uuid(no)) for no in nos]
    groups = [random_group(rng, nos, f"g{index}") for index in range(rng.randint(0, 2 * len(nos)))]
    relationships = [row for rows in groups for row in rows]
    return walk(cis, relationships)


def walk(cis: list[CIRow], relationships: list[RelationshipRow]) -> Walk:
    """The graph of some rows."""
    told = graph_of(cis, relationships, STRENGTHS)
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(in_use(told))
    for group in groups_of(told):
        if group.strength != "none":
            graph.add_edges_from((group.owner, member) for member in group.members)
    return Walk(build(cis, relationships, STRENGTHS), graph, told, {ci.no: ci for ci in cis})


def uuid(no: int) -> str:
    """The id of a CI by number."""
    return f"00000000-0000-7000-8000-{no:012}"


def number(id_: str) -> int:
    """The number of a CI by id."""
    return int(id_.rsplit("-", 1)[1])
