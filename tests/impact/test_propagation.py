"""The engine against the oracle, on random graphs full of cycles."""

from random import Random

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from impact.analysis import Analysis
from impact.analysis.propagation import Causes, propagate
from impact.analysis.why import barriers
from impact.arrays import Bytes, Ints
from impact.projection import Projection, build
from impact.state import State
from impact.strength import Strength
from tests.impact.oracle import Answer, Group, Question, forces, graph_of, reached, solve
from tests.impact.random_graphs import STRENGTHS, Case, random_case

NOBODY = np.array([], dtype=np.int32)


def analyse(case: Case) -> Analysis:
    projection = build(case.cis, case.relationships, STRENGTHS)
    return Analysis(projection, projection, causes(projection, case.question), causes(projection, case.base))


def causes(projection: Projection, question: Question) -> Causes:
    return Causes(
        projection.cis.find(sorted(question.failed)),
        projection.cis.find(sorted(question.degraded)),
        projection.cis.find(sorted(question.not_impacted)),
    )


def everything(projection: Projection) -> tuple[Ints, list[int]]:
    """All CIs by index, and their numbers."""
    return np.arange(len(projection.cis), dtype=np.int32), projection.cis.no.tolist()


def labels(states: Bytes) -> list[str]:
    return [State(state).label for state in states]


def combined(case: Case) -> Question:
    """The scenario on top of the base, which gives way where the scenario pins."""
    pinned = case.question.not_impacted
    return Question(
        case.question.failed | (case.base.failed - pinned),
        case.question.degraded | (case.base.degraded - pinned),
        pinned,
    )


def check_states(analysis: Analysis, answer: Answer) -> None:
    every, nos = everything(analysis.projection)
    rounds = dict(zip(nos, analysis.distances(every).tolist(), strict=True))
    impacted = {no for no, state in answer.state.items() if state != "up"}
    assert labels(analysis.states(every)) == [answer.state[no] for no in nos]
    assert {no: rounds[no] for no in impacted} == {no: answer.round[no] for no in impacted}


def oracle_group(analysis: Analysis, group: int) -> Group:
    groups, nos = analysis.groups, analysis.projection.cis.no.tolist()
    return Group(
        owner=nos[groups.wiring.owner[group]],
        members={
            nos[member]: int(weight)
            for member, weight in zip(groups.members(group), groups.weights(group), strict=True)
        },
        need=int(groups.wiring.need[group]),
        strength=Strength(groups.wiring.strength[group]).label,
    )


def check_evidence(analysis: Analysis, answer: Answer, causes: frozenset[int]) -> None:
    groups, nos = analysis.groups, analysis.projection.cis.no.tolist()
    for ci in analysis.outcome.cis.tolist():
        evidence = analysis.evidence(ci)
        assert evidence.path[-1] == ci
        assert len(evidence.path) == answer.round[nos[ci]] + 1
        assert nos[evidence.path[0]] in causes
        if evidence.groups:
            last = oracle_group(analysis, evidence.groups[-1])
            assert forces(last, answer.state) == answer.state[nos[ci]]
        for provider, dependent, group in zip(
            evidence.path, evidence.path[1:], evidence.groups, strict=False
        ):
            assert groups.wiring.owner[group] == dependent
            assert provider in groups.members(group)
            assert answer.state[nos[provider]] in ("down", "degraded")


def check_barriers(analysis: Analysis, answer: Answer, reach: set[int]) -> None:
    """What depends on something impacted and is not impacted itself was saved by something."""
    groups, (every, nos) = analysis.groups, everything(analysis.projection)
    for ci in every[analysis.states(every) < State.DEGRADED].tolist():
        found = barriers(analysis, ci, len(reach) + 1)
        assert bool(found.count) == (nos[ci] in reach)
        for barrier in found.first:
            assert answer.state[nos[barrier.nearest]] in ("down", "degraded")
            assert barrier.nearest in groups.members(barrier.group)
            assert groups.wiring.owner[barrier.group] == barrier.way.path[0]
            assert barrier.way.path[-1] == ci
            assert all(answer.state[nos[at]] in ("up", "at_risk") for at in barrier.way.path)


def check_plain_reach(case: Case) -> None:
    plain = build(case.cis, case.relationships, STRENGTHS).seen((), True)
    failed = plain.cis.find(sorted(case.question.failed))
    found = propagate(plain, Causes(failed, NOBODY, NOBODY)).failed
    rows = [row._replace(group=None, need=None) for row in case.relationships]
    graph = graph_of(case.cis, rows, STRENGTHS)
    assert set(plain.cis.nos(found)) == reached(graph, case.question.failed)


def check_types(case: Case) -> None:
    """Leaving types out is as if their relationships did not exist."""
    used = {row.type for row in case.relationships} & {"runs_on", "calls"}
    some = build(case.cis, case.relationships, STRENGTHS).seen(sorted(used), False)
    rows = [row for row in case.relationships if not used or row.type in used]
    answer = solve(graph_of(case.cis, rows, STRENGTHS), case.question)
    every, nos = everything(some)
    outcome = propagate(some, causes(some, case.question))
    states = outcome.of(every, outcome.states, State.UP)
    assert labels(states) == [answer.state[no] for no in nos]


def check(case: Case) -> None:
    analysis = analyse(case)
    graph = graph_of(case.cis, case.relationships, STRENGTHS)
    question = combined(case)
    answer, before = solve(graph, question), solve(graph, case.base)
    check_states(analysis, answer)
    every, nos = everything(analysis.projection)
    assert labels(analysis.states_before(every)) == [before.state[no] for no in nos]
    check_evidence(analysis, answer, question.failed | question.degraded)
    check_barriers(analysis, answer, reached(graph, question.failed | question.degraded))
    check_plain_reach(case)
    check_types(case)


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_engine_agrees_with_the_rules(rng: Random) -> None:
    """Few graphs, but a failing one shrinks to a small one."""
    check(random_case(rng))


@settings(max_examples=3000, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_the_engine_agrees_with_the_rules_on_thousands_of_graphs(seed: int) -> None:
    check(random_case(Random(seed)))


def test_an_empty_graph_has_no_states() -> None:
    assert len(propagate(build([], [], {}), Causes(NOBODY, NOBODY, NOBODY)).cis) == 0
