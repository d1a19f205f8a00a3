"""Catalogue files: what they may say, and how they are read."""

import tomllib
from itertools import takewhile
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from cmdb.catalogue.attribute import AttributeDeclaration
from cmdb.catalogue.mistakes import Mistakes
from cmdb.catalogue.model import Domain, Strength
from cmdb.catalogue.suggest import did_you_mean

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
Days = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Attributes = dict[Name, AttributeDeclaration]


def _source(name: str) -> str:
    if not name.strip() or name != name.strip() or ":" in name or not name.isprintable():
        raise ValueError(f"{name!r} is not a name of a source: it is one word or more, without a colon")
    return name


Order = Annotated[tuple[Annotated[str, AfterValidator(_source)], ...], Field(min_length=1)]


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


File = TypeVar("File", ClassesFile, RelationshipsFile, SourcesFile)


def read(path: Path, kind: type[File], mistakes: Mistakes) -> File | None:
    """What the file declares, without its mistakes; `None` where it cannot be read at all."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        mistakes.add(str(path), "", f"cannot be read: {error}")
        return None
    return _validated(table, kind, str(path), mistakes)


def _validated(table: dict[str, Any], kind: type[File], file: str, mistakes: Mistakes) -> File:
    """Drops what is wrong and goes on, so that one run finds the mistakes in all that is left."""
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        for detail in error.errors():
            place = [step for step in detail["loc"] if step != "[key]"]
            mistakes.add(file, ".".join(map(str, place)), _reason(kind, detail))
            _drop(table, place)
    return _validated(table, kind, file, mistakes)


def _drop(table: dict[str, Any], place: list[int | str]) -> None:
    """Removes the key at the place; a list goes as a whole."""
    *path, key = map(str, takewhile(lambda step: isinstance(step, str), place))
    for step in path:
        table = table.get(step, {})
    table.pop(key, None)


def _reason(kind: type[BaseModel], error: ErrorDetails) -> str:
    match error["type"]:
        case "extra_forbidden":
            *place, key = error["loc"]
            return f"unknown key{did_you_mean(str(key), _keys(kind, place))}"
        case "string_pattern_mismatch":
            return f"{error['input']!r} is not a name: write lower-case words joined by _"
        case "literal_error":
            expected = error["ctx"]["expected"].replace("'", "")
            known = expected.replace(" or ", ", ").split(", ")
            hint = did_you_mean(str(error["input"]), known)
            return f"{error['input']!r} is not one of {', '.join(known)}{hint}"
        case _:
            return error["msg"].removeprefix("Value error, ")


def _keys(kind: Any, place: list[int | str]) -> list[str]:
    """The keys that a table may have, found by following the place through the models."""
    for step in place:
        is_model = hasattr(kind, "model_fields")
        kind = kind.model_fields[str(step)].annotation if is_model else get_args(kind)[1]
    return list(kind.model_fields)
