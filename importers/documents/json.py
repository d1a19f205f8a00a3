"""Reads JSON."""

from pathlib import Path
from typing import Any

import orjson

from cmdb.errors import InvalidInput
from importers.documents.content import read_text

MOST_DEPTH = 200
"""Values within values."""


def read_json(path: Path) -> Any:
    """The document of a file. Raises InvalidInput that names the line where it is none."""
    return parse_json(read_text(path), path.name)


def parse_json(text: str, place: str) -> Any:
    """The document in a text; `place` names it in messages."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidInput(
            f"{place}, line {error.lineno}, column {error.colno} is not JSON: {error.msg}. Is the file whole?"
        ) from error
    _check_depth(value, place)
    return value


def _check_depth(value: Any, place: str) -> None:
    level, depth = [value] if isinstance(value, dict | list) else [], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise InvalidInput(f"{place} nests values more than {MOST_DEPTH} deep.")
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) in (dict, list)
        ]
