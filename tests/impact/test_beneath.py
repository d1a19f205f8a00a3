"""Steps beneath some CIs, against networkx."""

from random import Random

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.questions.beneath import steps_beneath
from tests.impact.reaching import random_walk, uuid

ELSEWHERE = 99


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_steps_beneath_agree_with_networkx(rng: Random) -> None:
    case = random_walk(rng)
    nos = rng.sample(case.inside, rng.randint(0, min(3, len(case.inside))))
    wanted = rng.sample(case.inside, rng.randint(0, len(case.inside)))
    reached = nx.multi_source_dijkstra_path_length(case.graph, set(nos)) if nos else {}
    told = steps_beneath(case.projection, map(uuid, nos), map(uuid, [*wanted, ELSEWHERE]))
    assert told == {uuid(no): reached[no] for no in wanted if no in reached}


def test_what_no_analysis_sees_stands_on_nothing() -> None:
    case = random_walk(Random(1))
    assert steps_beneath(case.projection, [uuid(ELSEWHERE)], map(uuid, case.inside)) == {}
