"""An impact answer in the words of the API and of `--json`."""

from datetime import datetime
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from impact.analysis.rules import Rule
from impact.analysis.why import Saviour
from impact.answer.details import Role
from impact.state import StateName
from impact.strength import StrengthName

T = TypeVar("T")


class Answer(BaseModel):
    """Base of all parts of an answer; `class_` is `class` in JSON."""

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class AtRevision(Answer):
    """Base of all answers: the revision that they were computed at."""

    revision: int
    as_of: datetime = Field(description="Time of the revision.")


class CIRef(Answer):
    """A CI by what people call it."""

    id: str
    name: str
    class_: str = Field(serialization_alias="class", validation_alias="class")


class Step(CIRef):
    """A CI on a path; `relationship` is how it depends on the step before."""

    state: StateName
    relationship: str | None = None


class GroupState(Answer):
    """A redundancy group, and what has become of its members."""

    name: str | None = Field(description="Nothing for a relationship that stands alone.")
    strength: StrengthName
    relationships: list[str] = Field(description="Types of its relationships.")
    need: int = Field(description="How many of `of` must be up, by weight where it has any.")
    of: int
    told: int | str | None = Field(description="The need as the data have it; nothing: all.")
    assumed: bool = Field(description="An importer took this redundancy for granted.")
    down: list[CIRef]
    interrupted: list[CIRef]
    degraded: list[CIRef]
    up: list[CIRef]


class Reason(Answer):
    """Why a CI has its state."""

    rule: Rule
    text: str
    group: GroupState | None = Field(description="The group that decided it; nothing for a cause.")
    path: list[Step] = Field(description="The shortest path from a cause to the CI.")


class Item(CIRef):
    """A CI under the scenario."""

    state: StateName
    before: StateName = Field(description="Its state without the scenario.")
    seconds: int | None = Field(description="How long it is interrupted; nothing for any other state.")
    distance: int = Field(description="Steps from a cause.")
    criticality: str | None
    environment: str | None
    owner: str | None
    reason: Reason | None = Field(description="Nothing for a CI that is up.")


class StateCounts(Answer):
    """How many CIs are in each state."""

    down: int = 0
    interrupted: int = 0
    degraded: int = 0
    at_risk: int = 0


class ClassCounts(StateCounts):
    """How many CIs of a class are in each state."""

    class_: str = Field(serialization_alias="class", validation_alias="class")
    title: str
    is_service: bool


class TeamCounts(StateCounts):
    """How many CIs that a team owns are in each state."""

    team: str | None = Field(description="Nothing for those that nobody owns.")


class SiteCounts(StateCounts):
    """How many CIs at a site are in each state."""

    site: CIRef | None = Field(description="The nearest site; nothing for those without a single one.")
    spread: bool = Field(description="Several sites are equally near, as for a cluster across two.")


class DistanceCounts(StateCounts):
    """How many CIs so many steps from a cause are in each state."""

    distance: int


class Counts(StateCounts):
    """How many CIs are in each state under the scenario."""

    before: StateCounts = Field(description="Without the scenario.")
    added: StateCounts = Field(description="Those that the scenario makes worse.")
    recovered: int = Field(description="CIs that the scenario makes better.")
    services: StateCounts = Field(description="Services alone.")
    by_class: list[ClassCounts] = Field(description="Services first, then the most hit.")
    by_team: list[TeamCounts] = Field(description="By the team that owns them; the most hit first.")
    by_site: list[SiteCounts] = Field(description="By where they stand; the most hit first.")
    by_distance: list[DistanceCounts] = Field(description="By steps from a cause.")


class Concern(CIRef):
    """A CI that a team has to do with."""

    state: StateName
    role: Role


class Contact(StateCounts):
    """A team to tell, and why; the counts are of CIs that it has to do with."""

    team: str
    email: str | None = None
    chat: str | None = None
    on_call: str | None = None
    phone: str | None = None
    roles: list[Role]
    concerns: list[Concern] = Field(description="The worst of them, services first.")


class Listed(Answer, Generic[T]):
    """A count and the first few."""

    count: int
    first: list[T]


class Doubt(Answer):
    """A group that an answer rests on and should not be taken at its word."""

    ci: CIRef = Field(description="The owner of the group.")
    group: str | None = Field(description="Nothing for a relationship that stands alone.")
    text: str


class Confidence(Answer):
    """On what the answer rests, and what is not known."""

    nothing_known: list[CIRef] = Field(
        description="Causes on which nothing is known to depend: not the same as no impact."
    )
    unverified: Listed[CIRef] = Field(
        description="CIs of the answer that no source but a person ever confirmed."
    )
    assumed: Listed[Doubt] = Field(description="Redundancy that a source took for granted.")
    defects: Listed[Doubt] = Field(description="Groups that cannot be meant as they stand.")
    purged: int = Field(description="CIs purged since `as_of`, which are missing from the answer.")


class Lasting(CIRef):
    """A CI that fails for some seconds."""

    seconds: int


class Asked(Answer):
    """The scenario, with its CIs by what people call them."""

    failed: list[CIRef]
    lasting: list[Lasting] = Field(description="Those of them that fail for a time only.")
    degraded: list[CIRef]
    not_impacted: list[CIRef]
    already_down: list[CIRef]
    already_degraded: list[CIRef]
    imagined: list[str] = Field(description="What differs from the graph, a sentence each.")
    types: list[str]
    ignore_redundancy: bool
    as_of: str | None


class Impact(AtRevision):
    """What follows from a scenario. Lists have services first, then the worst first."""

    scenario: Asked
    counts: Counts
    services: list[Item] = Field(description="The worst services, as many as a page has items.")
    contacts: list[Contact]
    confidence: Confidence
    matching: int = Field(description="How many of the affected CIs the filter lets through.")
    items: list[Item] = Field(description="A page of these.")
    next: str | None = Field(default=None, description="Cursor of the next page.")


class Saved(Answer):
    """A place where failure stopped on its way to a CI."""

    ci: CIRef = Field(description="The CI that is not impacted there.")
    saviour: Saviour
    text: str
    group: GroupState
    path: list[Step] = Field(description="From a cause over that CI to the one asked about.")


class Explanation(AtRevision):
    """Why a CI is or is not impacted."""

    item: Item
    text: str
    saved_by: Listed[Saved] = Field(description="Nearest to a cause first.")
