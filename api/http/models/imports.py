"""Imports: runs and reports."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field, RootModel

from api.http.models.revisions import Undone


class Run(BaseModel):
    """One import of one source."""

    id: str
    source: str
    scope: str
    actor: str
    started: datetime
    status: Literal["done", "held", "failed", "running"] = Field(
        description="`held`: a person must look first; `running`: also where it was killed."
    )
    complete: bool = Field(default=False, description="Whether it declared to see all of the scope.")
    cis: dict[str, int] = Field(description="Number of CIs by outcome.")
    relationships: dict[str, int] = Field(description="Number of relationships by outcome.")


class RunDetails(Run):
    """One import, and all that it noted."""

    ended: datetime | None = None
    missing: int = Field(default=0, description="Things that a complete import did not find.")
    retired: int = Field(default=0, description="Records that were missing for too long, and count no more.")
    pending: int = Field(default=0, description="Relationships that waited for their provider.")
    held: str | None = Field(default=None, description="Why a person must look first.")
    gaps: list[str] = Field(default=[], description="What could not be read.")
    rejected: list[str] = Field(default=[], description="The first rows that did not fit, and why.")
    first_revision: int | None = None
    last_revision: int | None = None


class Rejection(BaseModel):
    """A row that did not fit."""

    table: str
    line: int
    row: dict[str, Any]
    reason: str


class Pending(BaseModel):
    """A relationship that waits until its provider is imported."""

    dependent: str
    type: str
    provider: str


class Change(BaseModel):
    """What an import would do to one CI or relationship."""

    outcome: Literal["created", "changed", "removed", "retired"]
    kind: Literal["ci", "relationship"]
    name: str
    fields: dict[str, tuple[Any, Any]] = Field(description="What differs: before and after.")


class Report(BaseModel):
    """What an import did: counts by outcome."""

    run: str = Field(description="Id of the import.")
    cis: dict[str, int]
    relationships: dict[str, int]
    teams: dict[str, int]
    rejected: list[Rejection] = Field(description="The first rows that did not fit; the counts have all.")
    unknown_attributes: dict[str, int] = Field(description="Attributes beyond the catalogue, which are kept.")
    pending: list[Pending]
    complete: bool
    dry_run: bool
    missing: int = Field(description="Things that a complete import did not find.")
    retired: int = Field(description="Records that were missing for too long, and count no more.")
    held: str | None = Field(description="Why a person must look before anything is missing.")
    derived: int = Field(description="CIs that depend on other things than before, by rules.")
    changes: list[Change] = Field(description="Of a dry run: what would change.")
    first_revision: int | None
    last_revision: int | None


class Swept(BaseModel):
    """What the passing of time has changed: numbers of records, and of CIs by rules."""

    withdrawn: int = Field(description="Had been missing for too long, and count no more.")
    stale: int = Field(description="Said nothing for so long that others are believed first now.")
    fresh: int = Field(description="Are stale no longer.")
    derived: int = Field(description="CIs that depend on other things than before, by rules.")


class UndoneRun(RootModel[list[Undone]]):
    """What became of each revision of an import, newest first."""
