"""How much of a map is wanted."""

from pydantic import BaseModel, ConfigDict, Field, field_serializer, model_validator

from cmdb.catalogue import Catalogue
from cmdb.errors import InvalidInput

DEEPEST, LARGEST = 1_000, 10_000


class Limits(BaseModel):
    """A map is cut by distance, in whole layers; a ranked list after its last place.

    CIs of other classes than those kept are passed through: what lies behind them stays, at its true
    distance.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    depth: int | None = Field(default=None, description="Most steps away; nothing: any distance.")
    classes: frozenset[str] = Field(
        default=frozenset(), description="Classes to keep, with those that refine them; empty: all."
    )
    most: int = Field(default=500, description="Most CIs; a map leaves out the layer that would exceed it.")

    @field_serializer("classes")
    def _sorted(self, classes: frozenset[str]) -> list[str]:
        return sorted(classes)

    @model_validator(mode="after")
    def _can_be_meant(self) -> "Limits":
        """Raise InvalidInput for numbers out of range."""
        for name, value, largest in (("depth", self.depth, DEEPEST), ("most", self.most, LARGEST)):
            if value is not None and not 1 <= value <= largest:
                raise InvalidInput(f"{name} is {value:,}; it must be from 1 to {largest:,}.")
        return self

    def kept(self, catalogue: Catalogue) -> frozenset[str]:
        """The classes asked for and those that refine them; none where all are welcome.

        Raises InvalidInput for a class that the catalogue does not know.
        """
        return catalogue.refining(self.classes)
