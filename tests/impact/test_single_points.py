"""Single points of failure against trying every CI by definition."""

from random import Random

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from impact.questions.alone import alone
from impact.questions.exposure import new_points
from tests.impact.oracle import Question, graph_of
from tests.impact.oracle_single_points import Trials
from tests.impact.random_graphs import STRENGTHS, Case, random_case
from tests.impact.test_propagation import analyse, combined


def check_points(case: Case, rng: Random) -> None:
    """All pairs and sums under a scenario, of any CIs taken for services."""
    analysis, trials = analyse(case), trials_of(case, combined(case))
    cis = analysis.projection.cis
    services = rng.sample(cis.no.tolist(), rng.randint(0, len(cis)))
    found = alone(
        analysis.projection, cis.find(services), analysis.outcome, analysis.scenario.pinned, with_pairs=True
    )
    nos = np.array(cis.nos(found.cis), dtype=np.int64)
    expected = {(ci, service) for service in services for ci in trials.single_points(service)}
    assert set(zip(*(nos[places].tolist() for places in found.pairs), strict=True)) == expected
    assert len(found.pairs[0]) == len(expected)
    assert set(nos[: found.services].tolist()) == set(services) & set(trials.candidates)
    for place, no in enumerate(nos.tolist()):
        assert found.fallen[place] == found.worth[place] == sum(ci == no for ci, _ in expected)
    for place in range(found.services):
        assert found.points[place] == len(trials.single_points(int(nos[place])))


def check_exposure(case: Case) -> None:
    """A CI with which a service is down that is up under the scenario alone, and under that CI alone."""
    analysis = analyse(case)
    now, before = trials_of(case, combined(case)), trials_of(case, case.base)
    cis = analysis.projection.cis
    every = np.arange(len(cis), dtype=np.int32)
    found = {
        (int(cis.no[service]), int(cis.no[ci]))
        for service, points in new_points(analysis, every)
        for ci in points
    }
    assert found == {
        (service, ci)
        for service in set(now.candidates) - before.before
        for ci in now.single_points(service)
        if service not in before.down(frozenset({ci}))
    }


def trials_of(case: Case, question: Question) -> Trials:
    return Trials(graph_of(case.cis, case.relationships, STRENGTHS), question)


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_points_are_those_of_the_definition(rng: Random) -> None:
    """Few graphs, but a failing one shrinks to a small one."""
    case = random_case(rng)
    check_points(case, rng)
    check_exposure(case)


@settings(max_examples=2000, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_the_points_are_those_of_the_definition_on_thousands_of_graphs(seed: int) -> None:
    rng = Random(seed)
    case = random_case(rng)
    check_points(case, rng)
    check_exposure(case)
