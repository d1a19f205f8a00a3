"""What records of ServiceNow become, as `servicenow_records.toml` says."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from cmdb.policy import Policies

FILE = Path(__file__).with_name("servicenow_records.toml")


class _Declaration(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Time(_Declaration):
    """A column that tells when a state began, and the one that tells who began it."""

    column: str
    by: str
    state: str


class TableMapping(_Declaration):
    """What the records of one table become; see the file."""

    kind: str
    state: tuple[str, ...]
    title: tuple[str, ...]
    states: dict[str, str]
    by_state: dict[str, dict[str, str]] = {}
    fields: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    times: tuple[Time, ...]


class RecordMapping(_Declaration):
    """All of the file."""

    missing: frozenset[str]
    left_out: frozenset[str]
    tables: dict[str, TableMapping]


class Said(NamedTuple):
    """What a row says in our words, the rest as it came, and which of its values none of ours stands for.

    The state is empty where it says nothing of it.
    """

    state: str
    values: Mapping[str, str]
    theirs: Mapping[str, str]
    unmapped: frozenset[str]


NOBODY = "unknown"
"""Who did what nobody is named for."""


class UnknownState(ValueError):
    """A state that the file does not name."""


def load_mapping(policies: Policies) -> RecordMapping:
    """What records become; raises CatalogueError for mistakes in the file."""
    return policies.read(RecordMapping, FILE)


def said(mapping: RecordMapping, table: TableMapping, number: str, row: Mapping[str, str]) -> Said:
    """What a row (of columns that are not missing) says. Raises UnknownState."""
    theirs = next((row[column] for column in table.state if column in row), "")
    if theirs not in table.states:
        raise UnknownState(f"state {theirs!r} is not known; name it in {FILE.name}, under states")
    title = next((row[column] for column in table.title if column in row), number)
    told = {name: row[column] for name, column in table.fields.items() if column in row}
    ours = {
        name: table.values[name].get(value, "") if name in table.values else value
        for name, value in told.items()
    }
    unmapped = {name for name, value in ours.items() if not value}
    follows = {name: by[theirs] for name, by in table.by_state.items() if theirs in by}
    taken = {*mapping.left_out, table.title[0], *(table.fields[name] for name in ours.keys() - unmapped)}
    return Said(
        table.states[theirs],
        {"title": title, **follows, **{name: value for name, value in ours.items() if value}},
        {column: value for column, value in row.items() if column not in taken},
        frozenset(f"{name}: {told[name]}" for name in unmapped),
    )
