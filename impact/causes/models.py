"""The answer to "what is the cause?" in the words of the API and of `--json`."""

from datetime import datetime

from pydantic import Field

from impact.answer.models import Answer, AtRevision, CIRef, Listed, Step
from impact.causes.policy import PriorKind
from impact.state import StateName


class Suspected(Answer):
    """An event that makes a CI suspect before any alarm is looked at."""

    kind: PriorKind
    at: datetime
    what: str
    times: float = Field(description="So many times as likely to be the cause.")


class Cause(CIRef):
    """A CI that may have failed."""

    alarms: bool
    onset: datetime | None = Field(description="When its alarm began, if that is known.")
    suspected: list[Suspected]


class Weights(Answer):
    """What speaks for and against, as powers of ten; 0 is neutral, and they add up to the score."""

    explained: float = Field(description="Alarms that it predicts.")
    beyond: float = Field(description="Other alarms, which may have one cause outside the CMDB.")
    healthy: float = Field(description="Healthy CIs that it wrongly predicts down or degraded.")
    silence: float = Field(description="CIs that should alarm and of which nothing is said.")
    order: float = Field(description="Symptoms that began before any of the causes alarmed.")
    prior: float = Field(description="How rarely CIs fail, and what made these suspect.")
    score: float


class Symptom(CIRef):
    """An alarm that the explanation predicts."""

    state: StateName = Field(description="As predicted.")
    onset: datetime | None
    path: list[Step] = Field(description="From a cause to the CI.")


class AlikeCauses(Answer):
    """Other causes that predict the same of all that is watched."""

    causes: list[CIRef]
    confidence: float


class RankedCause(Answer):
    """An explanation of the alarms."""

    causes: list[Cause] = Field(description="CIs that fail; none: the cause is not in the CMDB.")
    text: str = Field(description="What speaks for and against it.")
    against_first: str | None = Field(description="What puts it behind the first explanation.")
    confidence: float = Field(
        description="The probability of these causes, if one explanation tried is true."
    )
    with_alike: float = Field(description="The same, of these causes or those alike.")
    weights: Weights
    explained: int = Field(description="How many alarms it predicts.")
    symptoms: list[Symptom] = Field(description="The first of them, with the way from a cause.")
    unexplained: Listed[CIRef] = Field(description="Alarms that it does not predict.")
    contradicted: Listed[CIRef] = Field(description="Healthy CIs that it predicts down or degraded.")
    silent: int = Field(description="CIs that it predicts down or degraded and of which nothing is said.")
    early: int = Field(description="Symptoms that began before any of the causes alarmed.")
    alike: Listed[AlikeCauses] = Field(description="Causes that nothing seen tells apart from these.")


class RootCauses(AtRevision):
    """Explanations of what alarms, the likeliest first."""

    alarms: int
    healthy: int
    began: datetime | None = Field(description="The first alarm, if times are known.")
    tried: int = Field(description="How many explanations were tried.")
    explanations: list[RankedCause]
    purged: int = Field(description="CIs purged since `as_of`, which are missing from the graph.")
