"""Reads YAML, which can say a great deal in few words."""

from pathlib import Path
from typing import Any

import yaml

from cmdb.errors import InvalidInput
from importers.documents.content import read_text
from importers.documents.loader import Loader

MOST_VALUES = 20_000_000
"""Values in a file once its aliases are spelt out."""


def read_yaml(path: Path) -> list[Any]:
    """The documents of a file, without empty ones. Raises InvalidInput where it cannot be read safely."""
    return parse_yaml(read_text(path), path.name)


def parse_yaml(text: str, place: str) -> list[Any]:
    """The documents in a text; `place` names it in messages."""
    try:
        documents = [document for document in yaml.load_all(text, Loader) if document is not None]
        extent = sum(_extent(document, {}, place) for document in documents)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InvalidInput(f"{place}, line {line} is not YAML: {error.problem}.") from error
    except (yaml.YAMLError, ValueError) as error:
        raise InvalidInput(f"{place} is not YAML: {error}.") from error
    except RecursionError as error:
        raise InvalidInput(f"{place} nests values too deeply to be read.") from error
    if extent > MOST_VALUES:
        raise InvalidInput(f"{place} repeats aliases until it has {extent:,} values; spell them out.")
    return documents


def _extent(value: Any, known: dict[int, int], place: str) -> int:
    """How many values it has, an alias counted as often as it is used."""
    if not isinstance(value, dict | list | tuple):
        return 1
    if id(value) not in known:
        known[id(value)] = 0  # until it is known, it stands within itself
        inner = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_extent(one, known, place) for one in inner)
    elif known[id(value)] == 0:
        raise InvalidInput(f"{place} has an alias that stands within itself.")
    return known[id(value)]
