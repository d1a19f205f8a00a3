"""All current CIs at a glance, and what checks look at besides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.runs import last_seen


class Member(NamedTuple):
    """A current CI, and the sources whose records describe it."""

    id: str
    name: str
    class_name: str
    owner: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is long: a manual value contradicted for so many days, a CI verified so many days ago."""

    contradicted_days: float = 30
    verified_days: float = 365


USUAL = Terms()


class Survey:
    """The current CIs, read once; `now` is what ages are counted from."""

    def __init__(self, database: Database, catalogue: Catalogue, terms: Terms, now: datetime | None) -> None:
        self.database = database
        self.catalogue = catalogue
        self.terms = terms
        self.now = (now or datetime.now(UTC)).astimezone(UTC)

    def before(self, days: float) -> str:
        """The moment so many days ago, as records have it."""
        return (self.now - timedelta(days=days)).isoformat()

    @cached_property
    def members(self) -> dict[str, Member]:
        """All current CIs by id."""
        described: dict[str, tuple[str, ...]] = {}
        for row in self.database.read(
            """
            MATCH (record:SourceRecord)-[:DESCRIBES]->(ci:CI)
            WHERE record.attributes IS NOT NULL AND record.withdrawn IS NULL
            RETURN record.source AS source, collect(DISTINCT ci.id) AS ids ORDER BY source
            """
        ):
            for id_ in row["ids"]:
                described[id_] = (*described.get(id_, ()), row["source"])
        rows = self.database.read(
            """
            MATCH (ci:CI)
            RETURN ci.class AS class, ci.owner AS owner, collect([ci.id, ci.name]) AS cis
            """
        )
        return {
            id_: Member(id_, name, row["class"], row["owner"], described.get(id_, ()))
            for row in rows
            for id_, name in row["cis"]
        }

    @cached_property
    def carrying(self) -> frozenset[str]:
        """The ids of services, and of what they directly depend on."""
        (row,) = self.database.read(
            """
            MATCH (service:CI) WHERE service.class IN $services
            OPTIONAL MATCH (service)-[relationship]->(provider:CI)
            WHERE coalesce(relationship.strength, $strengths[type(relationship)]) <> 'none'
            RETURN collect(DISTINCT service.id) + collect(DISTINCT provider.id) AS ids
            """,
            services=[c.name for c in self.catalogue.classes.values() if c.is_service],
            strengths=self.strengths,
        )
        return frozenset(row["ids"])

    @cached_property
    def strengths(self) -> Mapping[str, str]:
        """What relationship types, as in the graph, say of failure."""
        return {each.type: each.strength for each in self.catalogue.relationships.values()}

    @cached_property
    def stale_before(self) -> Mapping[str, str]:
        """By class: what was last seen before this moment is stale."""
        return {each.name: self.before(each.stale_days) for each in self.catalogue.classes.values()}

    def seen_at(self, number: int, observed_at: str) -> str:
        """When a record (by number) was last seen; its view may have changed longer ago."""
        return max(observed_at, self._seen.get(number, ""))

    @cached_property
    def _seen(self) -> dict[int, str]:
        return last_seen(self.database)
