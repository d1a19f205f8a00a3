"""Many alike siblings become one node with a count, so that a drawing stays readable."""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable
from dataclasses import replace

from impact.drawing.picture import Group, Node, Picture

MOST_ALIKE = 4
BETWEEN = " … "


def fold(picture: Picture) -> Picture:
    """The picture with each set of more than `MOST_ALIKE` alike siblings as one node.

    Siblings are alike when class, state, criticality and dependents agree; where they have no dependents,
    what they depend on must. Folding goes on until nothing is alike, since what hangs on folded nodes may
    become alike. The result does not depend on the order in the picture, whose parts come back sorted.
    """
    picture = _sorted(picture)
    while stands_for := _representatives(picture):
        picture = _merged(picture, stands_for)
    return picture


def _sorted(picture: Picture) -> Picture:
    return replace(
        picture,
        nodes=tuple(sorted(picture.nodes, key=_place)),
        groups=tuple(sorted(map(_canonical, picture.groups), key=repr)),
        edges=tuple(sorted(set(picture.edges), key=repr)),
    )


def _canonical(group: Group) -> Group:
    return replace(group, members=tuple(sorted(set(group.members))))


def _place(node: Node) -> tuple[bool, int, str, str, str]:
    return node.distance is None, node.distance or 0, node.class_, node.name, node.id


def _representatives(picture: Picture) -> dict[str, list[Node]]:
    """Sets of alike nodes, by the id of their first."""
    sets: dict[Hashable, list[Node]] = defaultdict(list)
    above, below = _surroundings(picture)
    for node in picture.nodes:
        around = ("above", above[node.id]) if node.id in above else ("below", below.get(node.id))
        sets[node.class_, node.state, node.criticality, node.cause, around].append(node)
    return {
        alike[0].id: alike
        for alike in sets.values()
        if len(alike) > 1 and sum(node.count for node in alike) > MOST_ALIKE
    }


def _surroundings(picture: Picture) -> tuple[dict[str, frozenset[Hashable]], dict[str, frozenset[Hashable]]]:
    """What each node is depended on by, and what it depends on."""
    above: dict[str, set[Hashable]] = defaultdict(set)
    below: dict[str, set[Hashable]] = defaultdict(set)
    for edge in picture.edges:
        above[edge.provider].add((edge.dependent, edge.type, edge.strength))
        below[edge.dependent].add((edge.provider, edge.type, edge.strength))
    for number, group in enumerate(picture.groups):
        below[group.owner].add(replace(group, owner=""))
        for member in group.members:
            above[member].add(number)
    return _frozen(above), _frozen(below)


def _frozen(sets: dict[str, set[Hashable]]) -> dict[str, frozenset[Hashable]]:
    return {key: frozenset(items) for key, items in sets.items()}


def _merged(picture: Picture, alike: dict[str, list[Node]]) -> Picture:
    stands_in = {node.id: first for first, nodes in alike.items() for node in nodes}

    def now(ci: str) -> str:
        return stands_in.get(ci, ci)

    nodes = (_folded(alike[node.id]) if node.id in alike else node for node in picture.nodes)
    groups = (
        replace(group, owner=now(group.owner), members=tuple(map(now, group.members)))
        for group in picture.groups
    )
    edges = (
        replace(edge, dependent=now(edge.dependent), provider=now(edge.provider)) for edge in picture.edges
    )
    return _sorted(
        replace(
            picture,
            nodes=tuple(node for node in nodes if now(node.id) == node.id),
            groups=_groups_of_folded(groups, alike.keys()),
            edges=tuple(edges),
        )
    )


def _folded(alike: list[Node]) -> Node:
    return replace(alike[0], name=_names(alike), count=sum(node.count for node in alike))


def _names(alike: list[Node]) -> str:
    return f"{alike[0].name.split(BETWEEN)[0]}{BETWEEN}{alike[-1].name.split(BETWEEN)[-1]}"


def _groups_of_folded(groups: Iterable[Group], folded: Container[str]) -> tuple[Group, ...]:
    """The groups, those that one folded owner has of the same kind as one with a count."""
    kinds: dict[Hashable, list[Group]] = defaultdict(list)
    for number, group in enumerate(groups):
        kind = replace(group, members=(), count=1)
        kinds[kind if group.owner in folded else number].append(group)
    return tuple(
        replace(
            same[0],
            members=tuple(member for group in same for member in group.members),
            count=sum(group.count for group in same),
        )
        for same in kinds.values()
    )
