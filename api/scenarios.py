"""Questions about failure as people ask them: CIs by what they are called."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from cmdb.errors import InvalidInput
from cmdb.store import Store, find_ci
from impact import Base, Imagination, Scenario, StrengthName
from impact.scenario.current import current

NAMED = "CIs by id, name, `class:name` or `source/native_id`."
Names = Annotated[list[str], Field(max_length=500, description=NAMED)]
Seconds = Annotated[int, Field(ge=1, le=10**9)]
Finder = Callable[[str], str]


class Part(BaseModel):
    """Base of all parts of a question."""

    model_config = ConfigDict(extra="forbid")


class NewCI(Part):
    """A CI that does not exist; the rest of the question may speak of it by its name."""

    name: str = Field(min_length=1, max_length=200)
    class_: str = Field(alias="class", description="Class of the catalogue.")


class NewRelationship(Part):
    """A relationship that does not exist, or not on these terms."""

    dependent: str
    type: str
    provider: str
    group: str | None = Field(default=None, description="Redundancy group that it joins or begins.")
    need: int | str | None = Field(
        default=None,
        description="How much of the group must be up, `2` or `60%`; null: as it is, or all.",
    )
    strength: StrengthName | None = Field(default=None, description="Null: as it is, or as the type says.")
    weight: int | None = Field(default=None, ge=1)


class OldRelationship(Part):
    """All relationships from one CI to another, or those of one type or group."""

    dependent: str
    provider: str
    type: str | None = None
    group: str | None = None


class Imagined(Part):
    """What differs from the graph: `What if there were a second switch in this group?`"""

    cis: list[NewCI] = Field(default=[], max_length=100)
    relationships: list[NewRelationship] = Field(default=[], max_length=500)
    without_cis: Names = []
    without_relationships: list[OldRelationship] = Field(default=[], max_length=500)

    def resolved(self, find: Finder, type_: Callable[[str], str]) -> dict[str, Any]:
        """The same with CIs by id and types as the catalogue has them."""
        told = self.model_dump(by_alias=True)
        for relationship in (*told["relationships"], *told["without_relationships"]):
            for end in ("dependent", "provider"):
                relationship[end] = find(relationship[end])
            if relationship["type"]:
                relationship["type"] = type_(relationship["type"])
        return {**told, "without_cis": [find(name) for name in self.without_cis]}


class Question(Part):
    """What fails, and how the graph is to be looked at."""

    model_config = ConfigDict(json_schema_extra={"example": {"failed": ["switch:core-a", "switch:core-b"]}})

    failed: Names = Field(default=[], description="CIs that fail.")
    durations: dict[str, Seconds] = Field(
        default={},
        max_length=500,
        description="CIs that fail for so many seconds only; they need not stand under `failed`.",
    )
    degraded: Names = Field(default=[], description="CIs that work, but worse than they should.")
    not_impacted: Names = Field(default=[], description="CIs that stay up whatever happens.")
    already_down: Names = Field(default=[], description="CIs that are down before.")
    already_degraded: Names = Field(default=[], description="CIs that are degraded before.")
    current: bool = Field(
        default=False,
        description="What open incidents, changes under way and maintenance say is so now is so before.",
    )
    imagined: Imagined = Imagined()
    types: list[str] = Field(
        default=[],
        max_length=100,
        description="Types of relationships that count, as if there were no others; empty: all.",
    )
    ignore_redundancy: bool = Field(
        default=False, description="Every relationship counts as hard on its own: plain reach."
    )
    as_of: str | None = Field(
        default=None,
        max_length=200,
        description="A revision's number, a time or a baseline's name; null: now.",
    )

    def scenario(self, store: Store) -> Scenario:
        """The question with CIs by id; raises NotFound, Ambiguous and InvalidInput."""
        new = {ci.name for ci in self.imagined.cis}

        def find(name: str) -> str:
            return name if name in new else find_ci(store.database, name)

        def ids(names: list[str]) -> frozenset[str]:
            return frozenset(map(find, names))

        def type_(name: str) -> str:
            return store.catalogue.relationship(name).name

        durations = {find(name): seconds for name, seconds in self.durations.items()}
        return Scenario(
            failed=ids(self.failed) | durations.keys(),
            degraded=ids(self.degraded),
            not_impacted=ids(self.not_impacted),
            durations=durations,
            imagined=Imagination.model_validate(self.imagined.resolved(find, type_)),
            types=frozenset(map(type_, self.types)),
            ignore_redundancy=self.ignore_redundancy,
            as_of=self.as_of,
            base=self._base(store, ids(self.already_down), ids(self.already_degraded)),
        )

    def _base(self, store: Store, down: frozenset[str], degraded: frozenset[str]) -> Base:
        """What is so before; raises InvalidInput where it is to be that of now, and the graph another's."""
        if not self.current:
            return Base(down=down, degraded=degraded)
        if self.as_of is not None:
            raise InvalidInput("What is so now does not hold for another time: leave out as_of or current.")
        now = current(store.database, store.policies, datetime.now(UTC))
        return Base(down=now.down | down, degraded=(now.degraded | degraded) - now.down - down)


class WhyQuestion(Question):
    """The same, about one CI."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"ci": "business_service:Payments", "failed": ["core-a"]}}
    )

    ci: str = Field(description="The CI asked about, by id, name, `class:name` or `source/native_id`.")
