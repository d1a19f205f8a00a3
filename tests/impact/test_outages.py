"""How long things are away: the engine against the oracle, on random graphs full of cycles."""

from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from impact.analysis.outages import ENDLESS, Decider, Outages, Step, outages
from impact.projection import CIRow, RelationshipRow, build
from impact.strength import Strength
from tests.impact import oracle_outages as oracle
from tests.impact.oracle import graph_of, solve
from tests.impact.oracle_outages import TimedQuestion, solve_outages, timed_groups
from tests.impact.random_graphs import STRENGTHS, random_case
from tests.impact.timing import asked_of_engine, told_by_engine

DURATIONS = (10, 20, 30, 40, 50, 90, oracle.ENDLESS)
TIMES = (None, None, 0, 10, 20, 20, 30, 60, 100)
"""Few and alike, so that durations tie and failovers exceed them."""


@dataclass(frozen=True)
class TimedCase:
    cis: list[CIRow]
    relationships: list[RelationshipRow]
    question: TimedQuestion


def random_timed_case(rng: Random) -> TimedCase:
    case = random_case(rng)
    in_use = [ci.no for ci in case.cis if ci.status not in ("planned", "in_stock")]
    pinned = case.question.not_impacted
    failed = [no for no in rng.sample(in_use, min(len(in_use), rng.randint(0, 3))) if no not in pinned]
    return TimedCase(
        case.cis,
        with_times(rng, case.relationships),
        TimedQuestion({no: rng.choice(DURATIONS) for no in failed}, case.question.degraded, pinned),
    )


def with_times(rng: Random, rows: list[RelationshipRow]) -> list[RelationshipRow]:
    """Failovers are of groups, and tolerances of relationships; some graphs have only one, or neither."""
    failovers: dict[object, int | None] = {}
    has_failovers, has_tolerances = rng.choice((True, False)), rng.choice((True, False))
    timed = []
    for index, row in enumerate(rows):
        group = index if row.group is None else (row.dependent, row.group)
        failover = failovers.setdefault(group, rng.choice(TIMES) if has_failovers else None)
        tolerates = rng.choice(TIMES) if has_tolerances else None
        timed.append(row._replace(failover=failover, tolerates=tolerates))
    return timed


def check_chain(found: Outages, ci: int, question: TimedQuestion) -> None:
    """From a cause that is declared, step by step, to the outage of the CI; never in a circle."""
    chain = found.chain(ci)
    where = int(np.searchsorted(found.cis, ci))
    cause = chain[0]
    assert (cause.decider, cause.group) == (Decider.FAILED, None)
    declared = question.failed[int(found.projection.cis.no[cause.ci])]
    assert cause.seconds == min(declared, ENDLESS)
    assert (chain[-1].ci, chain[-1].seconds) == (ci, found.seconds[where])
    assert len(chain) - 1 == found.steps[where]
    assert len({(step.ci, step.seconds) for step in chain}) == len(chain)
    for member, step in pairwise(chain):
        check_step(found, member, step)


def check_step(found: Outages, member: Step, step: Step) -> None:
    wiring, groups = found.projection.wiring, found.projection.groups
    assert step.group is not None
    assert (wiring.owner[step.group], wiring.strength[step.group]) == (step.ci, Strength.HARD)
    entries = [
        entry
        for entry in groups.entries(step.group)
        if wiring.member[entry] == member.ci and wiring.weight[entry]
    ]
    (tolerated,) = wiring.tolerates[entries].tolist()
    missed = ENDLESS if member.seconds == ENDLESS else member.seconds - tolerated
    assert missed > 0
    assert step.seconds == (missed if step.decider == Decider.WAIT else wiring.failover[step.group])
    assert step.seconds <= found.seconds[np.searchsorted(found.cis, step.ci)]


def check(case: TimedCase) -> Outages:
    projection = build(case.cis, case.relationships, STRENGTHS)
    found = outages(projection, asked_of_engine(projection, case.question))
    groups = timed_groups(case.cis, case.relationships, STRENGTHS)
    assert told_by_engine(found) == solve_outages(case.cis, groups, case.question)
    for ci in found.cis[found.seconds > 0].tolist():
        check_chain(found, ci, case.question)
    with projection.scratch.borrow() as scratch:
        assert (scratch.live == projection.wiring.spare).all()
        assert not scratch.seen.any()
    return found


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_engine_agrees_with_the_rules_of_time(rng: Random) -> None:
    """Few graphs, but a failing one shrinks to a small one."""
    check(random_timed_case(rng))


@settings(max_examples=3000, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_the_engine_agrees_with_the_rules_of_time_on_thousands_of_graphs(seed: int) -> None:
    check(random_timed_case(Random(seed)))


@settings(max_examples=1000, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_without_durations_everything_is_as_before(seed: int) -> None:
    case = random_case(Random(seed))
    question = case.question
    endless = TimedQuestion(
        dict.fromkeys(question.failed, oracle.ENDLESS), question.degraded, question.not_impacted
    )
    found = check(TimedCase(case.cis, case.relationships, endless))
    answer = solve(graph_of(case.cis, case.relationships, STRENGTHS), question)
    assert told_by_engine(found).state == answer.state
    nos = found.projection.cis.no[found.cis].tolist()
    rounds = {no: answer.round[no] for no in nos if answer.state[no] == "down"}
    steps = dict(zip(nos, found.steps.tolist(), strict=True))
    assert {no: steps[no] for no in rounds} == rounds


@settings(max_examples=500, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_the_order_of_relationships_does_not_matter(seed: int) -> None:
    rng = Random(seed)
    case = random_timed_case(rng)
    rows = [row._replace(failover=None) for row in case.relationships]
    first = check(TimedCase(case.cis, rows, case.question))
    second = check(TimedCase(case.cis[::-1], rng.sample(rows, len(rows)), case.question))
    for ci in first.cis[first.seconds > 0].tolist():
        told = [[(step.ci, step.seconds) for step in found.chain(ci)] for found in (first, second)]
        assert told[0] == told[1]


@settings(max_examples=200, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_large_groups_of_members_that_come_back_one_by_one(seed: int) -> None:
    rng = Random(seed)
    nos = range(1, 41)
    cis = [CIRow(no, "server", "operational") for no in nos]
    chain = [RelationshipRow(no + 1, no, "runs_on", tolerates=rng.choice(TIMES)) for no in range(1, 15)]
    members = rng.sample(nos, 30)
    group = [
        RelationshipRow(owner, no, "runs_on", "g", need, weight=rng.randint(1, 3), failover=failover)
        for owner, need, failover in ((40, "70%", 15), (1, "30%", 45))
        for no in members
    ]
    failed = {no: float(rng.randint(1, 50)) for no in rng.sample(nos, 20)}
    check(TimedCase(cis, with_some_tolerances(rng, chain + group), TimedQuestion(failed)))


def with_some_tolerances(rng: Random, rows: list[RelationshipRow]) -> list[RelationshipRow]:
    return [row._replace(tolerates=rng.choice((None, None, None, 5, 20))) for row in rows]


def test_nothing_fails_for_no_time() -> None:
    cis = [CIRow(no, "server", "operational") for no in (1, 2)]
    found = check(TimedCase(cis, [RelationshipRow(1, 2, "runs_on")], TimedQuestion({2: 0})))
    assert len(found.cis) == 0


def test_an_outage_may_set_off_a_failover_that_makes_it_longer() -> None:
    """1 needs 2, and fails over for 30 s; 2 needs 1. Without the failover both would be away for 10 s."""
    cis = [CIRow(no, "server", "operational") for no in (1, 2)]
    rows = [RelationshipRow(1, 2, "runs_on", "g", failover=30), RelationshipRow(2, 1, "runs_on")]
    found = check(TimedCase(cis, rows, TimedQuestion({2: 10})))
    assert [(step.ci, step.seconds, step.decider) for step in found.chain(1)] == [
        (1, 10, Decider.FAILED),
        (0, 30, Decider.FAILOVER),
        (1, 30, Decider.WAIT),
    ]
