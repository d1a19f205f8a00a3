"""Life cycles as data: the states of a kind of record, and what leads from one to another."""

from collections.abc import Iterable, Iterator
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cmdb.access import Role
from cmdb.catalogue.attribute import AttributeType
from cmdb.records.record import OWN

CIS, NOTE = "cis", "note"
"""What a transition may require beside fields: a link to a CI, and a word on why."""

RESERVED = frozenset({*OWN, CIS, NOTE})
"""What Linchpin itself says of every record."""


class Declaration(BaseModel):
    """Base of all that a life cycle declares."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    description: str = ""


class FieldDeclaration(Declaration):
    """Something a record says. A `document` has parts of its own, which a model checks."""

    type: AttributeType | Literal["document"] = "string"
    required: bool = Field(default=False, description="Without it no record is opened.")
    derived: bool = Field(default=False, description="Linchpin fills it in, nobody else.")
    states: tuple[str, ...] = Field(
        default=(), description="In which states people may write it; empty: in every open one."
    )
    values: tuple[str, ...] = ()
    minimum: int | float | None = None
    maximum: int | float | None = None
    default: str | int | float | bool | None = None


class State(Declaration):
    """A state; a record in one that is not open is done with."""

    open: bool = True


class Transition(Declaration):
    """A step that somebody takes; one without `to` leaves the state as it is."""

    from_: tuple[str, ...] = Field(alias="from", min_length=1)
    to: str | None = None
    role: Role = Field(default=Role.OPERATOR, description="The least role that may take it.")
    requires: tuple[str, ...] = Field(
        default=(), description="Fields that must be filled in by then; `cis`: a link, `note`: a word on why."
    )
    checks: tuple[str, ...] = Field(default=(), description="Rules in code that must agree.")


class Relation(Declaration):
    """How a record may be related to another: to one of which kinds, and how that one says it."""

    to: tuple[str, ...] = Field(min_length=1)
    inverse: str


class LifeCycle(Declaration):
    """One kind of record: its fields, its states and its transitions."""

    kind: str
    label: str = Field(pattern="^[A-Z][A-Za-z]*$", description="Label in the graph.")
    prefix: str = Field(pattern="^[A-Z]{2,5}$", description="Of its numbers: `INC` for INC-000123.")
    initial: str
    conditions: tuple[str, ...] = Field(
        min_length=1, description="What a link to a CI may say of it; the first where nothing is said."
    )
    linked_in: tuple[str, ...] = Field(
        default=(), description="In which states people may change its links to CIs; empty: in any."
    )
    fields: dict[str, FieldDeclaration]
    states: dict[str, State]
    transitions: dict[str, Transition]
    relations: dict[str, Relation] = {}

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if mistakes := list(self._mistakes()):
            raise ValueError("; ".join(mistakes))
        return self

    def _mistakes(self) -> Iterator[str]:
        if reserved := sorted(RESERVED & self.fields.keys()):
            yield f"{', '.join(reserved)}: kept by Linchpin itself"
        if not (self.fields.get("title") or FieldDeclaration()).required:
            yield "fields.title: every record has a title; say `title = { required = true }`"
        yield from _unknown("initial", [self.initial], self.states)
        yield from _unknown("linked_in", self.linked_in, self.states)
        for name, field in self.fields.items():
            yield from _unknown(f"fields.{name}.states", field.states, self.states)
        for name, step in self.transitions.items():
            ends = (*step.from_, *filter(None, [step.to]))
            yield from _unknown(f"transitions.{name}", ends, self.states)
            yield from _unknown(f"transitions.{name}.requires", step.requires, {*self.fields, CIS, NOTE})
        reachable = self._reachable()
        yield from (f"no transition leads to {state!r}" for state in self.states if state not in reachable)

    def _reachable(self) -> set[str]:
        reached: set[str] = set()
        border = {self.initial}
        while border:
            reached |= border
            border = {step.to for step in self.transitions.values() if step.to and reached & {*step.from_}}
            border -= reached
        return reached


def _unknown(place: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    yield from (f"{place}: {name!r} is not declared" for name in names if name not in set(known))
