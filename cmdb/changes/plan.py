"""What a change does: ordered steps in a window, with a back-out plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from cmdb.errors import InvalidInput

Action = Literal["restart", "upgrade", "replace", "remove", "configure"]
Effect = Literal["none", "degraded", "down"]
SEVERITY: tuple[Effect, ...] = ("none", "degraded", "down")
"""Effects from harmless to worst."""

Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Seconds = Annotated[int, Field(ge=1, le=10**9)]
Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
"""A time with its zone, kept in UTC."""


class Part(BaseModel):
    """Base of all parts of a plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(Part):
    """One piece of work on some CIs."""

    name: Text
    cis: tuple[Text, ...] = Field(min_length=1, description="Ids of the CIs that are worked on.")
    action: Action
    duration: Seconds = Field(description="How many seconds the work takes.")
    effect: Effect = Field(
        description="What the CIs are, as planned, from its begin until they have recovered."
    )
    recovery: int = Field(
        default=0, ge=0, le=10**9, description="Seconds by which the effect outlasts the work."
    )
    worst: Effect = Field(default="down", description="What the CIs are if the step goes wrong.")
    parallel: bool = Field(default=False, description="It begins together with the step before.")

    @property
    def lasting(self) -> bool:
        """Whether the effect never ends: what is removed does not recover."""
        return self.action == "remove"

    @model_validator(mode="after")
    def _is_consistent(self) -> "Step":
        """Raise InvalidInput for what cannot be meant."""
        if self.lasting and self.effect != "down":
            raise InvalidInput(f"The step {self.name} removes CIs: its effect is down, not {self.effect}.")
        if SEVERITY.index(self.worst) < SEVERITY.index(self.effect):
            raise InvalidInput(
                f"The step {self.name} cannot be better in the worst case ({self.worst}) than as planned "
                f"({self.effect})."
            )
        return self


class BackOut(Part):
    """How the change is undone."""

    text: Text
    duration: Seconds = Field(description="How many seconds it takes.")
    tested: bool = False


class Window(Part):
    """When the change may be at work."""

    start: Moment
    end: Moment

    @property
    def seconds(self) -> int:
        """How long it is."""
        return int((self.end - self.start).total_seconds())

    def overlaps(self, other: "Window") -> bool:
        """Whether both have any moment in common."""
        return self.start < other.end and other.start < self.end

    @model_validator(mode="after")
    def _is_consistent(self) -> "Window":
        """Raise InvalidInput for a window that ends before it begins."""
        if self.end <= self.start:
            raise InvalidInput(
                f"The window ends ({self.end:%FT%TZ}) no later than it starts ({self.start:%FT%TZ})."
            )
        return self


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A step with its times."""

    step: Step
    begin: datetime
    end: datetime
    """When the work ends."""

    @property
    def recovered(self) -> datetime | None:
        """When the effect ends; None: never."""
        return None if self.step.lasting else self.end + timedelta(seconds=self.step.recovery)


class Plan(Part):
    """All that a change does, and how it is undone."""

    steps: tuple[Step, ...] = Field(min_length=1, description="In their order.")
    window: Window
    last_decision_point: str | None = Field(
        default=None, description="The last step that can be backed out, by name; nothing: all can."
    )
    back_out: BackOut | None = Field(default=None, description="Nothing: there is no way back at all.")
    test_evidence: Text | None = Field(default=None, description="What was tested, or where to read it.")

    @property
    def cis(self) -> frozenset[str]:
        """The ids of all CIs that are worked on."""
        return frozenset(ci for step in self.steps for ci in step.cis)

    @property
    def stages(self) -> tuple[tuple[Step, ...], ...]:
        """The steps, those together that begin together."""
        stages: list[tuple[Step, ...]] = []
        for step in self.steps:
            if step.parallel and stages:
                stages[-1] += (step,)
            else:
                stages.append((step,))
        return tuple(stages)

    @property
    def work(self) -> int:
        """Seconds from the begin of the first step until all steps have recovered."""
        return sum(_length(stage, hurried=False) for stage in self.stages)

    @property
    def spare(self) -> int:
        """Seconds of the window that work and back-out leave; negative where they do not fit."""
        return self.window.seconds - self.work - (self.back_out.duration if self.back_out else 0)

    @property
    def fits(self) -> bool:
        """Whether the window is long enough to do all the work and to back it out then."""
        return self.spare >= 0

    def can_back_out(self, step: Step) -> bool:
        """Whether there is a way back when a step goes wrong."""
        names = [one.name for one in self.steps]
        last = self.last_decision_point
        return self.back_out is not None and (last is None or names.index(step.name) <= names.index(last))

    def schedule(self, hurried: bool = False) -> tuple[Scheduled, ...]:
        """When each step begins and ends, from the start of the window on.

        A stage begins when the one before has recovered; `hurried`: as soon as its work is done.
        """
        return tuple(self._scheduled(hurried))

    def _scheduled(self, hurried: bool) -> Iterator[Scheduled]:
        begin = self.window.start
        for stage in self.stages:
            for step in stage:
                yield Scheduled(step, begin, begin + timedelta(seconds=step.duration))
            begin += timedelta(seconds=_length(stage, hurried))

    @model_validator(mode="after")
    def _is_consistent(self) -> "Plan":
        """Raise InvalidInput for steps that cannot be told apart, or a decision point that is none."""
        names = [step.name for step in self.steps]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise InvalidInput(f"Several steps have one name: {', '.join(twice)}.")
        if self.last_decision_point is not None and self.last_decision_point not in names:
            raise InvalidInput(
                f"The last decision point {self.last_decision_point} is no step of the plan. "
                f"Steps: {', '.join(names)}."
            )
        if self.steps[0].parallel:
            raise InvalidInput(f"The first step, {names[0]}, has no step before it to run in parallel with.")
        return self


def _length(stage: Iterable[Step], hurried: bool) -> int:
    """Seconds after which the next stage begins."""
    return max(step.duration + (0 if hurried or step.lasting else step.recovery) for step in stage)
