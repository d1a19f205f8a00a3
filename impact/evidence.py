"""Why a CI has its state: the group that decided it and the shortest path from a cause.

A path follows the rounds of the fixed point backwards: each step is a member whose own state,
reached exactly one round earlier, tipped a group of the next CI. Among equals the lowest number
wins.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from impact.projection import Groups, Strength
from impact.propagation import NEVER, Outcome
from impact.state import State


class Rule(StrEnum):
    """The rule that forces a state, or the declaration that sets it."""

    FAILED = "failed"
    DECLARED_DEGRADED = "declared_degraded"
    GROUP_LOST = "group_lost"
    GROUP_WEAKENED = "group_weakened"
    SOFT_GROUP_LOST = "soft_group_lost"
    REDUNDANCY_REDUCED = "redundancy_reduced"
    GUARD_LOST = "guard_lost"


class Trigger(NamedTuple):
    """A rule about one group: what counts against which threshold."""

    strength: Strength
    watched: State
    """DOWN: members that are down are missing; DEGRADED: those that are degraded, too."""
    rule: Rule
    spares: bool = False
    """A single missing member is enough, rather than falling short of the need."""


TRIGGERS = {
    State.DOWN: (Trigger(Strength.HARD, State.DOWN, Rule.GROUP_LOST),),
    State.DEGRADED: (
        Trigger(Strength.HARD, State.DEGRADED, Rule.GROUP_WEAKENED),
        Trigger(Strength.SOFT, State.DOWN, Rule.SOFT_GROUP_LOST),
    ),
    State.AT_RISK: (
        Trigger(Strength.HARD, State.DOWN, Rule.REDUNDANCY_REDUCED, spares=True),
        Trigger(Strength.SOFT, State.DOWN, Rule.REDUNDANCY_REDUCED, spares=True),
        Trigger(Strength.GUARD, State.DOWN, Rule.GUARD_LOST),
    ),
}
DECLARED = {State.DOWN: Rule.FAILED, State.DEGRADED: Rule.DECLARED_DEGRADED}


class Link(NamedTuple):
    """One step back: the member of a group whose state forced the owner's."""

    member: int
    group: int
    state: State
    rule: Rule


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a CI has its state.

    `path` leads from the cause to the CI; `groups[i]` is the group by which `path[i + 1]` depends
    on `path[i]`. The last group decided the state; a cause has none.
    """

    rule: Rule
    path: tuple[int, ...]
    groups: tuple[int, ...]


def evidence(groups: Groups, outcome: Outcome, ci: int, state: State) -> Evidence:
    """Trace the state of an impacted CI back to its cause."""
    links: list[Link] = []
    at = ci
    while outcome.rounds[state][at] > 0:
        link = min(_links(groups, outcome, at, state))
        links.append(link)
        at, state = link.member, link.state
    return Evidence(
        rule=links[0].rule if links else DECLARED[state],
        path=(*(link.member for link in reversed(links)), ci),
        groups=tuple(link.group for link in reversed(links)),
    )


def _links(groups: Groups, outcome: Outcome, ci: int, state: State) -> Iterator[Link]:
    """The members that tipped a group of the CI in the round in which it got its state."""
    now = outcome.rounds[state][ci]
    for group in groups.of(ci):
        for trigger in TRIGGERS[state]:
            if trigger.strength != groups.strength[group]:
                continue
            members, reached = groups.members(group), outcome.rounds[trigger.watched]
            missing = (reached[members] != NEVER) & (reached[members] < now)
            left = groups.total[group] - groups.weights(group)[missing].sum()
            if left < (groups.total if trigger.spares else groups.need)[group]:
                for member in members[reached[members] == now - 1]:
                    was_down = outcome.down[member] == now - 1
                    before = State.DOWN if was_down else State.DEGRADED
                    yield Link(int(member), group, before, trigger.rule)
