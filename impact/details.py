"""What people want to read about a CI, fetched for those in an answer only."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from cmdb.database import Database
from cmdb.history import Kind

Role = Literal["owner", "supported_by", "used_by"]
ROLES: tuple[Role, ...] = ("owner", "supported_by", "used_by")
BLOCK = 10_000


@dataclass(frozen=True, slots=True)
class Details:
    """What an answer says of a CI."""

    id: str
    name: str
    class_: str
    criticality: str | None = None
    environment: str | None = None
    teams: tuple[tuple[Role, str], ...] = ()
    """Role and name of each team that has to do with it, the owner first."""

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> "Details":
        """The details that the properties of a CI give."""
        return cls(
            id=properties["id"],
            name=properties["name"],
            class_=properties["class"],
            criticality=properties.get("criticality"),
            environment=properties.get("environment"),
            teams=tuple((role, team) for role in ROLES for team in _listed(properties.get(role))),
        )

    @property
    def owner(self) -> str | None:
        """The team that answers for it."""
        return next((team for role, team in self.teams if role == "owner"), None)


def fetch_details(database: Database, nos: Iterable[int], seq: int) -> dict[int, Details]:
    """The details of CIs by number, as they were after revision `seq`."""
    return {
        ci["no"]: Details.of(ci)
        for block in _blocks(nos)
        for ci in _past(database, _present(database, block), seq)
    }


def _blocks(nos: Iterable[int]) -> Iterator[list[int]]:
    asked = sorted(set(nos))
    yield from (asked[start : start + BLOCK] for start in range(0, len(asked), BLOCK))


def _present(database: Database, nos: list[int]) -> list[dict[str, Any]]:
    (record,) = database.read(
        """
        UNWIND $nos AS no
        CALL (no) {
            MATCH (ci:CI {no: no}) RETURN ci UNION MATCH (ci:RetiredCI {no: no}) RETURN ci
        }
        RETURN collect(ci {
            .no, .id, .name, .class, .criticality, .environment, .owner, .supported_by, .used_by
        }) AS cis
        """,
        nos=nos,
    )
    return list(record["cis"])


def _past(database: Database, cis: list[dict[str, Any]], seq: int) -> Iterator[Mapping[str, Any]]:
    """What the first change after `seq` says was there before; what is there now if none did."""
    records = database.read(
        """
        MATCH (later:Revision) WHERE later.seq > $seq
        MATCH (change:Change {revision: later.id, kind: $kind}) WHERE change.subject IN $ids
        WITH change ORDER BY later.seq
        WITH change.subject AS id, collect(change.before)[0] AS before
        RETURN id, before
        """,
        seq=seq,
        kind=Kind.CI.value,
        ids=[ci["id"] for ci in cis],
    )
    before = {record["id"]: record["before"] for record in records}
    for ci in cis:
        yield orjson.loads(before[ci["id"]]) if ci["id"] in before else ci


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []
