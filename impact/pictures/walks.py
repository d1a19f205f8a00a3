"""The answers that walk the graph, as pictures."""

from collections.abc import Iterator
from itertools import pairwise

from impact.drawing import Edge, Group, Node, Picture
from impact.questions.common import CommonProviders
from impact.questions.dependents import Dependents
from impact.questions.paths import Link, Path, Paths
from impact.questions.service_map import MapCI, MapGroup, ServiceMap


def map_picture(answer: ServiceMap) -> Picture:
    """A service map; over CIs that are left out, a line of no strength leads to what lies behind them."""
    cis = [ci for layer in answer.layers for ci in layer.cis]
    shown = {ci.id for ci in cis}
    causes = {ci.id for ci in (*answer.scenario.failed, *answer.scenario.degraded)}
    return Picture(
        nodes=tuple(
            Node(ci.id, ci.name, ci.class_, ci.state, ci.criticality, ci.distance, ci.id in causes)
            for ci in cis
        ),
        groups=tuple(_group(ci, group, shown) for ci in cis for group in ci.groups if _is_box(group, shown)),
        edges=tuple(edge for ci in cis for edge in _edges(ci, shown)),
        title=f"What {answer.service.name} stands on",
    )


def dependents_picture(answer: Dependents) -> Picture:
    """The dependents of a CI, each tied to the nearest one beneath it."""
    failing = Node(answer.ci.id, answer.ci.name, answer.ci.class_, "down", distance=0, cause=True)
    found = sorted(answer.dependents, key=lambda ci: ci.distance)
    return Picture(
        nodes=(
            failing,
            *(Node(ci.id, ci.name, ci.class_, ci.state, ci.criticality, ci.distance) for ci in found),
        ),
        edges=tuple(Edge(ci.id, ci.parent, _over(ci.skipped), "none") for ci in found),
        title=f"If {answer.ci.name} fails alone",
    )


def paths_picture(answer: Paths) -> Picture:
    """The shortest path and the disjoint ones, or the one that leads the other way."""
    told = [path for path in (answer.shortest, *answer.disjoint, answer.opposite) if path]
    nodes = {
        hop.id: Node(hop.id, hop.name, hop.class_, "up", distance=distance)
        for path in reversed(told)
        for distance, hop in enumerate(path.hops)
    }
    ends = (answer.dependent, answer.provider)
    alone = {ci.id: Node(ci.id, ci.name, ci.class_, "up") for ci in ends}
    return Picture(
        nodes=tuple((alone | nodes).values()),
        edges=tuple(dict.fromkeys(edge for path in told for edge in _steps(path))),
        title=f"How {answer.dependent.name} depends on {answer.provider.name}",
    )


def common_picture(answer: CommonProviders) -> Picture:
    """Several CIs and what they share; a line says over how many steps."""
    nodes = {ci.id: Node(ci.id, ci.name, ci.class_, "up", distance=0) for ci in answer.cis}
    for provider in answer.providers:
        told = Node(provider.id, provider.name, provider.class_, "up", distance=provider.farthest)
        nodes.setdefault(provider.id, told)
    return Picture(
        nodes=tuple(nodes.values()),
        edges=tuple(
            Edge(ci.id, provider.id, _over(distance - 1), "none")
            for provider in answer.providers
            for ci, distance in zip(answer.cis, provider.distances, strict=True)
            if distance
        ),
        title="What they share",
    )


def _is_box(group: MapGroup, shown: set[str]) -> bool:
    return group.name is not None and bool(_members(group, shown))


def _members(group: MapGroup, shown: set[str]) -> tuple[str, ...]:
    return tuple(ci.id for ci in group.members if ci.id in shown)


def _group(ci: MapCI, group: MapGroup, shown: set[str]) -> Group:
    members = _members(group, shown)
    return Group(ci.id, group.name, group.need, group.of, group.strength, group.state, members)


def _edges(ci: MapCI, shown: set[str]) -> Iterator[Edge]:
    """The relationships that stand alone, and the line that stands for what is left out above."""
    for group in ci.groups:
        if group.name is None:
            for member in _members(group, shown):
                yield Edge(ci.id, member, group.relationships[0], group.strength)
    if ci.parent and ci.skipped:
        yield Edge(ci.parent, ci.id, _over(ci.skipped), "none")


def _steps(path: Path) -> Iterator[Edge]:
    for dependent, provider in pairwise(path.hops):
        link = provider.links[0]
        yield Edge(dependent.id, provider.id, _type(link), link.strength)


def _type(link: Link) -> str:
    """`runs_on`, `runs_on (hosts, 1 of 2)`."""
    return (
        f"{link.relationship} ({link.group}, {link.need} of {link.of})" if link.group else link.relationship
    )


def _over(skipped: int) -> str:
    return f"over {skipped} more" if skipped else "depends on"
