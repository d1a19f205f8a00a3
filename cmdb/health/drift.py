"""What has come to differ since a moment, each part with the revision that made it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

from cmdb.database import Database
from cmdb.health.correctness import DISCOVERED
from cmdb.health.makers import makers_of_fields
from cmdb.history import Difference, Kind, difference

Found = Literal["missing", "changed", "new"]
BOOKKEEPING = frozenset({"id", "no", "sources", "type", "dependent_no", "provider_no"})
"""What differs without anything being different in the world."""
RETIRED = "retired"


class Part(NamedTuple):
    """A part of what differs, that one revision (by id) made.

    `ci` is the id of the CI, or of the dependent of a relationship. A CI that a source (`missed_by`) misses,
    and that is still there, has no difference yet.
    """

    found: Found
    ci: str
    revision: int
    difference: Difference | None = None
    fields: tuple[str, ...] = ()
    missed_by: str | None = None
    since: datetime | None = None

    @property
    def relationship(self) -> tuple[str, str, str] | None:
        """Type (as in the catalogue), provider and group, where it is about a relationship."""
        if self.difference is None or self.difference.kind is not Kind.RELATIONSHIP:
            return None
        _, type_, provider, group = self.difference.subject.split(" ", 3)
        return type_.lower(), provider, group


def parts_between(database: Database, earlier: int, later: int) -> Iterator[Part]:
    """What differs between the graph after two revisions (by seq), by the revisions that made it differ."""
    old = []
    for one in difference(database, earlier, later):
        if one.before is not None:
            old.append(one)
        elif _is_there(one.after):
            assert one.after is not None
            yield _part("new", one, one.after["created"])
    made = database.snapshot(lambda tx: makers_of_fields(tx, earlier, later, old))
    for one, fields in zip(old, made, strict=True):
        yield from _parts_of(one, fields)


def missed_between(database: Database, earlier: int, later: int) -> list[Part]:
    """The CIs that were there after one revision, and that sources began to miss by another (by seq)."""
    rows = database.read(
        f"""
        MATCH (record:SourceRecord)-[:DESCRIBES]->(ci:CI)
        WHERE record.missing_since IS NOT NULL AND {DISCOVERED}
        MATCH (created:Revision {{id: ci.created}}) WHERE created.seq <= $earlier
        MATCH (change:Change {{subject: record.key, kind: 'source_record'}})
        WHERE NOT change.before CONTAINS '"missing_since":'
        MATCH (revision:Revision {{id: change.revision}})
        WHERE $earlier < revision.seq AND revision.seq <= $later
        WITH ci, record, revision ORDER BY revision.seq
        RETURN ci.id AS ci, record.source AS source, record.missing_since AS since,
               last(collect(revision.id)) AS revision
        """,
        earlier=earlier,
        later=later,
    )
    return [
        Part(
            "missing",
            row["ci"],
            row["revision"],
            missed_by=row["source"],
            since=datetime.fromisoformat(row["since"]),
        )
        for row in rows
    ]


def _parts_of(one: Difference, made: Mapping[str, int]) -> Iterator[Part]:
    """What becomes of something that was there; each of its fields has the revision that made it."""
    was, is_ = _is_there(one.before), _is_there(one.after)
    if was and is_:
        by_revision: dict[int, list[str]] = {}
        for field in one.fields:
            if field not in BOOKKEEPING:
                by_revision.setdefault(made[field], []).append(field)
        for revision, fields in by_revision.items():
            yield _part("changed", one, revision, fields)
    elif was or is_:
        decisive = "status" if one.after else "type" if one.kind is Kind.RELATIONSHIP else "id"
        yield _part("missing" if was else "new", one, made[decisive])


def _part(found: Found, one: Difference, revision: int, fields: Iterable[str] = ()) -> Part:
    return Part(found, one.subject.split(" ", 1)[0], revision, one, tuple(fields))


def _is_there(state: Mapping[str, Any] | None) -> bool:
    return state is not None and state.get("status") != RETIRED
