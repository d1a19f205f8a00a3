"""What a picture says above itself."""

from impact.answer import Report
from impact.answer.text import conditions
from impact.arrays import Ints
from impact.state import State

NAMED = 3


def title(report: Report) -> str:
    """`If core-a and core-b fail: 176 CIs down, 13 degraded, 13 at risk`."""
    analysis = report.analysis
    states = analysis.states(analysis.affected)
    counts = [(int((states == state).sum()), state) for state in sorted(State, reverse=True) if state]
    told = ", ".join(f"{count:,} {state.label.replace('_', ' ')}" for count, state in counts if count)
    return f"If {conditions(report.asked, NAMED)}: {told or 'nothing'}"


def extract(report: Report, shown: Ints) -> str:
    """`; shown are the 40 worst of 812 services, and how failure reaches them`."""
    some, all_, what = shown, report.ranked, "CIs"
    if len(report.services):
        some, all_, what = report.services[: len(shown)], report.services, "services"
    count = f"the {len(some)} worst of {len(all_):,}" if len(some) < len(all_) else f"all {len(all_)}"
    return f"{title(report)}; shown are {count} {what}, and how failure reaches them"
