"""Service maps and their reverse, against networkx and the oracle of failure."""

from collections import Counter
from random import Random

import networkx as nx
import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cmdb.catalogue import Catalogue
from cmdb.errors import InvalidInput
from impact.analysis import Analysis
from impact.analysis.propagation import Causes
from impact.pictures.walks import map_picture
from impact.projection import CIRow, RelationshipRow
from impact.questions.dependents import Dependents, dependents_of
from impact.questions.layers import LeftOut
from impact.questions.limits import Limits
from impact.questions.service_map import ServiceMap, service_map
from impact.scenario import Scenario
from tests.impact.oracle import Question, solve
from tests.impact.reaching import CLASSES, Walk, number, random_walk, uuid, walk

NOBODY = np.array([], dtype=np.int32)
SEVERITY = ["down", "degraded", "at_risk", "up"]


def map_of(case: Walk, catalogue: Catalogue, no: int, limits: Limits, failed: list[int]) -> ServiceMap:
    down = np.sort(case.projection.cis.find(failed))
    causes, nobody = Causes(down, NOBODY, NOBODY), Causes(NOBODY, NOBODY, NOBODY)
    analysis = Analysis(case.projection, case.projection, causes, nobody)
    return service_map(analysis, catalogue, Scenario(), case.index(no), limits)


def random_limits(rng: Random) -> Limits:
    return Limits(
        depth=rng.choice((None, None, 1, 2, 3)),
        classes=frozenset(rng.sample(CLASSES, rng.randint(0, 2))),
        most=rng.choice((1, 2, 4, 500)),
    )


def visible(case: Walk, distances: dict[int, int], classes: set[str], limits: Limits) -> set[int]:
    """Whole layers, as long as neither depth nor number is exceeded; the start is always there."""
    start = next(iter(distances))
    kept = {no for no in distances if case.rows[no].class_ in classes or no == start}
    shown = {start}
    for distance in range(1, (limits.depth or max(distances.values())) + 1):
        layer = {no for no in kept if distances[no] == distance}
        if len(shown | layer) - 1 > limits.most:
            break
        shown |= layer
    return shown


def check_left_out(case: Walk, told: LeftOut, distances: dict[int, int], shown: set[int]) -> None:
    hidden = distances.keys() - shown
    assert told.count == len(hidden)
    assert {at.distance: at.count for at in told.by_layer} == Counter(distances[no] for no in hidden)
    assert {at.class_: at.count for at in told.by_class} == Counter(case.rows[no].class_ for no in hidden)


def check_parent(
    graph: "nx.DiGraph[int]", start: int, shown: set[int], no: int, parent: int, skipped: int
) -> None:
    """The parent lies on a shortest way, with none that is shown after it."""
    before = nx.shortest_path_length(graph, start, parent)
    after = nx.shortest_path_length(graph, parent, no)
    assert before + after == nx.shortest_path_length(graph, start, no)
    assert after == skipped + 1
    assert parent in shown


def check_map(case: Walk, catalogue: Catalogue, rng: Random) -> None:
    start, failed = rng.choice(case.inside), rng.sample(case.inside, min(2, len(case.inside)))
    limits = random_limits(rng)
    answer = map_of(case, catalogue, start, limits, failed)
    distances = dict(nx.single_source_shortest_path_length(case.graph, start))
    shown = visible(case, distances, set(limits.classes) or set(CLASSES), limits)
    cis = [ci for layer in answer.layers for ci in layer.cis]
    assert {number(ci.id): ci.distance for ci in cis} == {no: distances[no] for no in shown}
    assert [[ci.distance for ci in layer.cis] for layer in answer.layers] == [
        [layer.distance] * len(layer.cis) for layer in answer.layers
    ]
    check_left_out(case, answer.left_out, distances, shown)
    states = solve(case.told, Question(failed=frozenset(failed))).state
    for ci in cis:
        no = number(ci.id)
        assert ci.state == states[no]
        members = {number(m.id) for group in ci.groups for m in group.members}
        assert members == set(case.graph.successors(no))
        if no != start:
            assert ci.parent
            check_parent(case.graph, start, shown, no, number(ci.parent), ci.skipped)


def check_dependents(case: Walk, catalogue: Catalogue, rng: Random) -> None:
    start, limits = rng.choice(case.inside), random_limits(rng)
    answer = dependents_of(case.projection, catalogue, case.index(start), limits)
    distances = dict(nx.single_source_shortest_path_length(case.graph.reverse(), start))
    states = solve(case.told, Question(failed=frozenset({start}))).state
    within = visible(
        case, distances, set(limits.classes) or {"business_service"}, limits.model_copy(update={"most": 500})
    )
    ranked = sorted(
        within - {start}, key=lambda no: (SEVERITY.index(states[no]), distances[no], case.rows[no].name, no)
    )
    told = [(number(ci.id), ci.distance, ci.state) for ci in answer.dependents]
    assert told == [(no, distances[no], states[no]) for no in ranked[: limits.most]]
    assert answer.count == len(ranked)
    assert answer.counts.down == sum(states[no] == "down" for no in ranked)
    shown = {start, *ranked[: limits.most]}
    check_left_out(case, answer.left_out, distances, shown)
    for ci in answer.dependents:
        no, parent = number(ci.id), number(ci.parent)
        check_parent(case.graph.reverse(), start, shown, no, parent, ci.skipped)


def check(rng: Random, catalogue: Catalogue) -> None:
    case = random_walk(rng)
    if case.inside:
        check_map(case, catalogue, rng)
        check_dependents(case, catalogue, rng)


@settings(max_examples=200, deadline=None)
@given(rng=st.randoms(use_true_random=False))
def test_maps_agree_with_networkx(catalogue: Catalogue, rng: Random) -> None:
    check(rng, catalogue)


@settings(max_examples=2000, deadline=None, phases=[Phase.generate])
@given(seed=st.integers(0, 2**64))
def test_maps_agree_with_networkx_on_thousands_of_graphs(catalogue: Catalogue, seed: int) -> None:
    check(Random(seed), catalogue)


@pytest.fixture
def shop() -> Walk:
    """shop ──▶ app ──[needs 1]──▶ vm-a, vm-b ──▶ host."""
    classes = ["business_service", "application", "virtual_machine", "virtual_machine", "hypervisor"]
    names = ["shop", "app", "vm-b", "vm-a", "host"]
    told = enumerate(zip(classes, names, strict=True), 1)
    cis = [CIRow(no, class_, "operational", name, uuid(no)) for no, (class_, name) in told]
    rows = [
        RelationshipRow(1, 2, "runs_on"),
        RelationshipRow(2, 3, "runs_on", "hosts", 1),
        RelationshipRow(2, 4, "runs_on", "hosts", 1),
        RelationshipRow(3, 5, "runs_on"),
        RelationshipRow(4, 5, "runs_on"),
        RelationshipRow(2, 5, "linked_to"),
    ]
    return walk(cis, rows)


def test_a_map_reads_layer_by_layer(shop: Walk, catalogue: Catalogue) -> None:
    answer = map_of(shop, catalogue, 1, Limits(), [3])
    told = [[(ci.name, ci.state) for ci in layer.cis] for layer in answer.layers]
    assert told == [
        [("shop", "up")],
        [("app", "at_risk")],
        [("vm-a", "up"), ("vm-b", "down")],
        [("host", "up")],
    ]
    (hosts,) = answer.layers[1].cis[0].groups
    assert (hosts.name, hosts.need, hosts.of, [ci.name for ci in hosts.down]) == ("hosts", 1, 2, ["vm-b"])
    assert (answer.left_out.count, answer.left_out.cut_at) == (0, None)


def test_a_group_is_lost_also_for_a_time(shop: Walk, catalogue: Catalogue) -> None:
    down = np.sort(shop.projection.cis.find([3, 4]))
    causes = Causes(down, NOBODY, NOBODY, np.array([600, 600], dtype=np.int32))
    analysis = Analysis(shop.projection, shop.projection, causes, Causes(NOBODY, NOBODY, NOBODY))
    answer = service_map(analysis, catalogue, Scenario(), shop.index(1), Limits())
    (app,) = answer.layers[1].cis
    (hosts,) = app.groups
    assert (app.state, hosts.state) == ("interrupted", "lost")
    assert [ci.name for ci in hosts.interrupted] == [ci.name for ci in hosts.members] == ["vm-b", "vm-a"]
    assert map_picture(answer).groups[0].members == (uuid(3), uuid(4))


def test_a_layer_is_shown_whole_or_not_at_all(shop: Walk, catalogue: Catalogue) -> None:
    answer = map_of(shop, catalogue, 1, Limits(most=2), [])
    assert [layer.distance for layer in answer.layers] == [0, 1]
    assert answer.left_out.cut_at == 2
    assert [(at.distance, at.count) for at in answer.left_out.by_layer] == [(2, 2), (3, 1)]
    assert [(at.class_, at.count) for at in answer.left_out.by_class] == [
        ("virtual_machine", 2),
        ("hypervisor", 1),
    ]


def test_a_class_includes_those_that_refine_it(shop: Walk, catalogue: Catalogue) -> None:
    """Hypervisors and virtual machines are servers; the application is passed through."""
    answer = map_of(shop, catalogue, 1, Limits(classes=frozenset({"server"})), [])
    told = {ci.name: (ci.distance, ci.skipped) for layer in answer.layers for ci in layer.cis}
    assert told == {"shop": (0, 0), "vm-a": (2, 1), "vm-b": (2, 1), "host": (3, 0)}
    assert (answer.left_out.count, answer.left_out.cut_at) == (1, None)


def test_who_depends_on_a_host(shop: Walk, catalogue: Catalogue) -> None:
    answer: Dependents = dependents_of(shop.projection, catalogue, shop.index(5), Limits())
    (service,) = answer.dependents
    assert (service.name, service.state, service.distance, service.skipped) == ("shop", "down", 3, 2)
    assert (answer.counts.down, answer.left_out.count) == (1, 3)


@pytest.mark.parametrize(
    ("depth", "most"), [(0, 500), (-1, 500), (10**9, 500), (None, 0), (None, -1), (None, 10**6)]
)
def test_limits_out_of_range_are_refused(depth: int | None, most: int) -> None:
    with pytest.raises(InvalidInput, match="must be from 1 to"):
        Limits(depth=depth, most=most)


def test_an_unknown_class_is_refused(shop: Walk, catalogue: Catalogue) -> None:
    with pytest.raises(InvalidInput, match="No class is called 'servr'"):
        map_of(shop, catalogue, 1, Limits(classes=frozenset({"servr"})), [])
