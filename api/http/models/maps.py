"""Questions that walk the graph."""

from typing import Annotated

from pydantic import ConfigDict, Field

from api.scenarios import NAMED, Part, Question
from impact import Limits

Name = Annotated[str, Field(description="A CI by id, name, `class:name` or `source/native_id`.")]
AsOf = Annotated[
    str | None,
    Field(max_length=200, description="A revision's number, a time or a baseline's name; null: now."),
]


class Extent(Part):
    """How much of a map is wanted: it is cut in whole layers, a ranked list after its last place."""

    depth: int | None = Field(default=None, ge=1, le=1000, description="Most steps; null: any distance.")
    classes: list[str] = Field(
        default=[], max_length=100, description="Classes to show, with those that refine them; empty: all."
    )
    most: int = Field(default=500, ge=1, le=10_000, description="Most CIs.")

    @property
    def limits(self) -> Limits:
        """The same for the engine."""
        return Limits(depth=self.depth, classes=frozenset(self.classes), most=self.most)


class MapQuestion(Question, Extent):
    """What a service stands on, and the states of that under a scenario."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"ci": "business_service:Payments", "failed": ["core-a"], "depth": 3}}
    )

    ci: Name


class DependentsQuestion(Extent):
    """Which services depend on a CI; with `classes`, which CIs of these classes."""

    model_config = ConfigDict(json_schema_extra={"example": {"ci": "switch:core-a"}})

    ci: Name
    as_of: AsOf = None


class PathQuestion(Part):
    """How one CI depends on another."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"dependent": "business_service:Payments", "provider": "core-a"}}
    )

    dependent: Name
    provider: Name
    most: int = Field(default=3, ge=1, le=10, description="Most paths that share no CI on the way.")
    as_of: AsOf = None


class CommonQuestion(Part):
    """What several CIs share."""

    model_config = ConfigDict(json_schema_extra={"example": {"cis": ["shop", "payroll"], "at_least": 2}})

    cis: list[str] = Field(min_length=2, max_length=100, description=NAMED)
    at_least: int | None = Field(
        default=None, ge=2, description="How many of them must depend on a provider; null: all."
    )
    most: int = Field(default=20, ge=1, le=1000, description="Most providers.")
    as_of: AsOf = None
