"""The rules of recurrence: `recurrence.toml` as a model."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat


class RecurrenceRules(BaseModel):
    """What an organisation calls more than chance; `recurrence.toml` beside this file is to begin with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    false_discovery_rate: float = Field(gt=0, lt=1, description="Of all reported, the share by chance.")
    at_least: int = Field(ge=2, description="Incidents before anything is called recurring.")
    at_least_times: float = Field(ge=1, description="How many times as often as others.")
    windows_days: Annotated[list[PositiveFloat], Field(min_length=1, description="How long bursts last.")]
