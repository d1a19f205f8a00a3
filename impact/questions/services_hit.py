"""Which services a failure hits, on top of what is so already."""

from typing import Literal, cast

from pydantic import Field

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.answer.details import owner_of, teams
from impact.answer.models import Answer, AtRevision, CIRef
from impact.answer.order import services
from impact.questions.naming import ref
from impact.state import State, StateName


class TeamRole(Answer):
    """A team, and what it is to the service."""

    role: str
    team: str


HitState = Literal["down", "interrupted", "degraded"]


class HitService(CIRef):
    """A service that the failure makes worse, or would on its own."""

    state: HitState
    before: StateName = Field(description="Its state without the failure.")
    alone: StateName = Field(description="What the failure would make of it if all else were well.")
    criticality: str | None
    owner: str | None
    teams: list[TeamRole]


class ServicesHit(AtRevision):
    """The services that a failure hits, the worst first."""

    services: list[HitService]
    lost_redundancy: int = Field(description="How many of them only what was so before lets it hit so hard.")


def services_hit(all_told: Analysis, alone: Analysis, catalogue: Catalogue) -> ServicesHit:
    """The services that are worse than before, or would be down, interrupted or degraded by it alone.

    `all_told` has what is so already as its base, `alone` has none.
    """
    found = _all(all_told, alone, catalogue)
    found.sort(key=lambda hit: (-State[hit.state.upper()], hit.name, hit.id))
    return ServicesHit(
        revision=all_told.projection.revision.seq,
        as_of=all_told.projection.revision.at,
        services=found,
        lost_redundancy=sum(State[hit.state.upper()] > State[hit.alone.upper()] for hit in found),
    )


def _all(all_told: Analysis, alone: Analysis, catalogue: Catalogue) -> list[HitService]:
    cis, touched = all_told.projection.cis, all_told.outcome.cis
    now, before, own = all_told.states(touched), all_told.states_before(touched), alone.states(touched)
    hit = touched[(now >= State.DEGRADED) & ((now > before) | (own >= State.DEGRADED))]
    told = []
    for ci in hit[services(hit, cis, catalogue)].tolist():
        profile = cis.described(ci)
        told.append(
            HitService(
                **vars(ref(cis, ci)),
                state=cast(HitState, all_told.state(ci).label),
                before=all_told.state_before(ci).label,
                alone=alone.state(ci).label,
                criticality=profile.criticality,
                owner=owner_of(profile),
                teams=[TeamRole(role=role, team=team) for role, team in teams(profile)],
            )
        )
    return told
