"""What catalogue files may say."""

import re
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
)

from cmdb.catalogue.attribute import AttributeDeclaration
from cmdb.catalogue.model import Domain, Strength

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
Days = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Attributes = dict[Name, AttributeDeclaration]


def _source(name: str) -> str:
    if not name.strip() or name != name.strip() or ":" in name or not name.isprintable():
        raise ValueError(f"{name!r} is not a name of a source: it is one word or more, without a colon")
    return name


Order = Annotated[tuple[Annotated[str, AfterValidator(_source)], ...], Field(min_length=1)]


def _condition(value: object) -> tuple[object, ...]:
    given = tuple(value) if isinstance(value, list) else (value,)
    if not given or not all(isinstance(one, str | int | float) and str(one).strip() for one in given):
        raise ValueError("compare with text, a number, true or false, or a list of these")
    return given


def _need(value: object) -> int | str:
    if type(value) is int and value >= 1:
        return value
    if isinstance(value, str) and re.fullmatch(r"([1-9][0-9]?|100)%", value):
        return value
    raise ValueError('is neither a count from 1 nor a percentage from 1% to 100%, such as "60%"')


Conditions = dict[Name, Annotated[tuple[str | int | float | bool, ...], PlainValidator(_condition)]]


class _Declaration(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CommonDeclaration(_Declaration):
    """The table `ci`: what every class has, and what an own file may say of any class."""

    grace_days: Days | None = None
    stale_days: Days | None = None
    attributes: Attributes = {}


class ClassDeclaration(CommonDeclaration):
    """A table `classes.NAME`. What is not said is inherited from the parent."""

    title: str | None = None
    description: str | None = None
    parent: Name | None = None
    domain: Domain | None = None
    include: tuple[Name, ...] = ()
    identifiers: tuple[tuple[Name, ...], ...] | None = None
    is_service: bool | None = None


class RelationshipDeclaration(_Declaration):
    """A table `relationships.NAME`."""

    inverse: str | None = None
    description: str | None = None
    strength: Strength | None = None
    usual_dependents: tuple[Name, ...] = ()
    usual_providers: tuple[Name, ...] = ()


class OrderDeclaration(_Declaration):
    """Whom to believe first, of a class and of single attributes; a table `classes.NAME`, or `ci` for all."""

    order: Order | None = None
    attributes: dict[Name, Order] = {}


class SelectionDeclaration(_Declaration):
    """Which CIs a rule is about: those of a class that fulfil all conditions on attributes."""

    class_name: Name | None = Field(default=None, alias="class")
    attributes: Conditions = {}


class RuleDeclaration(_Declaration):
    """A table `rules.NAME`."""

    description: str = ""
    type: Name | None = None
    dependents: SelectionDeclaration = SelectionDeclaration()
    providers: SelectionDeclaration = SelectionDeclaration()
    group: str | None = Field(default=None, min_length=1)
    need: Annotated[int | str, PlainValidator(_need)] | None = None
    strength: Strength | None = None
    assumed: bool = False


class ClassesFile(_Declaration):
    """All of a `classes.toml`; a set is a bundle of attributes that classes include."""

    ci: CommonDeclaration = CommonDeclaration()
    sets: dict[Name, Attributes] = {}
    classes: dict[Name, ClassDeclaration] = {}


class RelationshipsFile(_Declaration):
    """All of a `relationships.toml`."""

    relationships: dict[Name, RelationshipDeclaration] = {}


class SourcesFile(_Declaration):
    """All of a `sources.toml`."""

    ci: OrderDeclaration = OrderDeclaration()
    classes: dict[Name, OrderDeclaration] = {}


class RulesFile(_Declaration):
    """All of a `rules.toml`."""

    rules: dict[Name, RuleDeclaration] = {}
