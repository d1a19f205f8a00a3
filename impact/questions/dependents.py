"""Which services depend on a CI, for whom, and what becomes of them if it fails alone."""

import numpy as np
from pydantic import Field

from cmdb.catalogue import Catalogue
from impact.analysis.propagation import Causes, propagate
from impact.answer.details import Details, teams
from impact.answer.models import AtRevision, CIRef, StateCounts
from impact.answer.order import urgencies
from impact.answer.tally import tally
from impact.arrays import NOBODY, Bytes, Longs
from impact.projection import Projection
from impact.questions.layers import Layers, LeftOut, Shown, cut, dependents, kept
from impact.questions.limits import Limits
from impact.questions.naming import ref
from impact.state import State, StateName


class Dependent(CIRef):
    """A service, or another CI that was asked for, that depends on the CI."""

    state: StateName = Field(description="What it would be if the CI failed alone.")
    distance: int = Field(description="Steps to the CI.")
    criticality: str | None
    environment: str | None
    owner: str | None
    used_by: list[str] = Field(description="Teams that use it.")
    parent: str = Field(
        description="Id of the one of this answer nearest to it on a shortest way to the CI, or of the CI."
    )
    skipped: int = Field(description="How many CIs on that way are left out.")


class Dependents(AtRevision):
    """Who depends on a CI."""

    ci: CIRef
    limits: Limits
    count: int = Field(description="How many dependents there are within the limits, listed or not.")
    counts: StateCounts = Field(description="Of all of these.")
    dependents: list[Dependent] = Field(description="The worst first, then the most critical.")
    left_out: LeftOut


def dependents_of(projection: Projection, catalogue: Catalogue, ci: int, limits: Limits) -> Dependents:
    """The services that depend on a CI, or the CIs of the classes that the limits ask for."""
    services = {class_.name for class_ in catalogue.classes.values() if class_.is_service}
    layers = dependents(projection, ci)
    wanted = kept(projection, layers, limits.kept(catalogue) or services)
    farthest = int(layers.distance[wanted][-1])
    last = min(farthest, limits.depth or farthest)
    within = wanted & (layers.distance <= last)
    alone = propagate(projection, Causes(np.array([ci], dtype=np.int32), NOBODY, NOBODY))
    states = alone.of(layers.cis, alone.states, State.UP)
    ranked = _ranked(projection, layers, np.flatnonzero(within)[1:], states)
    within[ranked[limits.most :]] = False
    shown = cut(projection, layers, within, last + 1 if last < farthest else None)
    return Dependents(
        revision=projection.revision.seq,
        as_of=projection.revision.at,
        ci=ref(projection.cis, ci),
        limits=limits,
        count=len(ranked),
        counts=StateCounts(**tally(states[ranked])),
        dependents=[
            _told(projection, layers, shown, place, State(states[place]))
            for place in ranked[: limits.most].tolist()
        ],
        left_out=shown.left_out,
    )


def _ranked(projection: Projection, layers: Layers, places: Longs, states: Bytes) -> Longs:
    """The worst first, then by criticality, distance, name and number."""
    cis, found = projection.cis, layers.cis[places]
    keys = (
        cis.no[found],
        cis.rank[found],
        layers.distance[places],
        urgencies(found, cis),
        -states[places],
    )
    return places[np.lexsort(keys)]


def _told(projection: Projection, layers: Layers, shown: Shown, place: int, state: State) -> Dependent:
    cis = projection.cis
    ci, anchor = int(layers.cis[place]), int(layers.cis[shown.anchor[place]])
    details = Details.of(cis, ci)
    return Dependent(
        **vars(ref(cis, ci)),
        state=state.label,
        distance=int(layers.distance[place]),
        criticality=details.criticality,
        environment=details.environment,
        owner=details.owner,
        used_by=[team for role, team in teams(cis.described(ci)) if role == "used_by"],
        parent=cis.uuid(anchor),
        skipped=int(shown.skipped[place]),
    )
