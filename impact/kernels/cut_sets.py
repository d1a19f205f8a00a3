"""Minimal sets of up to three CIs whose failure takes the first CI of a part, the service, down.

Failures that have nothing in common do nothing together that they do not do apart: what is down under
several is what is down under each, unless there is a group that all of that takes beyond what it can spare,
and none of it alone. So a search needs to extend a set of failures only by CIs that share such a group with
it. It is complete up to three: either two of the three exceed a group and the third exceeds another with
them, or it takes all three to exceed one. (Cut sets up to an order are common in fault tree analysis since
Fussell and Vesely, 1972: A new methodology for obtaining cut sets for fault trees.)
"""

from typing import NamedTuple

import numpy as np

from impact.arrays import Flags, Ints
from impact.kernels.compiling import kernel
from impact.kernels.part import Part

SERVICE = 0


class Trial(NamedTuple):
    """Memory for failures on a part; all but the lists is left as it was found."""

    live: Ints  # a copy of `spare`
    down: Flags  # False for each CI
    noted: Flags  # False for each group
    failed: Ints  # p, a list: what is down
    groups: Ints  # q, a list


class Shares(NamedTuple):
    """What CIs alone take from groups that survive it; group `k` has the entries from `first[k]`."""

    first: Ints  # q + 1
    ci: Ints
    weight: Ints
    most: Ints  # q, the largest weight


@kernel
def trial_on(part: Part) -> Trial:
    """Memory for trials on a part."""
    cis, groups = len(part.ci), len(part.owner)
    down, noted = np.zeros(cis, np.bool_), np.zeros(groups, np.bool_)
    return Trial(part.spare.copy(), down, noted, np.empty(cis, np.int32), np.empty(groups, np.int32))


@kernel
def shares_of(part: Part, trial: Trial, left_out: Flags) -> Shares:
    """The shares of all CIs but some. Costs the entries of what falls with each alone, twice."""
    first, most = np.zeros(len(part.owner) + 1, np.int32), np.zeros(len(part.owner), np.int32)
    ci, weight = np.empty(0, np.int32), np.empty(0, np.int32)
    failure = np.empty(1, np.int32)
    for filling in (False, True):
        for failure[0] in range(len(part.ci)):
            if left_out[failure[0]]:
                continue
            tail = _fail(part, trial, failure, 0)
            for group in _touched(part, trial, tail):
                if filling:
                    first[group] -= 1
                    ci[first[group]] = failure[0]
                    weight[first[group]] = part.spare[group] - trial.live[group]
                    most[group] = max(most[group], weight[first[group]])
                else:
                    first[group] += 1
            _recover(part, trial, 0, tail)
        if not filling:
            first = np.cumsum(first).astype(np.int32)
            ci, weight = np.empty(first[-1], np.int32), np.empty(first[-1], np.int32)
    return Shares(first, ci, weight, most)


@kernel
def extensions(part: Part, trial: Trial, shares: Shares, failures: Ints, more: int) -> tuple[Ints, Flags]:
    """CIs that exceed a group together with some failures and `more` further CIs.

    Returns the CIs, and with which of them the service falls; it must not fall without. Costs the entries of
    what falls with each.
    """
    begin = _fail(part, trial, failures, 0)
    found = _joining(part, trial, shares, begin, more)
    fallen = np.empty(len(found), np.bool_)
    for index in range(len(found)):
        tail = _fail(part, trial, found[index : index + 1], begin)
        fallen[index] = trial.down[SERVICE]
        _recover(part, trial, begin, tail)
    _recover(part, trial, 0, begin)
    return found, fallen


@kernel
def _joining(part: Part, trial: Trial, shares: Shares, tail: int, more: int) -> Ints:
    """The CIs that share a group with what is down so that `more` others could exceed it; each once."""
    marked, count = np.zeros(len(part.ci), np.bool_), 0
    found = np.empty(len(part.ci), np.int32)
    for group in _touched(part, trial, tail):
        for at in range(shares.first[group], shares.first[group + 1]):
            ci = shares.ci[at]
            exceeds = shares.weight[at] + more * shares.most[group] > trial.live[group]
            if exceeds and not marked[ci] and not trial.down[ci]:
                marked[ci] = True
                found[count] = ci
                count += 1
    return found[:count].copy()


@kernel
def _touched(part: Part, trial: Trial, tail: int) -> Ints:
    """The groups, each once, that survive although they have members among what is down."""
    count = 0
    for ci in trial.failed[:tail]:
        for at in range(part.row[2 * ci + 1], part.row[2 * ci + 2]):
            group = part.entry[at]
            if not trial.noted[group] and not trial.down[part.owner[group]]:
                trial.noted[group] = True
                trial.groups[count] = group
                count += 1
    for group in trial.groups[:count]:
        trial.noted[group] = False
    return trial.groups[:count]


@kernel
def _fail(part: Part, trial: Trial, failures: Ints, tail: int) -> int:
    """Let CIs fail beside the first `tail` of the list of what is down; how long it is then."""
    head, down, failed = tail, trial.down, trial.failed
    for ci in failures:
        if not down[ci]:
            down[ci] = True
            failed[tail] = ci
            tail += 1
    while head < tail:
        ci = failed[head]
        head += 1
        for at in range(part.row[2 * ci], part.row[2 * ci + 2]):
            owner = part.entry[at]
            if at >= part.row[2 * ci + 1]:
                group = owner
                trial.live[group] -= part.carried[at]
                if trial.live[group] >= 0:
                    continue
                owner = part.owner[group]
            if not down[owner]:
                down[owner] = True
                failed[tail] = owner
                tail += 1
    return tail


@kernel
def _recover(part: Part, trial: Trial, begin: int, end: int) -> None:
    """Take back the failures from `begin` up to `end` of the list of what is down."""
    for ci in trial.failed[begin:end]:
        trial.down[ci] = False
        for at in range(part.row[2 * ci + 1], part.row[2 * ci + 2]):
            trial.live[part.entry[at]] += part.carried[at]
