"""Takes values out of rows."""

from collections.abc import Mapping
from datetime import datetime, time

from importers.mapped.model import Source

Cells = Mapping[str, str]
"""The cells of a row by column, stripped."""


def text_of(source: Source, cells: Cells) -> str:
    """What the row itself says."""
    return source.constant or source.join.join(filter(None, (cells[name] for name in source.needs)))


def value_of(source: Source, cells: Cells) -> str:
    """The value for a row, empty where the row does not say. Raises ValueError with the reason."""
    return _ours(source, text_of(source, cells))


def values_of(source: Source, cells: Cells) -> list[str]:
    """The values for a row where a cell may hold several. Raises ValueError with the reason."""
    text = text_of(source, cells)
    parts = map(str.strip, text.split(source.separator)) if source.separator else (text,)
    found = (_ours(source, part) for part in parts if part or not text)
    return list(dict.fromkeys(filter(None, found)))


def _ours(source: Source, text: str) -> str:
    text = source.translations.get(text.casefold(), text) or source.default
    if source.date and text:
        text = _date(text, source.date)
    return f"{source.prefix}{text}" if text else ""


def _date(text: str, form: str) -> str:
    """As ISO 8601; Excel's own dates come so already."""
    try:
        moment = datetime.strptime(text, form)
    except ValueError:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text!r} is not a date written as {form}") from None
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat()
