"""What a picture says above itself."""

from collections.abc import Sequence

from impact.analysis import Analysis
from impact.answer import Report
from impact.arrays import Ints
from impact.state import State

NAMED = 3


def title(report: Report) -> str:
    """`If core-a and core-b fail: 176 CIs down, 13 degraded, 13 at risk`."""
    analysis = report.analysis
    states = analysis.states(analysis.affected)
    counts = [(int((states == state).sum()), state) for state in sorted(State, reverse=True) if state]
    told = ", ".join(f"{count:,} {state.label.replace('_', ' ')}" for count, state in counts if count)
    return f"If {_conditions(analysis)}: {told or 'nothing'}"


def extract(report: Report, shown: Ints) -> str:
    """`; shown are the 40 worst of 812 services, and how failure reaches them`."""
    some, all_, what = shown, report.ranked, "CIs"
    if len(report.services):
        some, all_, what = report.services[: len(shown)], report.services, "services"
    count = f"the {len(some)} worst of {len(all_):,}" if len(some) < len(all_) else f"all {len(all_)}"
    return f"{title(report)}; shown are {count} {what}, and how failure reaches them"


def _conditions(analysis: Analysis) -> str:
    declared = (
        (analysis.scenario.down, "fails", "fail"),
        (analysis.scenario.degraded, "is degraded", "are degraded"),
        (analysis.scenario.pinned, "stays up", "stay up"),
        (analysis.base.down, "was down before", "were down before"),
        (analysis.base.degraded, "was degraded before", "were degraded before"),
    )
    names = analysis.projection.cis.name
    return "; ".join(
        f"{_names([names[ci] for ci in cis.tolist()])} {one if len(cis) == 1 else many}"
        for cis, one, many in declared
        if len(cis)
    )


def _names(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b, c and 2 more`."""
    listed, hidden = list(names[:NAMED]), len(names) - NAMED
    listed += [f"{hidden:,} more"] if hidden > 0 else []
    return " and ".join(filter(None, (", ".join(listed[:-1]), listed[-1])))
