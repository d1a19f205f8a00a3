"""Reads the configuration, and tells all mistakes in it at once."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from api.sync.configuration import Configuration
from cmdb.errors import InvalidInput
from cmdb.reconciliation import MANUAL
from importers import Importer, importer

Table = dict[str, Any]


def read_configuration(path: Path, find: Callable[[str], Importer] = importer) -> Configuration:
    """What the TOML file says; `find` is how the importer of a name is found.

    Raises one InvalidInput that names every mistake by source and key.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInput(f"{path} cannot be read: {error}") from error
    tables = [one for one in _list(table.get("sources")) if isinstance(one, dict)]
    mistakes = [*_twice(tables), *(told for one in tables for told in _in_source(one, find))]
    try:
        configuration = Configuration.model_validate(table)
    except ValidationError as error:
        mistakes += [_told(table, detail) for detail in error.errors()]
    if mistakes:
        lines = "\n".join(f"  {path}: {mistake}" for mistake in mistakes)
        raise InvalidInput(f"Correct these and start again:\n{lines}", mistakes=mistakes)
    return configuration


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _twice(sources: list[Table]) -> Iterator[str]:
    for name, count in Counter(str(source.get("name")) for source in sources).items():
        if count > 1 and name != "None":
            yield f"source {name!r}: {count} sources have this name"


def _in_source(source: Table, find: Callable[[str], Importer]) -> Iterator[str]:
    """What a source says that its keys alone do not show to be wrong."""
    of = f"source {source.get('name')!r}: "
    if source.get("name") == MANUAL:
        yield f"{of}this name is for people's edits"
    if "every" in source and "schedule" in source:
        yield f"{of}has both every and schedule; leave one out"
    if isinstance(name := source.get("importer"), str):
        try:
            known = {option.name for option in find(name).options}
        except InvalidInput as error:
            yield f"{of}importer: {error.detail}"
            return
        options = source.get("options")
        for option in sorted(options.keys() - known if isinstance(options, dict) else ()):
            has = ", ".join(sorted(known)) or "none"
            yield f"{of}options.{option}: {name} has no such option; it has {has}"


def _told(table: Table, error: ErrorDetails) -> str:
    """A mistake that pydantic found, as `place: reason`."""
    match error["loc"]:
        case ("sources", int(number), *rest):
            source = table["sources"][number]
            name = source.get("name") if isinstance(source, dict) else None
            of, keys = f"source {name!r}" if name else f"source {number + 1}", rest
        case keys:
            of, keys = "", list(keys)
    place = ": ".join(filter(None, (of, ".".join(str(key) for key in keys if key != "[key]"))))
    return f"{place}: {_reason(error)}"


def _reason(error: ErrorDetails) -> str:
    match error["type"]:
        case "extra_forbidden":
            return "there is no such key"
        case "missing":
            return "is missing"
        case "string_pattern_mismatch":
            return f"{error['input']!r} is not made of letters, digits, dots, hyphens and underscores"
        case _:
            return error["msg"].removeprefix("Value error, ")
