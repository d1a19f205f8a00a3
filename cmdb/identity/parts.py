"""Parts: CIs whose names mean something only inside the CI that holds them."""

from collections.abc import Sequence

from cmdb.catalogue import Catalogue
from cmdb.history import Draft
from cmdb.identity.claims import rules_within


def records_of_parts(draft: Draft, catalogue: Catalogue, container: str) -> list[str]:
    """The keys of the records that claim a name inside a CI (by id)."""
    rows = draft.run(
        """
        UNWIND $prefixes AS prefix
        MATCH (held:Identifier) WHERE held.key STARTS WITH prefix
        MATCH (held)<-[:CLAIMS]-(record:SourceRecord)
        RETURN DISTINCT record.key AS key
        """,
        prefixes=_prefixes(catalogue, container),
    )
    return [row["key"] for row in rows]


def namesakes(draft: Draft, catalogue: Catalogue, container: str) -> list[Sequence[str]]:
    """The ids of CIs that share a name inside a CI (by id), oldest first, name by name."""
    rows = draft.run(
        """
        UNWIND $prefixes AS prefix
        MATCH (held:Identifier) WHERE held.key STARTS WITH prefix
        MATCH (held)<-[:CLAIMS]-(:SourceRecord)-[:DESCRIBES]->(ci)
        WITH held, ci ORDER BY ci.no
        WITH held, collect(DISTINCT ci.id) AS ids WHERE size(ids) > 1
        RETURN ids ORDER BY held.key
        """,
        prefixes=_prefixes(catalogue, container),
    )
    return [row["ids"] for row in rows]


def _prefixes(catalogue: Catalogue, container: str) -> list[str]:
    return [f"{rule}|{container}|" for rule in rules_within(catalogue)]
