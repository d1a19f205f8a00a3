"""What is in the graph now, read in few large rows.

The numbers of CIs say what is read: `Span`s of them, each from its first up to its last, exclusive.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from neo4j import Record

from cmdb.catalogue import MANUAL
from cmdb.database import Database
from cmdb.reconciliation.observation import source_key
from impact.arrays import Flags, Ints
from impact.projection.rows import CIBlock, Profile, RelationshipBlock
from impact.projection.terms import Terms
from impact.projection.text import octets

BLOCK = 50_000
"""Numbers that are read at a time: as few rows as the server's memory for one query lets be."""
READERS = os.cpu_count() or 1

Span = tuple[int, int]
Read = Callable[..., list[Record]]
"""Runs a query with parameters and fetches its rows."""


class CIsNow(NamedTuple):
    """CIs as they are, the ids of the revisions that created them, and which nobody has confirmed."""

    block: CIBlock
    created: Ints
    unconfirmed: Flags


class RelationshipsNow(NamedTuple):
    """Relationships as they are, and the ids of the revisions that created them."""

    block: RelationshipBlock
    created: Ints


class Present(NamedTuple):
    """CIs, all relationships that they are the dependents of, and who has been described by people.

    `by_hand` maps the numbers of CIs that have a record of what people say to the revisions (by id) that
    created the records of other sources.
    """

    cis: list[CIsNow]
    relationships: list[RelationshipsNow]
    by_hand: dict[int, list[int]]


def spans(nos: Iterable[int]) -> list[Span]:
    """Some CIs by number."""
    return [(no, no + 1) for no in sorted(nos)]


def read_some(read: Read, cis: Collection[int], owners: Collection[int]) -> Present:
    """Some CIs, and the relationships of some, by number."""
    return Present(
        [read_cis(read, spans(cis))] if cis else [],
        list(read_relationships(read, spans(owners))) if owners else [],
        read_by_hand(read, cis) if cis else {},
    )


def read_all(database: Database) -> Present:
    """The whole graph, in parallel."""
    (newest,) = database.read("MATCH (ci:CI) WHERE ci.no >= 0 RETURN max(ci.no) AS no")
    blocks = [[(first, first + BLOCK)] for first in range(0, (newest["no"] or 0) + 1, BLOCK)]
    with ThreadPoolExecutor(READERS) as readers:
        relationships = readers.map(lambda block: list(read_relationships(database.read, block)), blocks)
        cis = readers.map(lambda block: read_cis(database.read, block), blocks)
        by_hand = read_by_hand(database.read)
        return Present(list(cis), [now for block in relationships for now in block], by_hand)


def read_cis(read: Read, wanted: Sequence[Span]) -> CIsNow:
    """The CIs there are now."""
    (row,) = read(
        """
        UNWIND $spans AS span
        MATCH (ci:CI) USING INDEX ci:CI(no) WHERE span[0] <= ci.no AND ci.no < span[1]
        WITH ci {
            .no, .id, .name, .created, .verified_at,
            .class, .status, .criticality, .environment, .owner, .supported_by, .used_by
        } AS ci
        RETURN collect(ci.no) AS no, collect(ci.id) AS id, collect(ci.name) AS name,
               collect(ci.created) AS created, collect(ci.verified_at IS NULL) AS unconfirmed,
               collect(ci.class) AS class, collect(ci.status) AS status,
               collect(coalesce(ci.criticality, '')) AS criticality,
               collect(coalesce(ci.environment, '')) AS environment,
               collect(coalesce(ci.owner, '')) AS owner,
               collect(coalesce(ci.supported_by, '')) AS supported_by,
               collect(coalesce(ci.used_by, '')) AS used_by
        """,
        spans=[list(span) for span in wanted],
    )
    return _cis(row)


def cis_of(states: Sequence[Mapping[str, Any]]) -> CIsNow:
    """CIs by their properties."""
    columns = {
        name: [state.get(name) for state in states] for name in ("no", "id", "name", "created", *PROFILE)
    }
    return _cis(columns | {"unconfirmed": [state.get("verified_at") is None for state in states]})


PROFILE = ("class", "status", "criticality", "environment", "owner", "supported_by", "used_by")


def _cis(row: Record | Mapping[str, Any]) -> CIsNow:
    codes: dict[Profile, int] = {}
    columns = [[_told(value) for value in row[name]] for name in PROFILE]
    profile = [codes.setdefault(Profile(*values), len(codes)) for values in zip(*columns, strict=True)]
    block = CIBlock(
        profiles=tuple(codes),
        profile=_ints(profile),
        nos=_ints(row["no"]),
        ids=octets(row["id"]),
        names=pa.array(row["name"], pa.string()),
    )
    return CIsNow(block, _ints(row["created"]), np.array(row["unconfirmed"], dtype=np.bool_))


def _told(value: str | list[str] | None) -> Any:
    """The value of an attribute as a profile has it: nothing is None, and a list a tuple."""
    return tuple(value) if isinstance(value, list) else value or None


def read_relationships(read: Read, dependents: Sequence[Span]) -> Iterator[RelationshipsNow]:
    """The relationships that CIs have to their providers now; those on the same terms are one block."""
    rows = read(
        """
        UNWIND $spans AS span
        MATCH (ci:CI) USING INDEX ci:CI(no) WHERE span[0] <= ci.no AND ci.no < span[1]
        MATCH (ci)-[r]->(provider:CI)
        WITH ci.no AS dependent, provider.no AS provider, type(r) AS type, r {
            .group, .created, .need, .strength, .weight, .failover, .tolerates, .assumed
        } AS r
        RETURN type, r.need AS need, r.strength AS strength, r.weight AS weight, r.failover AS failover,
               r.tolerates AS tolerates, r.assumed AS assumed, r.group IS NULL AS alone,
               collect(dependent) AS dependents, collect(provider) AS providers,
               collect(r.group) AS groups, collect(r.created) AS created
        """,
        spans=[list(span) for span in dependents],
    )
    return (_relationships(row) for row in rows)


def relationships_of(states: Iterable[Mapping[str, Any]]) -> Iterator[RelationshipsNow]:
    """Relationships by their properties, as history has them."""
    for state in states:
        group = state.get("group")
        ends = {"dependents": [state["dependent_no"]], "providers": [state["provider_no"]]}
        alike = {name: state.get(name) for name in TERMS} | {"created": [state["created"]]}
        yield _relationships(alike | ends | {"groups": [group], "alone": group is None})


TERMS = ("type", "need", "strength", "weight", "failover", "tolerates", "assumed")


def terms_of(row: Record | Mapping[str, Any]) -> Terms:
    """The terms that properties of relationships give."""
    told = {name: row[name] for name in TERMS}
    return Terms(**told | {"type": row["type"].lower(), "assumed": bool(row["assumed"])})


def _relationships(row: Record | Mapping[str, Any]) -> RelationshipsNow:
    groups = None if row["alone"] else pa.array(row["groups"], pa.string())
    block = RelationshipBlock(terms_of(row), _ints(row["dependents"]), _ints(row["providers"]), groups)
    return RelationshipsNow(block, _ints(row["created"]))


def read_by_hand(read: Read, nos: Collection[int] | None = None) -> dict[int, list[int]]:
    """Who has a record of what people say, among some CIs or all: see `Present.by_hand`."""
    sought = (
        "MATCH (record:SourceRecord) WHERE record.key STARTS WITH $by_hand MATCH (record)-[:DESCRIBES]->(ci)"
    )
    if nos is not None:
        sought = """
            UNWIND $nos AS no
            CALL (no) {
                MATCH (ci:CI {no: no}) RETURN ci UNION MATCH (ci:RetiredCI {no: no}) RETURN ci
            }
            MATCH (:SourceRecord {key: $by_hand + ci.id})
        """
    (row,) = read(
        f"""
        {sought}
        RETURN collect([ci.no, [
            (other:SourceRecord)-[:DESCRIBES]->(ci) WHERE other.source <> $person | other.created
        ]]) AS described
        """,
        nos=sorted(nos or ()),
        by_hand=source_key(MANUAL, "", ""),
        person=MANUAL,
    )
    return dict(row["described"])


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int32)
