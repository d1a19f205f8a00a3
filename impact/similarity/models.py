"""Incidents as similarity sees them, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import Field

from impact.answer.models import Answer, CIRef


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of an incident; anything may be missing."""

    number: str
    at: datetime
    """When it happened, with a time zone."""
    cis: tuple[str, ...] = ()
    """Ids of the CIs affected; those that are not in the graph count for nothing."""
    text: str = ""
    """Title and description."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Category and the like, by name."""


class SharedCI(CIRef):
    """A CI that both incidents are about or depend on."""

    steps: int = Field(description="Distance from the CIs of the new incident; 0 for one of them.")


class Parts(Answer):
    """From 0 to 1, how much of the new incident the earlier one shares; nothing where it has none."""

    graph: float | None
    text: float | None
    labels: float | None
    recency: float = Field(description="What is left of the score for age.")


class Similar(Answer):
    """An earlier incident, and why it is like the new one."""

    number: str
    at: datetime
    score: float = Field(description="From 0 to 1.")
    parts: Parts
    shared: list[SharedCI] = Field(description="What both depend on, the most telling first.")
    words: list[str] = Field(description="Words that both use, the most telling first.")
    labels: dict[str, str] = Field(description="Labels that are the same, the most telling first.")
    reasons: list[str] = Field(description="The same for people: both depend on core-a.")
