"""How good the data are, in the words of the API and of `--json`."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Measure = Literal["completeness", "correctness", "compliance"]
Dimension = Literal["class", "owner", "source"]
Detail = dict[str, Any]


class Answer(BaseModel):
    """Base of all parts of an answer; `class_` is `class` in JSON."""

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class AtRevision(Answer):
    """Base of all answers: the revision that they are about."""

    revision: int
    as_of: datetime = Field(description="Time of the revision.")


class Figure(Answer):
    """How many CIs one check finds something about."""

    check: str
    measure: Measure
    title: str = Field(description="What it finds, after a number of CIs.")
    asked: int = Field(description="CIs that it can find something about.")
    failing: int = Field(description="CIs that it finds something about; the list of the check has them.")
    share: float | None = Field(description="Those in order of those asked, 0 to 1; null: none was asked.")


class Part(Answer):
    """The figures of the CIs of one class, owner or source."""

    key: str | None = Field(description="Null: no owner, or no source.")
    cis: int
    figures: list[Figure]


class Health(AtRevision):
    """How complete and correct the data are, and how far they comply with the catalogue."""

    cis: int = Field(description="Current CIs that were looked at.")
    figures: list[Figure]
    by: Dimension | None = Field(description="What the parts are parts by.")
    parts: list[Part] = Field(description="Largest first. A CI is in the part of each of its sources.")


class CIRef(Answer):
    """A CI by what people call it."""

    id: str
    name: str
    class_: str = Field(serialization_alias="class", validation_alias="class")


class Finding(CIRef):
    """A CI that a check finds something about."""

    owner: str | None
    sources: list[str] = Field(description="Who describes it.")
    details: list[Detail] = Field(description="What was found; each check has its own properties.")


class Findings(AtRevision):
    """A page of the list behind a figure, by name and id."""

    figure: Figure
    items: list[Finding]
    next: str | None = Field(description="Give it as `cursor` to get the next page; null on the last.")


class FieldChange(Answer):
    """A property that is no more what it was."""

    name: str
    before: Any
    after: Any


class Deviation(Answer):
    """Something that discovery has seen since the baseline, and which revision made the difference."""

    found: Literal["missing", "changed", "new"]
    ci: CIRef = Field(description="What deviates; of a relationship, the dependent.")
    owner: str | None
    relationship: str | None = Field(description="Type of a relationship; null: it is about the CI itself.")
    provider: CIRef | None
    group: str | None
    fields: list[FieldChange] = Field(description="What has changed.")
    since: datetime | None = Field(description="When its source first missed it; null: that is not it.")
    source: str | None = Field(description="Source of the import; null: a sweep.")
    revision: int
    at: datetime
    origin: str
    actor: str


class Audit(AtRevision):
    """What discovery has seen since a baseline that differs from it: missing, changed, new, each by name."""

    baseline: str
    baseline_revision: int
    missing: int
    changed: int
    new: int
    by_people: int = Field(description="Differences that people made, whatever was asked for; not listed.")
    items: list[Deviation]
    next: str | None = Field(description="Give it as `cursor` to get the next page; null on the last.")
