"""Reads JSON."""

from pathlib import Path
from typing import Any

import orjson

from cmdb.errors import InvalidInput
from importers.documents.content import read_text


def read_json(path: Path) -> Any:
    """The document of a file. Raises InvalidInput that names the line where it is none."""
    return parse_json(read_text(path), path.name)


def parse_json(text: str, place: str) -> Any:
    """The document in a text; `place` names it in messages."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidInput(
            f"{place}, line {error.lineno}, column {error.colno} is not JSON: {error.msg}. Is the file whole?"
        ) from error
