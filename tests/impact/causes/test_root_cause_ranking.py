"""Root cause ranking, against brute force on random graphs with cycles."""

from dataclasses import replace
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.impact.causes.outages_told import (
    EVERYTHING,
    POLICY,
    Told,
    by_force,
    explains,
    predicted,
    random_outage,
    score,
)
from tests.impact.reaching import number, random_walk

NEVER, HURT = float("-inf"), ("down", "degraded")
RANDOM = st.randoms(use_true_random=False)
SOME = settings(max_examples=60, deadline=None)
MANY = settings(max_examples=300, deadline=None, phases=[Phase.generate])


def check_scores(rng: Random) -> None:
    told = random_outage(rng)
    found, force = told.scores(), by_force(told, 2)
    alone = {failed for failed in force if len(failed) <= 1}
    assert {failed for failed in found if len(failed) <= 1} == alone
    for failed, value in found.items():
        assert value == pytest.approx(score(told, failed), abs=1e-6), failed
    for failed, value in force.items():
        if len(failed) == 2 and value > 1e-6 + max(force.get(frozenset([no]), NEVER) for no in failed):
            assert failed in found or not any(extends(told, failed, no) for no in beam(told) & failed)


def beam(told: Told) -> set[int]:
    """The single causes that are extended."""
    trials, nos = told.trials(), told.case.projection.cis.no
    singles = trials.of(trials.providers(trials.seen.alarms)[:, np.newaxis])
    return {int(nos[ci]) for ci in singles.best(EVERYTHING.search.beam).sets[:, 0]}


def extends(told: Told, failed: frozenset[int], base: int) -> bool:
    """Whether some CIs explain an alarm that one of them alone does not."""
    before, after = predicted(told.case, frozenset([base])), predicted(told.case, failed)
    return any(after[no] in HURT and before[no] not in HURT for no in told.alarms)


@SOME
@given(RANDOM)
def test_scores_are_those_of_brute_force(rng: Random) -> None:
    check_scores(rng)


@MANY
@given(st.integers(0, 2**64))
def test_scores_are_those_of_brute_force_on_many_graphs(seed: int) -> None:
    check_scores(Random(seed))


@SOME
@given(RANDOM)
def test_confidence_is_the_share_of_all_that_was_tried(rng: Random) -> None:
    told = random_outage(rng)
    ranking = told.ranking()
    likely = {c.cis: 10 ** (c.score - ranking.candidates[0].score) for c in ranking.candidates}
    assert len(likely) == ranking.tried
    for candidate in ranking.candidates:
        assert candidate.confidence == pytest.approx(likely[candidate.cis] / sum(likely.values()))
    scores = [group.first.score for group in ranking.groups]
    assert scores == pytest.approx(sorted(scores, reverse=True))


@SOME
@given(RANDOM)
def test_a_planted_cause_that_all_can_see_is_on_top_or_tied(rng: Random) -> None:
    case = random_walk(rng)
    if not case.inside:
        return
    cause = rng.choice(case.inside)
    hurt = {no for no, state in predicted(case, frozenset([cause])).items() if state in ("down", "degraded")}
    told = Told(case, frozenset(hurt), frozenset(case.inside) - hurt)
    scores = {failed: value for failed, value in told.scores().items() if len(failed) == 1}
    assert scores[frozenset([cause])] >= max(scores.values()) - 1e-9 or degraded_only(told, cause)


def degraded_only(told: Told, cause: int) -> bool:
    """Whether something else is down that should be degraded: it alarms more surely."""
    states = predicted(told.case, frozenset([cause]))
    return any(state == "degraded" for state in states.values())


@SOME
@given(RANDOM)
def test_healthy_evidence_never_raises_a_score(rng: Random) -> None:
    told = random_outage(rng)
    free = [no for no in told.case.inside if no not in told.alarms | told.healthy]
    if not free:
        return
    more = replace(told, healthy=told.healthy | {rng.choice(free)})
    silent = EVERYTHING.model_copy(update={"alarms": EVERYTHING.alarms.model_copy(update={"silent": 0.0})})
    before, after = told.scores(silent), more.scores(silent)
    for failed in before.keys() & after.keys():
        assert after[failed] <= before[failed] + 1e-9


@SOME
@given(RANDOM)
def test_a_change_raises_its_ci_and_no_other(rng: Random) -> None:
    told = random_outage(rng)
    free = [no for no in told.case.inside if no not in told.changed]
    if not free:
        return
    no = rng.choice(free)
    before, after = told.scores(), replace(told, changed={**told.changed, no: 1.0}).scores()
    for failed in before.keys() & after.keys():
        if no in failed:
            assert after[failed] > before[failed]
        else:
            assert after[failed] == pytest.approx(before[failed])


@SOME
@given(RANDOM)
def test_sets_are_likelier_than_each_of_their_causes(rng: Random) -> None:
    told = random_outage(rng)
    found = told.scores()
    for failed in found:
        for part in combinations(failed, 1):
            if len(failed) > 1 and explains(told, frozenset(part)):
                assert found[failed] > score(told, frozenset(part))


@SOME
@given(RANDOM)
def test_the_answer_tells_what_the_oracle_predicts(rng: Random) -> None:
    told = random_outage(rng)
    for explanation in told.answer(5).explanations:
        failed = frozenset(number(cause.id) for cause in explanation.causes)
        states = predicted(told.case, failed)
        hurt = {no for no, state in states.items() if state in ("down", "degraded")}
        assert {number(s.id) for s in explanation.symptoms} == told.alarms & hurt
        assert explanation.unexplained.count == len(told.alarms - hurt)
        assert explanation.contradicted.count == len(told.healthy & hurt)
        assert explanation.silent == len(hurt - told.alarms - told.healthy)
        for symptom in explanation.symptoms:
            assert symptom.state == states[number(symptom.id)]
            assert number(symptom.path[0].id) in failed
            assert symptom.path[-1].id == symptom.id
            for provider, dependent in zip(symptom.path, symptom.path[1:], strict=False):
                assert told.case.graph.has_edge(number(dependent.id), number(provider.id))


@SOME
@given(RANDOM)
def test_alike_are_those_that_predict_the_same_of_what_is_watched(rng: Random) -> None:
    told = replace(random_outage(rng), onsets={})
    watched = told.alarms | told.healthy
    nos = told.case.projection.cis.no
    seen: set[tuple[int, tuple[tuple[int, str], ...]]] = set()
    for group in told.ranking().groups:
        views = set()
        for candidate in group.candidates:
            states = predicted(told.case, frozenset(int(nos[ci]) for ci in candidate.cis))
            view = tuple(sorted((no, states[no]) for no in watched if states[no] in ("down", "degraded")))
            views.add((len(candidate.cis), view))
        assert len(views) == 1
        assert not views & seen
        seen |= views


def test_shipped_policy_believes_detection_more_than_false_alarms() -> None:
    assert POLICY.alarms.false < POLICY.alarms.degraded < POLICY.alarms.down
    assert POLICY.prior.unknown > POLICY.alarms.false
