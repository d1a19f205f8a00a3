"""Questions about failure."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from cmdb.store import Store, find_ci
from impact import Base, Scenario

Names = Annotated[
    list[str],
    Field(max_length=500, description="CIs by id, name, `class:name` or `source/native_id`."),
]


class Question(BaseModel):
    """What fails, and how the graph is to be looked at."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"failed": ["switch:core-a", "switch:core-b"]}}
    )

    failed: Names = Field(default=[], description="CIs that fail.")
    degraded: Names = Field(default=[], description="CIs that work, but worse than they should.")
    not_impacted: Names = Field(default=[], description="CIs that stay up whatever happens.")
    already_down: Names = Field(default=[], description="CIs that are down before.")
    already_degraded: Names = Field(default=[], description="CIs that are degraded before.")
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

        def ids(names: list[str]) -> frozenset[str]:
            return frozenset(find_ci(store.database, name) for name in names)

        return Scenario(
            failed=ids(self.failed),
            degraded=ids(self.degraded),
            not_impacted=ids(self.not_impacted),
            types=frozenset(store.catalogue.relationship(name).name for name in self.types),
            ignore_redundancy=self.ignore_redundancy,
            as_of=self.as_of,
            base=Base(down=ids(self.already_down), degraded=ids(self.already_degraded)),
        )


class WhyQuestion(Question):
    """The same, about one CI."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"ci": "business_service:Payments", "failed": ["core-a"]}}
    )

    ci: str = Field(description="The CI asked about, by id, name, `class:name` or `source/native_id`.")
