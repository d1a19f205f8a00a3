"""Every resource under `/api/v1`, one router a file."""

from fastapi import APIRouter

from api.http.routes import (
    baselines,
    catalogue,
    change_board,
    changes,
    cis,
    comparison,
    data_health,
    delegations,
    duplicates,
    expiries,
    health,
    impact,
    imports,
    incidents,
    interruptions,
    lifecycle,
    maps,
    problems,
    records,
    relationships,
    releases,
    reports,
    revisions,
    risks,
    root_causes,
    search,
    single_points,
    sources,
    sweep,
    teams,
    timeline,
)

ROUTERS: tuple[APIRouter, ...] = (
    cis.router,
    lifecycle.router,
    sources.router,
    relationships.router,
    timeline.router,
    search.router,
    impact.router,
    interruptions.router,
    comparison.router,
    maps.router,
    single_points.router,
    root_causes.router,
    risks.router,
    records.router,
    incidents.router,
    problems.router,
    releases.router,
    reports.router,
    changes.router,
    change_board.router,
    expiries.router,
    revisions.router,
    baselines.router,
    data_health.router,
    imports.router,
    sweep.router,
    duplicates.router,
    catalogue.router,
    teams.router,
    delegations.router,
)
"""What takes a token that may read, at least."""

OPEN: tuple[APIRouter, ...] = (health.router,)
"""What anybody may ask."""

__all__ = ["OPEN", "ROUTERS"]
