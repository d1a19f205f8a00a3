"""CIs of an analysis with the groups that tell why they are as they are."""

from collections.abc import Iterable, Iterator

import numpy as np

from impact.analysis import Analysis
from impact.answer.writer import Writer
from impact.arrays import Ints, ranges
from impact.drawing import Edge, Group, Node, Picture
from impact.state import State
from impact.strength import Strength


def picture(analysis: Analysis, cis: Iterable[int], groups: Iterable[int], title: str) -> Picture:
    """CIs and the groups that some of them have, with all members of these; all by index."""
    groups = sorted(set(groups))
    members = (analysis.groups.members(group).tolist() for group in groups)
    shown = sorted({*cis, *(member for some in members for member in some)})
    named = [group for group in groups if analysis.groups.labels[group]]
    writer = Writer(analysis)
    return Picture(
        nodes=tuple(_nodes(analysis, writer, shown)),
        groups=tuple(_group(analysis, writer, group) for group in named),
        edges=tuple(_edge(analysis, writer, group) for group in sorted({*groups} - {*named})),
        title=title,
    )


def hurt_groups(analysis: Analysis, cis: Ints) -> Ints:
    """The groups of some CIs that have members that are not up and make others so."""
    wiring = analysis.groups.wiring
    owned = ranges(wiring.owned[cis])
    owned = owned[wiring.strength[owned] != Strength.NONE]
    bounds = np.stack((wiring.first[owned], wiring.first[owned + 1]), axis=1)
    hurt = analysis.states(wiring.member[ranges(bounds)]) >= State.DEGRADED
    place = np.repeat(np.arange(len(owned)), bounds[:, 1] - bounds[:, 0])
    found: Ints = owned[np.bincount(place[hurt], minlength=len(owned)) > 0]
    return found


def _nodes(analysis: Analysis, writer: Writer, cis: list[int]) -> Iterator[Node]:
    causes = _causes(analysis)
    for ci in cis:
        details = writer.details(ci)
        state = analysis.state(ci)
        distance = analysis.distance(ci) if state != State.UP else None
        yield Node(
            details.id,
            details.name,
            details.class_,
            state.label,
            details.criticality,
            distance,
            ci in causes,
        )


def _causes(analysis: Analysis) -> set[int]:
    """What the scenario or the base declares to be other than up."""
    declared = (analysis.scenario, analysis.base)
    return {ci for told in declared for cis in (told.down, told.degraded) for ci in cis.tolist()} - {
        *analysis.scenario.pinned.tolist()
    }


def _group(analysis: Analysis, writer: Writer, group: int) -> Group:
    groups = analysis.groups
    terms = groups.group_terms(group)
    return Group(
        owner=writer.details(int(groups.wiring.owner[group])).id,
        name=terms.name,
        need=terms.need,
        of=terms.total,
        strength=terms.strength.label,
        state=analysis.group_state(group),
        members=tuple(writer.details(ci).id for ci in groups.members(group).tolist()),
    )


def _edge(analysis: Analysis, writer: Writer, group: int) -> Edge:
    """A relationship that stands alone is a group of one."""
    groups = analysis.groups
    owner, (member,) = int(groups.wiring.owner[group]), groups.members(group).tolist()
    return Edge(
        dependent=writer.details(owner).id,
        provider=writer.details(member).id,
        type=groups.type_in(group, member),
        strength=Strength(groups.wiring.strength[group]).label,
    )
