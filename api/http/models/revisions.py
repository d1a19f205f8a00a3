"""Revisions: who changed what, when and why."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from cmdb.history import Kind


class Revision(BaseModel):
    """One write transaction."""

    seq: int = Field(description="Number of the revision; without gaps, in the order of commits.")
    at: datetime = Field(description="Time (UTC) at which it was committed.")
    actor: str = Field(description="Who wrote.")
    origin: str = Field(description="By which way: `api`, `cli`, `import`.")
    reason: str = Field(description="Why, if somebody said so.")
    run: str | None = Field(description="Id of the import it belongs to.")
    undoes: int | None = Field(description="Number of the revision it took back.")
    purged: int = Field(description="Number of CIs it erased for good.")


class Feed(BaseModel):
    """Revisions in order."""

    items: list[Revision]
    next: int = Field(description="Give it as `after` to get what follows; also where nothing is new.")


class Event(BaseModel):
    """What a revision did to one subject."""

    kind: Kind
    subject: str = Field(
        description="Id of a CI, `dependent-id TYPE provider-id group`, or what else names it."
    )
    action: Literal["created", "changed", "removed"]


class RevisionDetails(BaseModel):
    """A revision and all that it did."""

    revision: Revision
    events: list[Event]


class TakenOver(BaseModel):
    """Something that stays as it is, because a later revision changed it or builds on it."""

    subject: str
    name: str
    by: int = Field(description="Number of that later revision.")


class Undone(BaseModel):
    """What became of one revision that was to be undone."""

    seq: int = Field(description="Number of the revision that was to be undone.")
    revision: Revision | None = Field(description="The one that undid it; null: nothing was left to undo.")
    taken_over: list[TakenOver]
