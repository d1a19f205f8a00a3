"""What each source says of a CI, and people's decisions of what is one thing."""

from pydantic import BaseModel, ConfigDict, Field

from api.http.models.cis import Value


class Statement(BaseModel):
    """A value as one source has it."""

    value: Value | None = Field(description="null: a person cleared it.")
    wins: bool = Field(description="Whether it is what the CI says.")


class SourceView(BaseModel):
    """A record that describes a CI."""

    name: str = Field(description="`source/native_id`, or `source/scope/native_id`.")
    source: str
    scope: str
    native_id: str
    observed_at: str = Field(description="Time (UTC) at which it last said something new; empty: unknown.")
    mentioned: bool = Field(description="The source knows the thing only from others.")
    stale: bool = Field(description="It said nothing for so long that others are believed first.")
    missing_since: str = Field(description="When a complete import first lacked it; empty: it is there.")
    withdrawn: bool = Field(description="It has been missing for too long, and counts no more.")
    attributes: dict[str, Statement]


class Merge(BaseModel):
    """CIs that are the same thing as the one of the path."""

    model_config = ConfigDict(extra="forbid")

    others: list[str] = Field(
        min_length=1, max_length=1000, description="By id, name, `class:name` or `source/native_id`."
    )


class Split(BaseModel):
    """Records that should describe another CI."""

    model_config = ConfigDict(extra="forbid")

    records: list[str] = Field(min_length=1, max_length=1000, description="By the names in `/sources`.")


class Apart(BaseModel):
    """A case whose CIs are different things."""

    model_config = ConfigDict(extra="forbid")

    case: str = Field(description="Name of an open case.")


class Together(Apart):
    """A case that is one thing."""

    into: str | None = Field(default=None, description="Id of the CI that is kept; unset: the oldest.")
