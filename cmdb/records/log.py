"""The log of a record: what happened to it, in order, each entry sealed with a hash of all before it.

An entry cannot be altered, removed or slipped in without breaking every seal after it (hash chain: Haber
and Stornetta, How to Time-Stamp a Digital Document, 1991).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple

import orjson
from neo4j import Record as Row

from cmdb.database import Database
from cmdb.history import Draft

Changes = Mapping[str, Sequence[Any]]
"""What differs, by field: the values before and after."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened to a record at a time (ISO 8601, UTC), and who told of it.

    `what` is `open`, the name of a transition, `edit`, `note`, or what else a practice writes down;
    `changes` maps what differs to the values before and after.
    """

    at: str
    by: str
    what: str
    note: str = ""
    from_state: str | None = None
    to_state: str | None = None
    changes: Changes = field(default_factory=dict)


class Sealed(NamedTuple):
    """An entry as it is kept: its place in the log, from 1, and the seal up to it."""

    no: int
    entry: Entry
    seal: str


class Span(NamedTuple):
    """How long a record was in a state; `until` is None where it still is."""

    state: str
    since: str
    until: str | None


def seal(previous: str, entry: Entry) -> str:
    """The seal of an entry that follows another one, in hexadecimal; `previous` is empty for the first."""
    told = orjson.dumps(_fields(entry), option=orjson.OPT_SORT_KEYS)
    return sha256(previous.encode() + b"\n" + told).hexdigest()


def sealed(entries: Iterable[Entry], length: int = 0, previous: str = "") -> list[Sealed]:
    """Entries that follow a log of some length and seal."""
    chain = []
    for no, entry in enumerate(entries, length + 1):
        previous = seal(previous, entry)
        chain.append(Sealed(no, entry, previous))
    return chain


def write(draft: Draft, entries: Mapping[str, Sequence[Sealed]]) -> None:
    """Add entries to logs, by the number of the record."""
    draft.run(
        "UNWIND $rows AS row CREATE (entry:LogEntry) SET entry = row",
        rows=[
            {
                **_fields(one.entry),
                "changes": orjson.dumps(one.entry.changes).decode(),
                "key": f"{number}/{one.no}",
                "record": number,
                "no": one.no,
                "seal": one.seal,
                "created": draft.id,
            }
            for number, chain in entries.items()
            for one in chain
        ],
    )


def read_log(database: Database, number: str) -> list[Sealed]:
    """The log of a record, oldest first."""
    return _read(database.read, number)


def log_within(draft: Draft, number: str) -> list[Sealed]:
    """The same, as the transaction of a draft sees it."""
    return _read(draft.run, number)


def _read(read: Callable[..., list[Row]], number: str) -> list[Sealed]:
    rows = read(
        "MATCH (entry:LogEntry {record: $number}) RETURN properties(entry) AS entry ORDER BY entry.no",
        number=number,
    )
    return [_sealed(row["entry"]) for row in rows]


def broken(log: Sequence[Sealed], length: int, last: str) -> int | None:
    """The place of the first entry that is not as it was written; None where the whole log is.

    `length` and `last` are what the record says of its log.
    """
    previous = ""
    for place, one in enumerate(log, 1):
        if (place, seal(previous, one.entry)) != (one.no, one.seal):
            return place
        previous = one.seal
    return None if (len(log), previous) == (length, last) else len(log) + 1


def spans(entries: Iterable[Entry]) -> Iterator[Span]:
    """The states that a record went through, in order."""
    moves = [entry for entry in entries if entry.to_state and entry.to_state != entry.from_state]
    for entry, following in pairwise([*moves, None]):
        assert entry and entry.to_state
        yield Span(entry.to_state, entry.at, following.at if following else None)


def _fields(entry: Entry) -> dict[str, Any]:
    """What `asdict` gives, without copies all the way down: an import seals hundreds of thousands."""
    return {name: getattr(entry, name) for name in Entry.__dataclass_fields__}


def _sealed(node: Mapping[str, Any]) -> Sealed:
    told: dict[str, Any] = {name: node[name] for name in Entry.__dataclass_fields__ if name in node}
    entry = Entry(**{**told, "changes": orjson.loads(told["changes"])})
    return Sealed(node["no"], entry, node["seal"])
