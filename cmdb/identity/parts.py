"""Parts: CIs whose names mean something only inside the CI that holds them."""

from collections.abc import Mapping
from dataclasses import dataclass

from cmdb.catalogue import Catalogue
from cmdb.history import Draft
from cmdb.identity.claims import rules_within
from cmdb.identity.register import Register


@dataclass(frozen=True, slots=True)
class Part:
    """A CI (by id) and, of each of its records, what that claims: record key → claims."""

    ci: str
    claims: Mapping[str, tuple[str, ...]]


def parts_of(draft: Draft, catalogue: Catalogue, container: str) -> list[Part]:
    """What is known by its name inside a CI (by id)."""
    rows = draft.run(
        """
        UNWIND $prefixes AS prefix
        MATCH (held:Identifier) WHERE held.key STARTS WITH prefix
        MATCH (held)<-[:CLAIMS]-(record:SourceRecord)-[:DESCRIBES]->(ci)
        WITH DISTINCT record, ci
        RETURN ci.id AS ci, collect([record.key, [(record)-[:CLAIMS]->(i) | i.key]]) AS claims
        """,
        prefixes=[f"{rule}|{container}|" for rule in rules_within(catalogue)],
    )
    return [Part(row["ci"], {key: tuple(claims) for key, claims in row["claims"]}) for row in rows]


def move_part(draft: Draft, catalogue: Catalogue, part: Part, old: str, new: str) -> list[str]:
    """Let a part be known inside another CI; return the ids of the parts there that bear its name."""
    rules = set(rules_within(catalogue))
    moved = {
        record: tuple(_moved(key, rules, old, new) for key in keys) for record, keys in part.claims.items()
    }
    register = Register(draft, catalogue)
    keys = {key for several in moved.values() for key in several}
    register.lock(keys)
    register.claim(moved)
    register.mark_shared(keys)
    namesakes = {one.ci for several in register.claimants(keys).values() for one in several}
    return sorted(namesakes - {part.ci})


def _moved(key: str, rules: set[str], old: str, new: str) -> str:
    rule, _, value = key.partition("|")
    return f"{rule}|{value.replace(old, new, 1)}" if rule in rules else key
