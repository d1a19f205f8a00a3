"""Identifying values: each belongs to one CI, whoever claims it first."""

from collections.abc import Iterable, Mapping
from typing import Any

from cmdb.catalogue import Catalogue
from cmdb.history import Draft

PLACEHOLDERS = frozenset(
    {"to be filled by o.e.m.", "default string", "localhost", "none", "n/a", "unknown", "0"}
)
"""What makers and tools write where they know no value; it identifies nothing."""


def identifiers(catalogue: Catalogue, class_name: str, values: Mapping[str, Any]) -> list[str]:
    """The keys that identify a CI with these values among all of its domain, strongest first.

    Rules that hold only inside a container give none here.
    """
    ci_class = catalogue.ci_class(class_name)
    keys = []
    for rule in ci_class.identifiers:
        parts = [str(values.get(name, "")).strip().casefold() for name in rule.attributes]
        if rule.within or not all(parts) or PLACEHOLDERS.intersection(parts):
            continue
        keys.append(f"{ci_class.domain}:{'+'.join(rule.attributes)}:{'|'.join(parts)}")
    return keys


def claim(draft: Draft, claims: Mapping[str, list[str]]) -> None:
    """Give each CI (by id) those of its identifiers that no other CI owns, and take back the rest."""
    if not claims:
        return
    draft.run(
        """
        UNWIND $claims AS claim
        MATCH (identifier:Identifier)-[:IDENTIFIES]->(:CI|RetiredCI {id: claim.id})
        WHERE NOT identifier.key IN claim.keys
        DETACH DELETE identifier
        """,
        claims=[{"id": id_, "keys": keys} for id_, keys in claims.items()],
    )
    draft.run(
        """
        UNWIND $wanted AS claim
        MATCH (ci:CI {id: claim[1]})
        MERGE (identifier:Identifier {key: claim[0]})
        WITH ci, identifier
        WHERE NOT EXISTS { (identifier)-[:IDENTIFIES]->() }
        CREATE (identifier)-[:IDENTIFIES]->(ci)
        """,
        wanted=sorted(_first_claims(claims).items()),
    )


def _first_claims(claims: Mapping[str, list[str]]) -> dict[str, str]:
    """Who claims each key first: the query above sees only owners from before it ran."""
    first: dict[str, str] = {}
    for id_, keys in claims.items():
        for key in keys:
            first.setdefault(key, id_)
    return first


def owners(draft: Draft, keys: Iterable[str]) -> dict[str, str]:
    """The CIs (by id) that own these identifiers: key → id."""
    rows = draft.run(
        """
        UNWIND $keys AS key
        MATCH (:Identifier {key: key})-[:IDENTIFIES]->(ci)
        RETURN key, ci.id AS id
        """,
        keys=list(keys),
    )
    return {row["key"]: row["id"] for row in rows}
