"""When a change could be done instead: free windows."""

from collections.abc import Iterator, Sequence

from cmdb.changes import Plan, Window
from impact.planning.course import moment, stretch
from impact.planning.harm import Harms
from impact.planning.inheritance import Bonds
from impact.planning.joint import joint_losses
from impact.planning.models import Stretch
from impact.planning.rivals import Neighbourhood, Planned
from impact.planning.spans import Span, Spans, union, without
from impact.planning.spells import planned
from impact.planning.windows import WindowPolicy
from impact.scenario import find_known

HORIZON = 90 * 86_400
"""How far ahead is looked, in seconds."""


def free_windows(
    harms: Harms, new: Planned, others: Sequence[Planned], policy: WindowPolicy, since: int, most: int
) -> list[Stretch]:
    """The next windows in which a plan fits with its back-out, breaks no rule and collides with nothing.

    None overlap. Looks 90 days ahead of `since`, in seconds since 1970; so there may be fewer than `most`.
    """
    others = [other for other in others if other.number != new.number]
    found = find_known(harms.projection, {ci for one in (new, *others) for ci in one.plan.cis})
    neighbourhood = Neighbourhood(harms, found, new)
    taken = union(_span(other.plan.window) for other in others if neighbourhood.contact(other))
    bonds = Bonds.of(harms, found, new.plan, policy)
    free = without(bonds.allowed(since, since + HORIZON), taken)
    needed = new.plan.window.seconds - new.plan.spare
    windows: list[Stretch] = []
    for begin, end in _fitting(harms, found, new, others, free, needed):
        if len(windows) == most:
            break
        windows.append(stretch((begin, end)))
    return windows


def _fitting(
    harms: Harms,
    found: "dict[str, int]",
    new: Planned,
    others: Sequence[Planned],
    free: Spans,
    needed: int,
) -> Iterator[Span]:
    for begin, end in free:
        while begin + needed <= end:
            ends = _until(harms, found, new, others, (begin, begin + needed))
            if ends is None:
                yield begin, begin + needed
            begin = begin + needed if ends is None else ends


def _until(
    harms: Harms, found: "dict[str, int]", new: Planned, others: Sequence[Planned], span: Span
) -> int | None:
    """When the first change is over with which the plan would lose anything jointly; None: nothing."""
    moved = _moved(new.plan, span)
    rivals = {other.number: other for other in others if other.plan.window.overlaps(moved.window)}
    work = {number: planned(other.plan, found) for number, other in rivals.items()}
    losses, _ = joint_losses(harms, new.number, {**work, new.number: planned(moved, found)})
    involved = {number for loss in losses for number in loss.changes} - {new.number}
    return min((_span(rivals[number].plan.window)[1] for number in involved), default=None)


def _moved(plan: Plan, span: Span) -> Plan:
    return plan.model_copy(update={"window": Window(start=moment(span[0]), end=moment(span[1]))})


def _span(window: Window) -> Span:
    return int(window.start.timestamp()), int(window.end.timestamp())
