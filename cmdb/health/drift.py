"""What has come to differ since a moment, each part with the revision that made it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    """A part of a difference that one revision (by id) made."""

    found: Found
    difference: Difference
    revision: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missed:
    """A CI of the baseline (by id) that a source has missed since, and which has not retired."""

    ci: str
    source: str
    since: datetime
    revision: int


def parts_between(database: Database, earlier: int, later: int) -> list[Part]:
    """What differs between the graph after two revisions (by seq), by the revisions that made it differ."""
    differences = difference(database, earlier, later)
    made = database.snapshot(lambda tx: makers_of_fields(tx, earlier, later, differences))
    return [part for one, fields in zip(differences, made, strict=True) for part in _parts_of(one, fields)]


def _parts_of(one: Difference, made: Mapping[str, int]) -> Iterator[Part]:
    """What a difference comes to; each of its fields has the revision that made it."""
    was, is_ = _is_there(one.before), _is_there(one.after)
    if was and is_:
        by_revision: dict[int, list[str]] = {}
        for field in one.fields:
            if field not in BOOKKEEPING and field in made:
                by_revision.setdefault(made[field], []).append(field)
        for revision, fields in by_revision.items():
            yield Part("changed", one, revision, tuple(fields))
    elif was or is_:
        yield Part("missing" if was else "new", one, made[_decisive(one)])


def _is_there(state: Mapping[str, Any] | None) -> bool:
    return state is not None and state.get("status") != RETIRED


def _decisive(one: Difference) -> str:
    """The field that says whether something is there."""
    if one.kind is Kind.RELATIONSHIP:
        return "type"
    return "status" if one.before and one.after else "id"


def missed_between(database: Database, earlier: int, later: int) -> list[Missed]:
    """The CIs that were there after one revision, and that sources began to miss by another (by seq)."""
    rows = database.read(
        f"""
        MATCH (record:SourceRecord)-[:DESCRIBES]->(ci:CI)
        WHERE record.missing_since IS NOT NULL AND {DISCOVERED}
        MATCH (created:Revision {{id: ci.created}}) WHERE created.seq <= $earlier
        MATCH (change:Change {{subject: record.key, kind: 'record'}})
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
        Missed(row["ci"], row["source"], datetime.fromisoformat(row["since"]), row["revision"])
        for row in rows
    ]
