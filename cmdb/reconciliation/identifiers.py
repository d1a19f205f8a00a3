"""Identifying values: each belongs to one CI, whoever claims it first."""

from collections.abc import Mapping
from typing import Any

from cmdb.catalogue import Catalogue
from cmdb.history import Draft

PLACEHOLDERS = frozenset(
    {"to be filled by o.e.m.", "default string", "localhost", "none", "n/a", "unknown", "0"}
)
"""What makers and tools write where they know no value; it identifies nothing."""


def identifiers(catalogue: Catalogue, class_name: str, values: Mapping[str, Any]) -> list[str]:
    """The keys that identify a CI with these values, strongest first.

    Rules that hold only inside a container give none here.
    """
    ci_class = catalogue.ci_class(class_name)
    keys = []
    for rule in ci_class.identifiers:
        parts = [str(values.get(name, "")).strip().casefold() for name in rule.attributes]
        if rule.within or not all(parts) or PLACEHOLDERS.intersection(parts):
            continue
        keys.append(f"{'+'.join(rule.attributes)}:{'|'.join(parts)}")
    return keys


def claim(draft: Draft, claims: Mapping[str, list[str]]) -> dict[str, str]:
    """Give each CI (by id) its identifiers and take back those it no longer has.

    Returns the claims that were refused because another CI owns the value: key → id of its owner.
    """
    if not claims:
        return {}
    draft.run(
        """
        UNWIND $claims AS claim
        MATCH (identifier:Identifier)-[:IDENTIFIES]->(:CI|RetiredCI {id: claim.id})
        WHERE NOT identifier.key IN claim.keys
        DETACH DELETE identifier
        """,
        claims=[{"id": id_, "keys": keys} for id_, keys in claims.items()],
    )
    wanted = sorted((key, id_) for id_, keys in claims.items() for key in keys)
    rows = draft.run(
        """
        UNWIND $wanted AS claim
        MATCH (ci:CI {id: claim[1]})
        MERGE (identifier:Identifier {key: claim[0]})
        WITH ci, identifier, [(identifier)-[:IDENTIFIES]->(owner) | owner.id] AS owners
        FOREACH (_ IN CASE owners WHEN [] THEN [1] ELSE [] END |
            CREATE (identifier)-[:IDENTIFIES]->(ci))
        WITH ci, identifier, owners
        WHERE owners <> [] AND owners[0] <> ci.id
        RETURN identifier.key AS key, owners[0] AS owner
        """,
        wanted=[list(pair) for pair in wanted],
    )
    return {row["key"]: row["owner"] for row in rows}
