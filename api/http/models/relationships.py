"""Relationships between CIs."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from cmdb.store import Link

Count = Annotated[int, Field(ge=1, lt=2**31)]
Seconds = Annotated[int, Field(ge=0, lt=2**31)]


class End(BaseModel):
    """The CI at the other end of a relationship."""

    id: str
    name: str
    class_: str = Field(alias="class")
    status: str


class Relationship(BaseModel):
    """A relationship as one CI sees it."""

    direction: Literal["provider", "dependent"] = Field(
        description="What the other end is: a provider, on which the CI depends, or a dependent."
    )
    type: str = Field(description="Type as in the graph.", examples=["RUNS_ON"])
    other: End
    properties: dict[str, Any] = Field(
        description="Who asserts it (`sources`), and the terms of its redundancy group.",
        examples=[{"created": 40, "sources": ["manual"], "group": "uplinks", "need": 1}],
    )


class NewRelationship(BaseModel):
    """What the CI depends on, and on which terms.

    Relationships of one CI with the same `group` stand in for one another; what is said of `need`,
    `strength`, `failover` and `assumed` holds for the whole group.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"type": "connects_to", "provider": "switch-a", "group": "uplinks", "need": 1}
        },
    )

    type: str = Field(description="Name of a relationship type, see `/catalogue/relationships`.")
    provider: str = Field(description="A CI by id, name, `class:name` or `source/native_id`.")
    group: str = Field(default="", description="Redundancy group; empty: none.", max_length=500)
    need: Count | Annotated[str, Field(pattern=r"^[0-9]{1,3}%$")] | None = Field(
        default=None, description="How many members must be up, or a percentage; null: all."
    )
    strength: Literal["hard", "soft", "guard", "none"] | None = Field(
        default=None, description="What the CI is without the group; null: as the type says."
    )
    weight: Count | None = Field(default=None, description="Counts instead of the member.")
    failover: Seconds | None = Field(default=None, description="Seconds until another takes over.")
    tolerates: Seconds | None = Field(default=None, description="Seconds of outage that do no harm.")
    assumed: bool | None = Field(default=None, description="The redundancy is taken for granted.")

    def link(self, dependent: str, provider: str, revision: int | None) -> Link:
        """The relationship between two CIs by id; `revision` as in `Link`."""
        terms = self.model_dump(exclude={"type", "provider", "group"}, exclude_none=True)
        return Link(dependent, self.type, provider, self.group, terms, revision)
