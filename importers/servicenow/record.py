"""A record as ServiceNow gives it: each cell has a value and what people see."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from importers.servicenow.fields import LABELS

_SYS_ID = re.compile(r"[0-9a-f]{32}")


class Cell(NamedTuple):
    """The value, and what people see; the same where an export has only one of them."""

    value: str
    display: str

    @property
    def refers(self) -> bool:
        """Whether the value is a sys_id."""
        return is_sys_id(self.value)

    @property
    def label(self) -> str:
        """What people see, empty where only a sys_id is known."""
        return "" if is_sys_id(self.display) else self.display


BLANK = Cell("", "")


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a table, and the line or place in its file."""

    table: str
    line: int
    cells: Mapping[str, Cell]

    def __getitem__(self, name: str) -> Cell:
        return self.cells.get(name, BLANK)

    def plain(self) -> dict[str, str]:
        """What people see, for a report."""
        return {name: cell.display for name, cell in self.cells.items()}


def is_sys_id(text: str) -> bool:
    """Whether it is ServiceNow's own key."""
    return _SYS_ID.fullmatch(text) is not None


def column(header: str) -> str:
    """The name of a column, told by its name or its label."""
    folded = header.strip().lower().replace(" ", "_")
    return LABELS.get(folded, folded)


def cell_of(raw: Any) -> Cell:
    """A cell from JSON: text, or an object with `value`, `display_value` or both."""
    if not isinstance(raw, dict):
        return Cell(text := _text(raw), text)
    value, display = _text(raw.get("value")), _text(raw.get("display_value"))
    return Cell(value or display, display or value)


def record_of(table: str, line: int, cells: Mapping[str, Cell]) -> Record:
    """A record without its empty cells."""
    return Record(table, line, {column(name): cell for name, cell in cells.items() if cell.value})


def _text(raw: Any) -> str:
    if raw is None or isinstance(raw, dict | list):
        return ""
    return str(raw).lower() if isinstance(raw, bool) else str(raw).strip()
