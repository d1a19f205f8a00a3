"""The picture of an impact: all of it where a reader can take it in, else the worst and how it came about."""

from collections.abc import Iterable

import numpy as np

from cmdb.errors import InvalidInput
from impact.analysis import Analysis
from impact.answer import Report
from impact.arrays import Ints
from impact.drawing import Picture, fold
from impact.drawing.boxes import boxes
from impact.pictures.graph import hurt_groups, picture
from impact.pictures.title import extract, title
from impact.state import State

READABLE = 110
"""Boxes of a drawing."""
MOST_DRAWN = 1_000
"""CIs that are looked at to find out whether they fold into a readable drawing."""
MOST_WHOLE = 20_000
"""CIs of a picture that is not for people."""

ATTEMPTS = ((40, True), (20, True), (10, True), (40, False), (20, False), (10, False), (5, False), (1, False))
"""How many of the worst CIs are shown, and whether with all that explains them or with one path to each.

The first attempt that makes a readable drawing counts, or else the last.
"""


def impact_picture(report: Report) -> Picture:
    """For people: the causes, all that is not up, and of each group that is hurt the members still up.

    Of a large impact only the worst CIs, services first, and how failure reaches them; the title says so.
    """
    affected = _affected(report.analysis)
    if len(affected) <= MOST_DRAWN and _is_readable(drawn := _whole(report, affected)):
        return drawn
    for most, fully in ATTEMPTS:
        drawn = _extract(report, most, fully)
        if _is_readable(drawn):
            break
    return drawn


def whole_impact(report: Report) -> Picture:
    """For programs: the same with everything, however much.

    Raises InvalidInput for more CIs than fit into memory as a picture.
    """
    affected = _affected(report.analysis)
    if len(affected) > MOST_WHOLE:
        raise InvalidInput(
            f"{len(affected):,} CIs are concerned, and a file of this format can hold {MOST_WHOLE:,}. "
            "Take csv or arrow, which hold any number, or svg, which shows the worst."
        )
    return _whole(report, affected)


def _affected(analysis: Analysis) -> Ints:
    """The CIs that are not up, and those that are up because the scenario says so."""
    return np.union1d(analysis.outcome.cis, analysis.scenario.pinned).astype(np.int32)


def _whole(report: Report, affected: Ints) -> Picture:
    groups = hurt_groups(report.analysis, affected)
    return picture(report.analysis, affected.tolist(), groups.tolist(), title(report))


def _is_readable(drawn: Picture) -> bool:
    if len(drawn.nodes) > MOST_DRAWN:
        return False
    folded = fold(drawn)
    return len(folded.nodes) + len(boxes(folded)) <= READABLE


def _extract(report: Report, most: int, fully: bool) -> Picture:
    """The worst CIs that are not up, and how failure reaches them."""
    analysis = report.analysis
    worst = report.ranked[analysis.states(report.ranked) != State.UP][:most]
    explained = _fully(analysis, worst) if fully else _along_paths(analysis, worst)
    return picture(analysis, *explained, extract(report, worst))


def _fully(analysis: Analysis, worst: Ints) -> tuple[set[int], set[int]]:
    """CIs with the groups that decided their states, with the members of these, and so on to the causes.

    Stops where that has become more than can be drawn.
    """
    cis, groups, pending = set[int](), set[int](), worst.tolist()
    while pending and len(cis) <= MOST_DRAWN:
        ci = pending.pop()
        if ci in cis or analysis.state(ci) == State.UP:
            continue
        cis.add(ci)
        decided = analysis.evidence(ci).groups[-1:]
        groups.update(decided)
        pending += (member for group in decided for member in analysis.groups.members(group).tolist())
    return cis, groups


def _along_paths(analysis: Analysis, worst: Ints) -> tuple[set[int], set[int]]:
    """CIs with the shortest path from a cause to each."""
    found = [analysis.evidence(ci) for ci in worst.tolist()]
    return _all(way.path for way in found), _all(way.groups for way in found)


def _all(some: Iterable[Iterable[int]]) -> set[int]:
    return {each for several in some for each in several}
