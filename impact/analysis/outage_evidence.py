"""Why a CI has its state, where time matters: who decides how long it is away, or who degrades it."""

from impact.analysis.outages import NONE, Decider, Outages
from impact.analysis.rules import DECLARED, RULES, Evidence, Rule
from impact.projection import Projection
from impact.state import State
from impact.strength import Strength

DECIDED = {Decider.FAILED: Rule.FAILED, Decider.WAIT: Rule.WAITS, Decider.FAILOVER: Rule.FAILS_OVER}


def outage_evidence(projection: Projection, outages: Outages, ci: int, state: State) -> Evidence:
    """Along the members that decide how long CIs are away, or that degrade those that are not."""
    if state >= State.INTERRUPTED:
        return _of_chain(outages, ci, state)
    member = outages.parents[state][ci]
    if member == NONE:
        return Evidence(DECLARED[state], (ci,), ())
    group = _deciding(projection, outages, ci, member, state)
    rule = RULES[state, Strength(projection.wiring.strength[group])]
    if rule == Rule.GROUP_WEAKENED:
        before = outage_evidence(projection, outages, member, State.DEGRADED)
    else:
        before = _of_chain(outages, member, State.INTERRUPTED)
    return Evidence(rule, (*before.path, ci), (*before.groups, group))


def _of_chain(outages: Outages, ci: int, state: State) -> Evidence:
    chain = outages.chain(ci)
    rule = DECIDED[chain[-1].decider]
    return Evidence(
        Rule.GROUP_LOST if rule == Rule.WAITS and state == State.DOWN else rule,
        tuple(step.ci for step in chain),
        tuple(step.group for step in chain if step.group is not None),
    )


def _deciding(projection: Projection, outages: Outages, ci: int, member: int, state: State) -> int:
    """The group by which a member makes a CI degraded or at risk.

    A member that is both away and degraded may do so in one group by the one and in another by the other.
    """
    wiring = projection.wiring
    steps = outages.one(ci, outages.impaired if state == State.DEGRADED else outages.endangered)
    is_away = outages.away(member) > 0 and outages.one(member, outages.steps) == steps - 1
    is_worse = state == State.DEGRADED and outages.one(member, outages.impaired) == steps - 1
    for group in projection.groups.of_owner(ci):
        if member not in projection.groups.members(group):
            continue
        away, worse = _missing(projection, outages, group)
        spare = projection.groups.weights(group).sum() - wiring.need[group]
        match Strength(wiring.strength[group]), state:
            case Strength.HARD, State.DEGRADED if is_worse and away + worse > spare:
                return group
            case Strength.SOFT, State.DEGRADED if is_away and away > spare:
                return group
            case Strength.HARD | Strength.SOFT, State.AT_RISK if 0 < away <= spare:
                return group
            case Strength.GUARD, State.AT_RISK if away > spare:
                return group
    raise AssertionError(f"nothing makes CI {ci} {state.label}")


def _missing(projection: Projection, outages: Outages, group: int) -> tuple[int, int]:
    """What the members of a group weigh that are missed, and those that are merely degraded."""
    wiring, away, worse = projection.wiring, 0, 0
    for entry in projection.groups.entries(group):
        member, weight = int(wiring.member[entry]), int(wiring.weight[entry])
        if outages.away(member) > wiring.tolerates[entry]:
            away += weight
        elif member in outages.parents[State.DEGRADED]:
            worse += weight
    return away, worse
