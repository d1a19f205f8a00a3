"""Catalogue files: how they are read, and how their mistakes are worded."""

import tomllib
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cmdb.catalogue.mistakes import Mistakes
from cmdb.catalogue.suggest import did_you_mean

File = TypeVar("File", bound=BaseModel)


def read(path: Path, kind: type[File], mistakes: Mistakes) -> File | None:
    """What the file declares, without its mistakes; `None` where it cannot be read at all.

    What `kind` requires of the file itself would be a mistake that cannot be left out: see `read_whole`.
    """
    table = _parsed(path, mistakes)
    return None if table is None else _validated(table, kind, str(path), mistakes)


def read_whole(path: Path, kind: type[File], mistakes: Mistakes) -> File | None:
    """What the file declares; `None` where there is a mistake in it."""
    table = _parsed(path, mistakes)
    if table is None:
        return None
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        _note(error, table, kind, str(path), mistakes)
        return None


def _parsed(path: Path, mistakes: Mistakes) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        mistakes.add(str(path), "", f"cannot be read: {error}")
        return None


def _validated(table: dict[str, Any], kind: type[File], file: str, mistakes: Mistakes) -> File:
    """Drops what is wrong and goes on, so that one run finds the mistakes in all that is left."""
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        for place in _note(error, table, kind, file, mistakes):
            _drop(table, place)
    return _validated(table, kind, file, mistakes)


def _note(
    error: ValidationError, table: dict[str, Any], kind: type[BaseModel], file: str, mistakes: Mistakes
) -> list[list[int | str]]:
    """Note all that is wrong in a table; return the places."""
    found = [(list(_place(table, detail["loc"])), detail) for detail in error.errors()]
    for place, detail in found:
        mistakes.add(file, ".".join(map(str, place)), _reason(kind, detail))
    return [place for place, _ in found]


def _place(table: dict[str, Any], steps: tuple[int | str, ...]) -> Iterator[int | str]:
    """The way to the mistake as far as the file goes; pydantic adds which of several types was tried."""
    here: Any = table
    for step in steps:
        if isinstance(here, dict) and step != "[key]":
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int):
            here = here[step]
        else:
            return
        yield step


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
        kind = _model(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = next(f.annotation for name, f in kind.model_fields.items() if step in (name, f.alias))
        else:
            kind = get_args(kind)[isinstance(step, str)]  # the item of a list, or the value of a table
    return [field.alias or name for name, field in _model(kind).model_fields.items()]


def _model(kind: Any) -> Any:
    """The kind itself; where it may be left out, what it is when it is there."""
    return get_args(kind)[0] if type(None) in get_args(kind) else kind
