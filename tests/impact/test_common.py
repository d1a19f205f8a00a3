"""Common providers, against networkx."""

from random import Random

import networkx as nx
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from impact.projection import CIRow, RelationshipRow
from impact.questions.common import CommonProviders, common_providers
from tests.impact.reaching import Walk, number, random_walk, uuid, walk


def ask(case: Walk, nos: list[int], at_least: int | None = None, most: int = 1000) -> CommonProviders:
    return common_providers(case.projection, [case.index(no) for no in nos], at_least, most)


def expected(case: Walk, nos: list[int], at_least: int) -> list[tuple[int, list[int | None], int]]:
    """Provider, distances and dependents, in the order of the answer."""
    steps = [nx.single_source_shortest_path_length(case.graph, no) for no in nos]
    found = []
    for no in case.inside:
        distances = [some.get(no) for some in steps]
        reached = [distance for distance in distances if distance is not None]
        if len(reached) >= at_least:
            dependents = len(nx.ancestors(case.graph, no))
            rank = (-len(reached), max(reached), dependents, case.rows[no].name, no)
            found.append((rank, (no, distances, dependents)))
    return [told for _, told in sorted(found, key=lambda pair: pair[0])]


def check(rng: Random) -> None:
    case = random_walk(rng)
    if len(case.inside) < 2:
        return
    nos = rng.sample(case.inside, rng.randint(2, min(4, len(case.inside))))
    at_least, most = rng.randint(2, len(nos)), rng.choice((1, 2, 1000))
    answer = ask(case, nos, at_least, most)
    everything = expected(case, nos, at_least)
    told = [(number(p.id), p.distances, p.dependents) for p in answer.providers]
    assert told == everything[:most]
    assert answer.count == len(everything)
    assert [number(ci.id) for ci in answer.cis] == nos
    for provider in answer.providers:
        reached = [distance for distance in provider.distances if distance is not None]
        assert (provider.shared_by, provider.farthest) == (len(reached), max(reached))


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_common_providers_agree_with_networkx(rng: Random) -> None:
    check(rng)


@settings(max_examples=2000, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_common_providers_agree_with_networkx_on_thousands_of_graphs(seed: int) -> None:
    check(Random(seed))


def star(leaves: int) -> Walk:
    """Leaves that all stand on 100 others."""
    nos = range(1, leaves + 101)
    cis = [CIRow(no, "server", "operational", f"ci-{no:03}", uuid(no)) for no in nos]
    return walk(cis, [RelationshipRow(a, b, "runs_on") for a in nos[:leaves] for b in nos[leaves:]])


def test_more_providers_than_are_counted_at_once() -> None:
    answer = ask(star(3), [1, 2])
    assert (answer.count, len(answer.providers)) == (100, 100)
    assert {(p.dependents, p.shared_by, p.farthest) for p in answer.providers} == {(3, 2, 1)}


@pytest.mark.parametrize(
    ("nos", "at_least", "most", "said"),
    [
        ([1, 2, 1], None, 20, "Named twice: ci-001"),
        ([1], None, 20, "from 2 to 100 CIs"),
        ([1, 2], 1, 20, "say 2 to 2"),
        ([1, 2], 3, 20, "say 2 to 2"),
        ([1, 2], None, 0, "from 1 to 1,000"),
    ],
)
def test_what_cannot_be_meant_is_refused(nos: list[int], at_least: int | None, most: int, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        ask(star(2), nos, at_least, most)
