"""Single points of failure and minimal cut sets by definition: every set of failures is tried."""

from collections.abc import Iterator
from itertools import combinations

import networkx as nx

from tests.impact.oracle import Group, Question, groups_of, in_use


class Trials:
    """A graph under a scenario, in which further CIs fail; those down already or pinned cannot."""

    def __init__(self, graph: "nx.MultiDiGraph[int]", question: Question) -> None:
        self._groups = [group for group in groups_of(graph) if group.strength == "hard"]
        self._question = question
        self.before = self.down(frozenset())
        self.candidates = sorted(set(in_use(graph)) - self.before - question.not_impacted)

    def down(self, failures: frozenset[int]) -> frozenset[int]:
        """All that is down when some CIs fail on top of the scenario."""
        down = failures | self._question.failed
        while more := {group.owner for group in self._groups if self._lost(group, down)} - down:
            down |= more
        return down

    def single_points(self, service: int) -> set[int]:
        """Other CIs without which a service that is up is down."""
        return {ci for (ci,) in self.cut_sets(service, 1)}

    def cut_sets(self, service: int, most: int) -> set[tuple[int, ...]]:
        """The minimal sets of at most `most` other CIs without which a service that is up is down."""
        return set(self._cut_sets(service, most)) if service in self.candidates else set()

    def _cut_sets(self, service: int, most: int) -> Iterator[tuple[int, ...]]:
        found: list[set[int]] = []
        others = [ci for ci in self.candidates if ci != service]
        for size in range(1, most + 1):
            for failures in combinations(others, size):
                if any(cut <= set(failures) for cut in found):
                    continue
                if service in self.down(frozenset(failures)):
                    found.append(set(failures))
                    yield failures

    def _lost(self, group: Group, down: frozenset[int]) -> bool:
        if group.owner in self._question.not_impacted:
            return False
        return sum(weight for ci, weight in group.members.items() if ci not in down) < group.need
