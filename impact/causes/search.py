"""Which explanations are tried: every single cause, and small sets where one cause leaves alarms unexplained.

A single cause is any CI that an alarm depends on, so none is missed. Sets grow from two sides. The likeliest
explanations are extended by every CI that what they leave unexplained depends on, tried together with them,
so that redundancy lost jointly counts (a beam search; complete for what can be added to those in the beam).
And pairs that take an alarm down only together begin as its minimal cut sets, since alone neither of them
shows.
"""

from collections.abc import Iterator
from itertools import combinations
from time import monotonic

import numpy as np

from impact.analysis.propagation import Causes, propagate
from impact.arrays import NOBODY, Ints, Longs
from impact.causes.trials import Trials, Tried
from impact.questions.together import Tree, together

PAIR = 2
ALONE = 50
"""CIs that fall with a cause, roughly, where nothing is known of it."""
PROBES, PAIRS, SECONDS = 5, 200, 0.05
"""Alarms whose cut sets are looked at, and how many pairs, and for how long, for each."""


def explanations(trials: Trials) -> list[Tried]:
    """The explanations tried, by the number of their causes, none twice.

    A set is among them only if it is likelier than each smaller one that it was made from.
    """
    limits = trials.suspicion.policy.search
    singles = trials.of(trials.providers(trials.seen.alarms)[:, np.newaxis])
    found = [singles]
    beam = singles.best(limits.beam)
    for size in range(PAIR, limits.largest + 1):
        sets = [*_extended(trials, beam, singles)]
        if size == PAIR:
            sets += _pairs(trials, beam)
        if not sets or not len(beam.sets):
            break
        tried = _worthwhile(trials.of(_distinct(np.concatenate(sets))), found, len(trials.projection.cis))
        found.append(tried)
        beam = tried.best(limits.beam)
    return found


def _extended(trials: Trials, beam: Tried, singles: Tried) -> Iterator[Ints]:
    """The sets of a beam, each with one more cause of what it leaves unexplained."""
    for place, base in enumerate(beam.sets):
        left = trials.unexplained(base)
        if not len(left):
            continue
        more = np.setdiff1d(trials.providers(left), base)
        most = trials.suspicion.policy.search.work // (int(beam.counts[place].sum()) + ALONE)
        if len(more) > most:
            likeliest = singles.sets[np.argsort(-singles.parts.score, kind="stable"), 0]
            more = likeliest[np.isin(likeliest, more)][:most]
        yield np.column_stack((np.tile(base, (len(more), 1)), more)).astype(np.int32)


def _pairs(trials: Trials, beam: Tried) -> Iterator[Ints]:
    """Pairs of CIs that together take down an alarm which the likeliest cause leaves unexplained."""
    left = trials.unexplained(beam.sets[0]) if len(beam.sets) else trials.seen.alarms
    step = max(len(left) // PROBES, 1)
    nothing = propagate(trials.projection, Causes(NOBODY, NOBODY, NOBODY))
    for alarm in left[::step][:PROBES].tolist():
        tree = Tree(trials.projection, alarm, nothing, NOBODY)
        end = monotonic() + SECONDS
        cuts = together(tree, PAIR, PAIRS, lambda end=end: monotonic() > end).cuts[PAIR]  # type: ignore[misc]
        if cuts:
            yield np.array(cuts, dtype=np.int32)


def _distinct(sets: Ints) -> Ints:
    """The sets without repetitions, each in ascending order."""
    return np.unique(np.sort(sets, axis=1), axis=0)


def _worthwhile(tried: Tried, smaller: list[Tried], cis: int) -> Tried:
    """Those likelier than each smaller explanation that is part of them."""
    best = np.full(len(tried.sets), -np.inf)
    for part in smaller:
        codes = _codes(part.sets, cis)
        order = np.argsort(codes)
        for columns in combinations(range(tried.sets.shape[1]), part.sets.shape[1]):
            wanted = _codes(tried.sets[:, columns], cis)
            place = order[np.minimum(np.searchsorted(codes, wanted, sorter=order), len(codes) - 1)]
            known = codes[place] == wanted
            best[known] = np.maximum(best[known], part.parts.score[place[known]])
    return tried.chosen(tried.parts.score > best)


def _codes(sets: Ints, cis: int) -> Longs:
    """A number for each set of up to two of so many CIs."""
    code = np.zeros(len(sets), dtype=np.int64)
    for column in sets.T:
        code = code * cis + column
    return code
