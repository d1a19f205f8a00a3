"""Minimal cut sets against trying every set of up to three CIs."""

from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from impact.projection import CIRow, RelationshipRow
from impact.questions.together import Together, Tree, together
from tests.impact.oracle import Question
from tests.impact.oracle_single_points import Trials
from tests.impact.random_graphs import Case, random_case
from tests.impact.test_propagation import analyse, combined
from tests.impact.test_single_points import trials_of


def redundant_case(rng: Random) -> Case:
    """Hard groups that can spare a member or more, so that cut sets of two and three are frequent."""
    nos = rng.sample(range(1, 40), rng.randint(4, 11))
    rows = [row for group in range(rng.randint(1, 14)) for row in redundant_group(rng, nos, f"g{group}")]
    failed, pinned = rng.sample(nos, 2)
    question = Question(
        failed=frozenset({failed} if rng.random() < 0.3 else ()),
        not_impacted=frozenset({pinned} if rng.random() < 0.3 else ()),
    )
    return Case([CIRow(no, "server", "operational") for no in nos], rows, question, Question())


def redundant_group(rng: Random, nos: list[int], name: str) -> list[RelationshipRow]:
    members, weighted = rng.sample(nos, rng.randint(1, min(5, len(nos)))), rng.random() < 0.3
    row = RelationshipRow(rng.choice(nos), 0, "runs_on", group=name, need=rng.randint(1, len(members)))
    return [row._replace(provider=no, weight=rng.choice((1, 2, 3)) if weighted else None) for no in members]


def cut_sets(case: Case, service: int, most: int = 10_000, turns: int = 10_000) -> Together:
    """The search for a service; it may look at the clock some turns before the time is over."""
    analysis = analyse(case)
    index = int(analysis.projection.cis.find([service])[0])
    tree = Tree(analysis.projection, index, analysis.outcome, analysis.scenario.pinned)
    left = iter(range(turns))
    return together(tree, 3, most, lambda: next(left, None) is None)


def named(case: Case, found: Together) -> list[tuple[int, ...]]:
    """All sets by the numbers of their CIs."""
    cis = analyse(case).projection.cis
    return [tuple(sorted(int(cis.no[ci]) for ci in cut)) for cuts in found.cuts.values() for cut in cuts]


def check_cut_sets(case: Case, rng: Random) -> None:
    trials: Trials = trials_of(case, combined(case))
    for service in trials.candidates[:2]:
        expected = trials.cut_sets(service, 3)
        found = cut_sets(case, service)
        sets = named(case, found)
        assert set(sets) == expected
        assert len(sets) == len(expected)
        assert found.ended_by == {1: None, 2: None, 3: None}
        check_limits(case, service, expected, rng)


def check_limits(case: Case, service: int, expected: set[tuple[int, ...]], rng: Random) -> None:
    """A limit costs sets, and says so; what is found is right, and sizes called complete are."""
    most, turns = rng.randint(0, len(expected) + 1), rng.choice((0, 1, 2, 5, 10_000))
    found = cut_sets(case, service, most, turns)
    sets = named(case, found)
    assert set(sets) <= expected
    assert len(sets) <= most
    for size, ended_by in found.ended_by.items():
        complete = sum(len(cut) == size for cut in expected) == len(found.cuts[size])
        assert complete or ended_by is not None
        assert ended_by != "number" or len(sets) == most < len(expected)
    assert turns < 10_000 or "time" not in found.ended_by.values()


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_sets_are_those_of_the_definition(rng: Random) -> None:
    """Few graphs, but a failing one shrinks to a small one."""
    check_cut_sets(random_case(rng), rng)


@settings(max_examples=1000, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_the_sets_are_those_of_the_definition_on_thousands_of_graphs(seed: int) -> None:
    rng = Random(seed)
    check_cut_sets(random_case(rng), rng)
    check_cut_sets(redundant_case(rng), rng)
