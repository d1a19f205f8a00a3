"""What is asked: what fails, and how the graph is to be looked at."""

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cmdb.errors import InvalidInput


class Base(BaseModel):
    """What is down or degraded already, as ids of CIs; those no analysis sees do not matter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    down: frozenset[str] = Field(default=frozenset(), description="CIs that are down already.")
    degraded: frozenset[str] = Field(default=frozenset(), description="CIs that are degraded already.")


class Scenario(BaseModel):
    """A question about failure. CIs are named by id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    failed: frozenset[str] = Field(default=frozenset(), description="CIs that fail.")
    degraded: frozenset[str] = Field(
        default=frozenset(), description="CIs that work, but worse than they should."
    )
    not_impacted: frozenset[str] = Field(
        default=frozenset(), description="CIs that stay up whatever happens."
    )
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

    @model_validator(mode="after")
    def _is_consistent(self) -> "Scenario":
        """Raise InvalidInput where a CI is declared impacted and not impacted at once."""
        both = (self.failed | self.degraded) & self.not_impacted
        if both:
            raise InvalidInput(
                f"A CI cannot be impacted and not impacted at once: {', '.join(sorted(both))}."
            )
        return self
