"""Configuration items."""

from pydantic import BaseModel, ConfigDict, Field, RootModel
from pydantic.config import JsonDict

Value = str | int | float | bool | list[str]
"""What an attribute holds."""

EXAMPLE: JsonDict = {
    "id": "019a8c5e-7a61-7d3b-b3c1-0d5f2c9c1b11",
    "no": 17,
    "class": "virtual_machine",
    "name": "web01",
    "status": "operational",
    "environment": "production",
    "created": 12,
    "revision": 40,
}


class CI(BaseModel):
    """A configuration item: what Linchpin keeps of every one, and the attributes of its class."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"example": EXAMPLE})
    __pydantic_extra__: dict[str, Value] = Field(init=False)

    id: str = Field(description="Never changes.")
    no: int = Field(description="Number that is given once; the index of the analytics.")
    class_: str = Field(alias="class", description="Name of its class, see `/catalogue/classes`.")
    name: str
    status: str
    created: int = Field(description="Internal id of the revision that created it.")
    revision: int = Field(description="Internal id of the revision that last wrote it: its `ETag`.")


class NewCI(BaseModel):
    """A CI to create: class, name, and any other attributes of the class."""

    model_config = ConfigDict(
        extra="allow",
        validate_by_name=False,
        serialize_by_alias=True,
        json_schema_extra={
            "example": {"class": "virtual_machine", "name": "web01", "environment": "production"}
        },
    )
    __pydantic_extra__: dict[str, Value | None] = Field(init=False)

    class_: str = Field(alias="class", description="Name of a class, see `/catalogue/classes`.")
    name: str


class NewCIs(BaseModel):
    """CIs to create together: all of them, or none."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)

    cis: list[NewCI] = Field(min_length=1, max_length=1000)


class CreatedCIs(BaseModel):
    """CIs that were created."""

    ids: list[str] = Field(description="In the order of the request.")
    revision: int = Field(description="Number of the revision that created them.")


class Changes(RootModel[dict[str, Value | None]]):
    """Attributes to set; null clears one, whatever sources say of it. What is not named stays."""

    model_config = ConfigDict(json_schema_extra={"example": {"environment": "staging", "description": None}})
