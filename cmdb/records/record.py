"""Records as they are kept: one node each, its links and documents as JSON in it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from cmdb.errors import InvalidInput

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CILink:
    """A CI (by id) that a record is about, and what the record says of it."""

    ci: str
    condition: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another record, and how this one is related to it."""

    type: str
    number: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something kept elsewhere: its name and its address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it is now. Times are ISO 8601 text in UTC, to the second.

    `values` holds its fields: documents as plain JSON values. `revision` is what last wrote it; `seal` is
    the hash of its last log entry, of which there are `entries`. `origin` is `source/native id` where it was
    imported.
    """

    number: str
    kind: str
    state: str
    open: bool
    values: Values
    links: tuple[CILink, ...] = ()
    related: tuple[Related, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    opened_at: str = ""
    opened_by: str = ""
    changed_at: str = ""
    closed_at: str | None = None
    entries: int = 0
    seal: str = ""
    origin: str | None = None
    created: int = 0
    revision: int = 0

    @property
    def conditions(self) -> dict[str, str]:
        """What it says of CIs, by id."""
        return {link.ci: link.condition for link in self.links}

    def condition(self, ci: str) -> str | None:
        """What it says of a CI (by id); None where it is not about that."""
        return self.conditions.get(ci)

    def linked_as(self, *conditions: str) -> list[str]:
        """The CIs (by id) of which it says any of these."""
        return [link.ci for link in self.links if link.condition in conditions]

    def to(self, type_: str) -> list[str]:
        """The numbers of the records that it is related to in one way."""
        return [related.number for related in self.related if related.type == type_]


OWN = tuple(name for name in Record.__dataclass_fields__ if name != "values")
PARTS: Mapping[str, type[Any]] = {"links": CILink, "related": Related, "attachments": Attachment}
DOCUMENT = "json:"
"""How the text of a document begins."""


def properties(record: Record) -> dict[str, Any]:
    """The node of a record, from the record."""
    own = {name: getattr(record, name) for name in OWN if name not in PARTS}
    parts = {name: _json([asdict(part) for part in getattr(record, name)]) for name in PARTS}
    values = {name: _kept(value) for name, value in record.values.items()}
    return {name: value for name, value in {**values, **own, **parts}.items() if value is not None}


def record_of(node: Mapping[str, Any]) -> Record:
    """The record, from its node."""
    own: dict[str, Any] = {name: node[name] for name in OWN if name in node and name not in PARTS}
    parts: dict[str, Any] = {
        name: tuple(part(**told) for told in orjson.loads(node[name])) for name, part in PARTS.items()
    }
    values = {name: _told(value) for name, value in node.items() if name not in OWN}
    return Record(**own, **parts, values=values)


def told(record: Record) -> dict[str, Any]:
    """All that a record says, as its log tells of it."""
    return {
        **record.values,
        "links": record.conditions,
        "related": [f"{one.type} {one.number}" for one in record.related],
        "attachments": [one.url for one in record.attachments],
    }


def instant(at: datetime) -> str:
    """A time as records tell it: UTC, to the second, so that the order of text is that of time.

    Raises InvalidInput for one that is outside the calendar there.
    """
    try:
        return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    except OverflowError:
        raise InvalidInput(f"{at.isoformat()} is no time in UTC.") from None


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _kept(value: Any) -> Any:
    """Neo4j holds lists of text, but no mappings; text that looks like a document is made one."""
    if isinstance(value, str):
        return DOCUMENT + _json(value) if value.startswith(DOCUMENT) else value
    simple = isinstance(value, int | float | None) or _is_texts(value)
    return value if simple else DOCUMENT + _json(value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _told(value: Any) -> Any:
    document = isinstance(value, str) and value.startswith(DOCUMENT)
    return orjson.loads(value.removeprefix(DOCUMENT)) if document else value
