"""What is asked: what fails, and how the graph is to be looked at."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cmdb.errors import InvalidInput
from impact.projection import Need
from impact.strength import StrengthName

Seconds = Annotated[int, Field(ge=1, le=10**9)]


class Part(BaseModel):
    """Base of all parts of a scenario."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Base(Part):
    """What is down or degraded already, as ids of CIs; those no analysis sees do not matter."""

    down: frozenset[str] = Field(default=frozenset(), description="CIs that are down already.")
    degraded: frozenset[str] = Field(default=frozenset(), description="CIs that are degraded already.")


class ImaginedCI(Part):
    """A CI that does not exist. In the rest of the scenario its name stands in the place of an id."""

    name: str = Field(min_length=1, description="Any name that no CI of the scenario has.")
    class_: str = Field(alias="class", description="Class of the catalogue.")


class ImaginedRelationship(Part):
    """A relationship that does not exist, or not on these terms; `need` and `strength` are the group's."""

    dependent: str
    type: str
    provider: str
    group: str | None = None
    need: Need = Field(default=None, description="Nothing: as the group has it; a new group needs all.")
    strength: StrengthName | None = None
    weight: int | None = Field(default=None, ge=1)


class RelationshipRef(Part):
    """Relationships from one CI to another, or those of one type or group."""

    dependent: str
    provider: str
    type: str | None = None
    group: str | None = None


class Imagination(Part):
    """What differs from reality. Removed things are gone, as if they had never been; nothing fails by it."""

    cis: tuple[ImaginedCI, ...] = ()
    relationships: tuple[ImaginedRelationship, ...] = ()
    without_cis: frozenset[str] = frozenset()
    without_relationships: tuple[RelationshipRef, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        """The ids of the real CIs that are spoken of."""
        spoken: list[ImaginedRelationship | RelationshipRef] = [
            *self.relationships,
            *self.without_relationships,
        ]
        ends = {end for relationship in spoken for end in (relationship.dependent, relationship.provider)}
        return frozenset((ends | self.without_cis) - {ci.name for ci in self.cis})


class Scenario(Part):
    """A question about failure. CIs are named by id."""

    failed: frozenset[str] = Field(default=frozenset(), description="CIs that fail.")
    degraded: frozenset[str] = Field(
        default=frozenset(), description="CIs that work, but worse than they should."
    )
    not_impacted: frozenset[str] = Field(
        default=frozenset(), description="CIs that stay up whatever happens."
    )
    durations: dict[str, Seconds] = Field(
        default={}, description="For how many seconds CIs fail, by id; the other failed ones stay down."
    )
    imagined: Imagination = Field(default=Imagination(), description="What differs from the graph.")
    types: frozenset[str] = Field(
        default=frozenset(),
        description="Types of relationships that count, as if there were no others; empty: all.",
    )
    ignore_redundancy: bool = Field(
        default=False, description="Every relationship counts as hard on its own: plain reach."
    )
    as_of: str | None = Field(
        default=None,
        description="A time, the number of a revision or the name of a baseline; nothing: now.",
    )
    base: Base = Field(default=Base(), description="What is so before the scenario.")

    @property
    def named(self) -> frozenset[str]:
        """The ids of the real CIs that the scenario speaks of, but for its base."""
        told = self.failed | self.degraded | self.not_impacted | frozenset(self.durations)
        return (told - {ci.name for ci in self.imagined.cis}) | self.imagined.named

    @model_validator(mode="after")
    def _is_consistent(self) -> "Scenario":
        """Raise InvalidInput for what cannot be meant."""
        _refuse("A CI cannot be impacted and not impacted at once", self.failed & self.not_impacted)
        _refuse("A CI cannot be impacted and not impacted at once", self.degraded & self.not_impacted)
        _refuse("A duration is that of a failure, and these do not fail", self.durations.keys() - self.failed)
        gone = self.imagined.without_cis & (self.failed | self.degraded | self.not_impacted)
        _refuse("A CI that is removed in imagination cannot fail or stay up", gone)
        names = [ci.name for ci in self.imagined.cis]
        _refuse("Two imagined CIs have one name", {name for name in names if names.count(name) > 1})
        return self


def _refuse(what: str, cis: "set[str] | frozenset[str]") -> None:
    if cis:
        raise InvalidInput(f"{what}: {', '.join(sorted(cis))}.")
