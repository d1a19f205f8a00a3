import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from impact.drawing import Edge, Group, Node, Picture, fold
from impact.drawing.fold import MOST_ALIKE
from tests.impact.drawing_formats.pictures import HOST_FAILS, pictures


def nodes(*told: tuple[str, str, str]) -> tuple[Node, ...]:
    return tuple(Node(id_, id_, class_, state) for id_, class_, state in told)


def pods(count: int, state: str, prefix: str) -> tuple[Node, ...]:
    return nodes(*((f"{prefix}{number:03}", "pod", state) for number in range(count)))


def named(picture: Picture) -> dict[str, int]:
    return {node.name: node.count for node in picture.nodes}


def test_five_hundred_siblings_become_one_box_a_state() -> None:
    down, up = pods(470, "down", "d"), pods(30, "up", "u")
    members = tuple(node.id for node in down + up)
    picture = Picture(
        nodes(("shop", "deployment", "down")) + down + up,
        (Group("shop", "replicas", 300, 500, "hard", "lost", members),),
    )
    folded = fold(picture)
    assert named(folded) == {"shop": 1, "d000 … d469": 470, "u000 … u029": 30}
    assert folded.groups == (Group("shop", "replicas", 300, 500, "hard", "lost", ("d000", "u000")),)


def test_few_siblings_keep_their_names() -> None:
    picture = Picture(pods(MOST_ALIKE, "up", "p"))
    assert fold(picture) == picture


def test_who_serves_others_is_no_sibling() -> None:
    edges = tuple(Edge(f"app{number}", f"p{number:03}", "runs_on", "hard") for number in range(9))
    apps = nodes(*((f"app{number}", f"class {number}", "up") for number in range(9)))
    assert len(fold(Picture(pods(9, "up", "p") + apps, (), edges)).nodes) == 18


def test_tops_are_alike_only_on_the_same_ground() -> None:
    services = nodes(*((f"s{number}", "service", "down") for number in range(12)))
    ground = nodes(("db1", "database", "down"), ("db2", "database", "down"))
    edges = tuple(Edge(f"s{number}", f"db{number % 2 + 1}", "depends_on", "hard") for number in range(12))
    folded = fold(Picture(services + ground, (), edges))
    assert sorted(node.count for node in folded.nodes) == [1, 1, 6, 6]


def test_chains_fold_from_the_top() -> None:
    """Forty deployments of one pod each: the pods are alike once their owners are one."""
    owners = nodes(*((f"o{number}", "deployment", "down") for number in range(40)))
    service = nodes(("s", "service", "down"))
    edges = tuple(Edge("s", owner.id, "depends_on", "hard") for owner in owners)
    edges += tuple(Edge(f"o{number}", f"p{number:03}", "runs_on", "hard") for number in range(40))
    folded = fold(Picture(service + owners + pods(40, "down", "p"), (), edges))
    assert sorted(node.count for node in folded.nodes) == [1, 40, 40]
    assert len(folded.edges) == 2


def test_groups_of_folded_owners_are_counted() -> None:
    hosts = nodes(*((f"h{number}", "hypervisor", "up") for number in range(6)))
    switches = nodes(("a", "switch", "down"), ("b", "switch", "up"))
    groups = tuple(Group(host.id, "uplinks", 1, 2, "hard", "whole", ("b", "a")) for host in hosts)
    folded = fold(Picture(hosts + switches, groups))
    assert folded.groups == (Group("h0", "uplinks", 1, 2, "hard", "whole", ("a", "b"), count=6),)


def test_the_causes_stay_apart() -> None:
    alike = pods(10, "down", "p")
    picture = Picture((replace(alike[0], cause=True), *alike[1:]))
    assert sorted(node.count for node in fold(picture).nodes) == [1, 9]


def test_a_picture_without_siblings_keeps_all_its_parts() -> None:
    folded = fold(HOST_FAILS)
    assert set(folded.nodes) == set(HOST_FAILS.nodes)
    assert set(folded.edges) == set(HOST_FAILS.edges)
    assert set(folded.groups) == set(HOST_FAILS.groups)


@given(pictures())
def test_nobody_is_lost_and_nothing_is_left_to_fold(picture: Picture) -> None:
    folded = fold(picture)
    ids = {node.id for node in folded.nodes}
    ends = {end for edge in folded.edges for end in (edge.dependent, edge.provider)}
    assert sum(node.count for node in folded.nodes) == len(picture.nodes)
    assert ends.union(*({group.owner, *group.members} for group in folded.groups)) <= ids
    assert fold(folded) == folded


@given(pictures(), st.randoms(use_true_random=False))
def test_order_does_not_matter(picture: Picture, chance: random.Random) -> None:
    shuffled = Picture(
        tuple(chance.sample(picture.nodes, len(picture.nodes))),
        tuple(chance.sample(picture.groups, len(picture.groups))),
        tuple(chance.sample(picture.edges, len(picture.edges))),
        picture.title,
    )
    assert fold(shuffled) == fold(picture)
