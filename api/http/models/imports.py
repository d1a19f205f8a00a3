"""Imports: runs and reports."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field, RootModel

from api.http.models.revisions import Undone


class Run(BaseModel):
    """One import of one source."""

    id: str
    source: str
    scope: str
    actor: str
    started: datetime
    status: str = Field(description="`done`, or `running`: also where it was killed.")
    cis: dict[str, int] = Field(description="Number of CIs by outcome.")
    relationships: dict[str, int] = Field(description="Number of relationships by outcome.")


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


class Report(BaseModel):
    """What an import did: counts by outcome."""

    run: str = Field(description="Id of the import.")
    cis: dict[str, int]
    relationships: dict[str, int]
    teams: dict[str, int]
    rejected: list[Rejection] = Field(description="The first rows that did not fit; the counts have all.")
    unknown_attributes: dict[str, int] = Field(description="Attributes beyond the catalogue, which are kept.")
    pending: list[Pending]
    first_revision: int | None
    last_revision: int | None


class UndoneRun(RootModel[list[Undone]]):
    """What became of each revision of an import, newest first."""
