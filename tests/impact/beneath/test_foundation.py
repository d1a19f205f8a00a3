"""What CIs stand on, against networkx."""

from random import Random

import networkx as nx
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from impact.beneath import Foundation
from tests.impact.reaching import Walk, random_walk


def expected(case: Walk, starts: list[int]) -> dict[str, int]:
    reverse = case.graph.reverse()
    found: dict[str, int] = {}
    for no in case.inside:
        lengths = nx.single_source_shortest_path_length(reverse, no)
        near = [lengths[start] for start in starts if start in lengths]
        if near:
            found[case.rows[no].id] = min(near)
    return found


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=100, deadline=None, phases=[Phase.generate])
def test_foundations_are_all_that_is_depended_on(seed: int) -> None:
    rng = Random(seed)
    case = random_walk(rng)
    assume(case.inside)
    starts = rng.choices(case.inside, k=rng.randint(1, 3))
    foundation = Foundation(case.projection, [case.rows[no].id for no in starts])
    told = expected(case, starts)
    assert len(foundation) == len(told)
    assert foundation.distances([row.id for row in case.rows.values()]) == told


def test_what_is_not_in_use_stands_on_nothing() -> None:
    case = random_walk(Random(1))
    foundation = Foundation(case.projection, ["00000000-0000-0000-0000-00000000ffff"])
    assert (len(foundation), foundation.distances(["00000000-0000-0000-0000-00000000ffff"])) == (0, {})
