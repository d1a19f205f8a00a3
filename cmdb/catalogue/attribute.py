"""Attributes: what a class says about its CIs."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Value = str | int | float | bool | list[str]
"""What an attribute holds in Neo4j, JSON and Python alike. Dates and times are ISO 8601 text."""

Recommended = Literal["never", "always", "services"]
"""Of which CIs: none, all of the class, or those that are services or carry one."""

AttributeType = Literal[
    "string",
    "text",
    "integer",
    "number",
    "boolean",
    "date",
    "datetime",
    "url",
    "ip",
    "email",
    "enum",
    "team",
    "list",
]

RESERVED = frozenset({"id", "no", "class", "created", "revision", "key", "native_id", "source", "container"})
"""Names that Linchpin keeps for itself; `container` stands for the container in identifiers."""


class AttributeDeclaration(BaseModel):
    """An attribute as a catalogue file declares it, without its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: AttributeType = "string"
    required: bool = False
    recommended: Recommended = Field(
        default="never", description="Of which CIs it is a gap not to know it: see the health of the data."
    )
    description: str = ""
    values: tuple[str, ...] = Field(default=(), description="What an enum may hold.")
    minimum: int | float | None = None
    maximum: int | float | None = None
    default: str | int | float | bool | None = None
    cloned: bool = Field(
        default=False,
        description="Copied when a machine is cloned: repeated within one source it identifies nothing.",
    )

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if (self.type == "enum") != bool(self.values):
            raise ValueError("'values' belong to the type enum, and an enum needs them")
        limited = self.minimum is not None or self.maximum is not None
        if limited and self.type not in ("integer", "number"):
            raise ValueError("'minimum' and 'maximum' belong to the types integer and number")
        return self


class Attribute(AttributeDeclaration):
    """An attribute of a class, own or inherited."""

    name: str
