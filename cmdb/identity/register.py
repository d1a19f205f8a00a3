"""The identifiers in the graph: who claims which, kept safe from others who claim at the same time."""

from collections.abc import Collection, Mapping, Sequence

import orjson

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Draft
from cmdb.identity.cases import Case, find_cases
from cmdb.identity.claimant import Claimant, claimants_of
from cmdb.identity.claims import by_strength
from cmdb.identity.decisions import decisions
from cmdb.identity.matching import Matching

IN_USE = """
    NOT (ci:RetiredCI AND EXISTS {
        MATCH (person:SourceRecord {key: 'manual::' + ci.id})
        WHERE person.attributes CONTAINS '"status":"retired"'
    })
"""
"""What a person retired has left its identifying values to others."""

CLAIMANT = """
    RETURN record.key AS record, record.source AS source, record.scope AS scope,
           record.attributes AS attributes, ci.class AS class, ci.id AS ci,
           [(record)-[:CLAIMS]->(identifier) | identifier.key] AS claims
"""


class Register:
    """The identifiers, as one write transaction sees and changes them."""

    def __init__(self, draft: Draft, catalogue: Catalogue) -> None:
        self._draft = draft
        self._catalogue = catalogue

    def lock(self, keys: Collection[str]) -> Matching:
        """Hold others off these identifiers; return who claims them, and all else that tells of those CIs."""
        if not keys:
            return Matching(self._catalogue, ())
        self._draft.run(
            """
            UNWIND $keys AS key
            MERGE (identifier:Identifier {key: key})
            SET identifier.locked = true
            REMOVE identifier.locked
            """,
            keys=sorted(set(keys)),
        )
        found = self._claimants(keys)
        return Matching(self._catalogue, found, decisions(self._draft.run) if found else ())

    def claimants(self, keys: Collection[str]) -> dict[str, list[Claimant]]:
        """Who claims these identifiers: key → claimants."""
        found = claimants_of(self._claimants(keys))
        return {key: found[key] for key in keys if key in found}

    def _claimants(self, keys: Collection[str]) -> list[Claimant]:
        """All records of the CIs that these identifiers lead to."""
        rows = self._draft.run(
            f"""
            UNWIND $keys AS key
            MATCH (:Identifier {{key: key}})<-[:CLAIMS]-(:SourceRecord)-[:DESCRIBES]->(ci)
            WHERE {IN_USE}
            WITH DISTINCT ci
            MATCH (record:SourceRecord)-[:DESCRIBES]->(ci)
            {CLAIMANT}
            """,
            keys=list(set(keys)),
        )
        return [claimant(self._catalogue, row) for row in rows]

    def claim(self, claims: Mapping[str, Sequence[str]]) -> None:
        """Let records (by key) claim these identifiers too; they must be locked."""
        if rows := [[record, list(keys)] for record, keys in claims.items() if keys]:
            self._draft.run(
                """
                UNWIND $rows AS row
                MATCH (record:SourceRecord {key: row[0]})
                UNWIND row[1] AS key
                MATCH (identifier:Identifier {key: key})
                MERGE (record)-[:CLAIMS]->(identifier)
                """,
                rows=rows,
            )

    def reclaim(self, claims: Mapping[str, Sequence[str]]) -> None:
        """Let records (by key) claim these identifiers, and no others any more; they must be locked."""
        if claims:
            self._draft.run(
                """
                UNWIND $rows AS row
                MATCH (:SourceRecord {key: row[0]})-[claim:CLAIMS]->(identifier)
                WHERE NOT identifier.key IN row[1]
                DELETE claim
                """,
                rows=[[record, list(keys)] for record, keys in claims.items()],
            )
        self.claim(claims)

    def mark_shared(self, keys: Collection[str]) -> None:
        """Mark identifiers that several records claim: only they can make a case."""
        if keys:
            self._draft.run(
                "UNWIND $keys AS key MATCH (identifier:Identifier {key: key}) SET identifier:Shared",
                keys=sorted(keys),
            )


def claimant(catalogue: Catalogue, row: Mapping[str, object]) -> Claimant:
    """A row of `CLAIMANT`: a record, its claims strongest first."""
    text = row["attributes"]
    said = orjson.loads(text) if isinstance(text, str) else {}
    name = str(said.get("class") or row["class"])
    claims = row["claims"]
    assert isinstance(claims, list)
    return Claimant(
        str(row["record"]),
        str(row["source"]),
        str(row["scope"]),
        name,
        by_strength(catalogue, name, claims),
        str(row["ci"]),
    )


def open_cases(database: Database, catalogue: Catalogue) -> list[Case]:
    """All open duplicate cases, in order of their keys."""
    rows = database.read(
        f"""
        MATCH (shared:Shared)<-[:CLAIMS]-(record:SourceRecord)-[:DESCRIBES]->(ci)
        USING SCAN shared:Shared
        WHERE {IN_USE}
        WITH DISTINCT record, ci
        {CLAIMANT}
        """
    )
    return find_cases(
        catalogue,
        [claimant(catalogue, row) for row in rows],
        decisions(database.read),
    )
