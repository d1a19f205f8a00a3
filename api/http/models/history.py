"""States of CIs and relationships in the past, and what differs between them."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.http.models.revisions import Revision

State = dict[str, Any]


class Difference(BaseModel):
    """One CI or relationship at two moments."""

    kind: Literal["ci", "relationship"]
    subject: str = Field(description="Id of a CI, or `dependent-id TYPE provider-id group`.")
    fields: list[str] = Field(description="Properties that differ.")
    before: State | None = Field(description="Null: it was not there yet.")
    after: State | None = Field(description="Null: it was not there any more.")


class Entry(BaseModel):
    """A revision and what it did to one CI and its relationships."""

    revision: Revision
    differences: list[Difference]


class Differences(BaseModel):
    """What differs between two moments."""

    earlier: Revision
    later: Revision
    differences: list[Difference] = Field(description="By kind and subject.")
    next: str | None = Field(description="Give it as `cursor` to get the next page; null on the last.")


class Baseline(BaseModel):
    """The graph after revision `seq`, under a name."""

    name: str
    seq: int
    at: datetime = Field(description="When the name was given.")
    note: str


class NewBaseline(BaseModel):
    """A name for the graph as it is, or as it was."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"name": "before-firmware", "note": "CHG-000042"}}
    )

    name: str = Field(
        pattern=r"^[^\x00-\x1f\x7f/?#%]+$", max_length=100, description="Not a number or a time."
    )
    note: str = Field(default="", max_length=1000)
    as_of: str | None = Field(
        default=None, description="A revision's number, a time or a baseline's name; null: now."
    )
