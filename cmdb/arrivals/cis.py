"""Finds the CIs that records of a source are about."""

from collections.abc import Collection, Mapping

from cmdb.database import Database


def known_cis(database: Database, source: str, names: Collection[str]) -> Mapping[str, str]:
    """The ids of CIs by what a source calls them: its own key, or a name that only one CI has.

    What nothing or more than one CI is called is left out.
    """
    rows = database.read(
        """
        UNWIND $names AS name
        CALL (name) {
            MATCH (run:Run {source: $source})
            WITH DISTINCT name, $source + ':' + run.scope + ':' + name AS key
            MATCH (:SourceRecord {key: key})-[:DESCRIBES]->(ci) RETURN ci, 0 AS rank
            UNION MATCH (ci:CI {name: name}) RETURN ci, 1 AS rank
            UNION MATCH (ci:RetiredCI {name: name}) RETURN ci, 2 AS rank
        }
        WITH name, rank, collect(DISTINCT ci.id) AS ids ORDER BY rank
        WITH name, collect(ids)[0] AS best
        WHERE size(best) = 1
        RETURN name, best[0] AS id
        """,
        source=source,
        names=list(names),
    )
    return {row["name"]: row["id"] for row in rows}
