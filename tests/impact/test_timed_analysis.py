"""Where time matters, every state has its way from a cause, too."""

from random import Random

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from impact.analysis import Analysis
from impact.analysis.outages import ENDLESS
from impact.analysis.propagation import Causes
from impact.analysis.rules import Evidence
from impact.projection import CIRow, RelationshipRow, build
from impact.state import State
from tests.impact.oracle_outages import TimedQuestion, solve_outages, timed_groups
from tests.impact.random_graphs import STRENGTHS
from tests.impact.test_outages import TimedCase, random_timed_case
from tests.impact.timing import asked_of_engine

NOBODY = Causes(*(np.array([], dtype=np.int32) for _ in range(3)))


def analyse(case: TimedCase) -> Analysis:
    projection = build(case.cis, case.relationships, STRENGTHS)
    asked = asked_of_engine(projection, case.question)
    order = np.argsort(asked.failed)
    causes = Causes(asked.failed[order], asked.degraded, asked.pinned, asked.seconds[order])
    return Analysis(projection, projection, causes, NOBODY)


def check_evidence(analysis: Analysis, ci: int, evidence: Evidence) -> None:
    groups, wiring = analysis.groups, analysis.groups.wiring
    assert evidence.path[-1] == ci
    assert len(evidence.path) == analysis.distance(ci) + 1
    assert evidence.path[0] in (*analysis.scenario.down, *analysis.scenario.degraded)
    for provider, dependent, group in zip(evidence.path, evidence.path[1:], evidence.groups, strict=False):
        assert wiring.owner[group] == dependent
        assert provider in groups.members(group)


def check(case: TimedCase) -> None:
    analysis = analyse(case)
    answer = solve_outages(case.cis, timed_groups(case.cis, case.relationships, STRENGTHS), case.question)
    nos = analysis.projection.cis.no.tolist()
    for ci in range(len(nos)):
        assert analysis.state(ci).label == answer.state[nos[ci]]
        if analysis.state(ci) == State.INTERRUPTED:
            assert analysis.outcome.seconds(ci) == answer.seconds[nos[ci]] < ENDLESS
        if analysis.state(ci) != State.UP:
            check_evidence(analysis, ci, analysis.evidence(ci))


@settings(max_examples=2000, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_every_state_leads_back_to_a_cause(seed: int) -> None:
    check(random_timed_case(Random(seed)))


def test_a_member_that_is_away_and_degraded_matters_where_it_is_missed() -> None:
    """3 misses 2 as a soft provider only, and tolerates it where it would also suffer from its quality."""
    cis = [CIRow(no, "server", "operational") for no in (1, 2, 3)]
    rows = [
        RelationshipRow(2, 1, "runs_on"),
        RelationshipRow(3, 2, "runs_on", weight=2, tolerates=100),
        RelationshipRow(3, 2, "runs_on", strength="soft"),
    ]
    check(TimedCase(cis, rows, TimedQuestion({2: 30}, degraded=frozenset({1}))))
