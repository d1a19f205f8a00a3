"""The arithmetic of chance, against exact fractions and networkx."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from math import comb, isclose, log
from random import Random

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from impact.kernels.chance import expected, log_tail
from impact.kernels.exposure import exposure
from impact.recurrence.correction import threshold
from tests.impact.reaching import random_walk


def exact_tail(count: int, trials: int, chance: Fraction) -> Fraction:
    """The binomial upper tail, term by term."""
    terms = (comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(count, trials + 1))
    return sum(terms, Fraction(0))


@given(st.integers(1, 120), st.integers(1, 99), st.data())
@settings(deadline=None)
def test_the_tail_agrees_with_exact_fractions(trials: int, percent: int, data: st.DataObject) -> None:
    chance = Fraction(percent, 100)
    mean = trials * chance
    count = data.draw(st.integers(min(int(mean) + 1, trials), trials))
    exact = exact_tail(count, trials, chance)
    assert isclose(log_tail(count, trials, float(mean)), log(exact), rel_tol=1e-9, abs_tol=1e-11)


@pytest.mark.parametrize(
    ("count", "mean", "told"), [(0, 1.0, 0.0), (3, 10.0, 0.0), (1, 0.0, -np.inf), (11, 3.0, -np.inf)]
)
def test_tails_at_the_edges(count: int, mean: float, told: float) -> None:
    assert log_tail(count, 10, mean) == told


def draws(sizes: list[int], hits: list[int]) -> Iterator[list[set[int]]]:
    """Every way to draw so many CIs from each stratum."""
    every = [[set(some) for some in combinations(range(n), k)] for n, k in zip(sizes, hits, strict=True)]
    return (list(way) for way in product(*every))


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_what_is_expected_is_the_mean_over_all_draws(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
    inside = [data.draw(st.integers(0, size)) for size in sizes]
    patterns = [
        ([data.draw(st.integers(0, min(size, 3))) for size in sizes], data.draw(st.integers(1, 4)))
        for _ in range(2)
    ]
    exact = 0.0
    for hits, times in patterns:
        ways = list(draws(sizes, hits))
        met = [any(ci < inside[s] for s, some in enumerate(way) for ci in some) for way in ways]
        exact += times * sum(met) / len(ways)
    entries = [[(s, k) for s, k in enumerate(hits) if k] for hits, _ in patterns]
    columns = np.array([entry for some in entries for entry in some], dtype=np.int32).reshape(-1, 2)
    first = np.concatenate(([0], np.cumsum([len(some) for some in entries]))).astype(np.int32)
    share = np.array([[part / size for part, size in zip(inside, sizes, strict=True)]])
    told = expected(
        share,
        np.array(sizes, dtype=np.int32),
        first,
        columns[:, 0].copy(),
        columns[:, 1].copy(),
        np.array([times for _, times in patterns], dtype=np.int32),
    )
    assert told[0] == pytest.approx(exact, abs=1e-9)


@given(st.lists(st.floats(1e-6, 1.0), max_size=30), st.integers(0, 20), st.sampled_from((0.01, 0.05, 0.5)))
def test_the_threshold_is_that_of_benjamini_and_hochberg(p: list[float], more: int, rate: float) -> None:
    tested = len(p) + more
    assume(all(abs(chance * tested - rate * rank) > 1e-9 for rank in range(1, tested + 1) for chance in p))
    passed = [chance for rank, chance in enumerate(sorted(p), 1) if chance * tested <= rate * rank]
    told = threshold(np.log(np.array(p)), tested, rate)
    found = [chance for chance in p if log(chance) <= told + 1e-12]
    assert sorted(found) == [chance for chance in sorted(p) if passed and chance <= max(passed)]


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_exposure_agrees_with_networkx(rng: Random) -> None:
    case = random_walk(rng)
    projection = case.projection
    n, incidents = len(projection.cis), rng.randint(1, 9)
    hit = (
        sorted({(rng.randrange(n), rng.randrange(incidents)) for _ in range(rng.randint(0, 12))}) if n else []
    )
    stratum = np.array([rng.choice((-1, 0, 1)) for _ in range(n)], dtype=np.int32)
    weight = np.array([rng.uniform(0.1, 3) for _ in range(n)])
    first = np.searchsorted([ci for ci, _ in hit], np.arange(n + 1)).astype(np.int32)
    found, waiting = np.zeros((2, n), dtype=np.uint64)
    hit_by = np.zeros(incidents, dtype=np.uint64)
    asked = np.array(rng.sample(range(n), rng.randint(0, n)), dtype=np.int32)
    for _ in range(2):  # it leaves its memory as it found it
        with projection.scratch.borrow() as scratch:
            inside, exposed, were_hit, counts = exposure(
                projection.wiring,
                scratch,
                found,
                waiting,
                hit_by,
                asked,
                stratum,
                weight,
                2,
                first,
                np.array([number for _, number in hit], dtype=np.int32),
            )
    for place, ci in enumerate(asked.tolist()):
        no = int(projection.cis.no[ci])
        members = {case.index(other) for other in nx.ancestors(case.graph, no) | {no}}
        assert exposed[place] == len(members)
        assert were_hit[place] == len(members & {ci for ci, _ in hit})
        assert counts[place] == len({number for ci, number in hit if ci in members})
        for s in (0, 1):
            assert inside[place, s] == pytest.approx(sum(weight[m] for m in members if stratum[m] == s))
