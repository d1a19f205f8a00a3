"""What a service stands on, layer by layer, with its redundancy and the state of each CI."""

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.answer.asked import asked
from impact.answer.models import Answer, Asked, AtRevision, CIRef, GroupState
from impact.answer.text import finding, requirement
from impact.answer.writer import Writer
from impact.arrays import Ints
from impact.questions.layers import Layers, LeftOut, Shown, cut, kept, providers
from impact.questions.limits import Limits
from impact.scenario import Scenario
from impact.state import GroupStateName, StateName
from impact.strength import Strength


class MapGroup(GroupState):
    """What a CI of the map needs."""

    state: GroupStateName = Field(description="Lost, if only for a time; weakened, or whole.")
    text: str

    @property
    def members(self) -> list[CIRef]:
        """All of them, the worst first."""
        return [*self.down, *self.interrupted, *self.degraded, *self.up]


class MapCI(CIRef):
    """A CI in the map."""

    distance: int = Field(description="Steps from the service.")
    state: StateName
    criticality: str | None
    environment: str | None
    owner: str | None
    parent: str | None = Field(
        description="Id of the CI of the map nearest above it on a shortest way from the service."
    )
    skipped: int = Field(description="How many CIs on that way are left out.")
    groups: list[MapGroup] = Field(description="What it needs: each group, hard ones first.")


class Layer(Answer):
    """The CIs of the map at one distance."""

    distance: int
    cis: list[MapCI] = Field(description="By class and name.")


class ServiceMap(AtRevision):
    """What a service stands on."""

    scenario: Asked = Field(description="Under which the states are.")
    service: CIRef
    limits: Limits
    layers: list[Layer] = Field(description="Nearest first; the service itself is the first.")
    left_out: LeftOut


def service_map(
    analysis: Analysis, catalogue: Catalogue, scenario: Scenario, ci: int, limits: Limits
) -> ServiceMap:
    """The map of what a CI depends on, with the states of a scenario that has been analysed."""
    projection, writer = analysis.projection, Writer(analysis)
    layers = providers(projection, ci)
    wanted = kept(projection, layers, limits.kept(catalogue))
    distance = layers.distance[wanted]
    last = _last(distance, limits)
    cut_at = last + 1 if last < distance[-1] else None
    shown = cut(projection, layers, wanted & (layers.distance <= last), cut_at)
    return ServiceMap(
        revision=projection.revision.seq,
        as_of=projection.revision.at,
        scenario=asked(scenario, analysis, writer),
        service=writer.ref(ci),
        limits=limits,
        layers=list(_layers(analysis, writer, layers, shown)),
        left_out=shown.left_out,
    )


def _last(distance: Ints, limits: Limits) -> int:
    """The last layer that fits whole; the service itself counts as none of the most."""
    fits = np.cumsum(np.bincount(distance)) - 1 <= limits.most
    last = len(fits) - 1 if fits.all() else int(np.argmin(fits)) - 1
    return min(last, limits.depth or last)


def _layers(analysis: Analysis, writer: Writer, layers: Layers, shown: Shown) -> Iterator[Layer]:
    distances = layers.distance[shown.places]
    for distance in np.unique(distances).tolist():
        places = shown.places[distances == distance].tolist()
        found = [(layers.cis[at], _placed(analysis, writer, layers, shown, at)) for at in places]
        found.sort(key=lambda told: (told[1].class_, told[1].name, analysis.projection.cis.no[told[0]]))
        yield Layer(distance=distance, cis=[ci for _, ci in found])


def _placed(analysis: Analysis, writer: Writer, layers: Layers, shown: Shown, at: int) -> MapCI:
    ci, anchor = int(layers.cis[at]), int(shown.anchor[at])
    details = writer.details(ci)
    return MapCI(
        **vars(writer.ref(ci)),
        distance=int(layers.distance[at]),
        state=writer.state(ci),
        criticality=details.criticality,
        environment=details.environment,
        owner=details.owner,
        parent=None if anchor < 0 else writer.details(int(layers.cis[anchor])).id,
        skipped=int(shown.skipped[at]),
        groups=_groups(analysis, writer, ci),
    )


def _groups(analysis: Analysis, writer: Writer, ci: int) -> list[MapGroup]:
    """The groups of a CI that do something, in an order that the numbering of groups does not decide."""
    groups, no = analysis.projection.groups, analysis.projection.cis.no
    found = [group for group in groups.of_owner(ci) if groups.wiring.strength[group] != Strength.NONE]

    def rank(group: int) -> tuple[int, str, list[str], list[int]]:
        terms = groups.group_terms(group)
        return -terms.strength, terms.name or "", groups.types(group), no[groups.members(group)].tolist()

    return [_told(analysis, writer, group) for group in sorted(found, key=rank)]


def _told(analysis: Analysis, writer: Writer, group: int) -> MapGroup:
    told = writer.group(group)
    is_plain = told.name is None and not (told.down or told.interrupted or told.degraded)
    text = requirement(told) if is_plain else finding(told)
    return MapGroup(**dict(told), state=analysis.group_state(group), text=text)
