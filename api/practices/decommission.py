"""Whether a CI can go: who still depends on it, what is open about it, and what ends."""

from pydantic import BaseModel, Field

from api.practices.expiries import ending_of
from cmdb.records import Wanted, list_records
from cmdb.store import Store, find_ci
from impact import ImpactEngine, Scenario

MOST = 100


class OpenRecord(BaseModel):
    """A record that is not done with."""

    number: str
    kind: str
    title: str
    state: str


class Dependent(BaseModel):
    """Somebody who depends on it directly."""

    id: str
    name: str
    class_: str = Field(serialization_alias="class")
    type: str
    group: str | None


class Decommission(BaseModel):
    """All that speaks against retiring a CI, and what ends with it."""

    ci: str
    name: str
    dependents: list[Dependent]
    services_down: int
    services_degraded: int
    services: list[str] = Field(description="The worst services that its absence hits, by name.")
    records: list[OpenRecord]
    ends: dict[str, str] = Field(description="What of it ends, and when.")

    @property
    def clear(self) -> bool:
        """Whether nothing depends on it and nothing is open."""
        return not self.dependents and not self.records


def decommission(store: Store, engine: ImpactEngine, text: str) -> Decommission:
    """Check a CI, by what people call it; raises NotFound and Ambiguous."""
    id_ = find_ci(store.database, text)
    found = engine.impact(Scenario(failed=frozenset({id_})), limit=10)
    (row,) = store.database.read("MATCH (ci:CI {id: $id}) RETURN properties(ci) AS ci", id=id_)
    open_ = list_records(store.database, Wanted(open=True, ci=id_), MOST).items
    return Decommission(
        ci=id_,
        name=row["ci"]["name"],
        dependents=_dependents(store, id_),
        services_down=found.counts.services.down,
        services_degraded=found.counts.services.degraded,
        services=[item.name for item in found.services if item.id != id_],
        records=[
            OpenRecord(number=one.number, kind=one.kind, title=one.values["title"], state=one.state)
            for one in open_
        ],
        ends={what: str(row["ci"][what]) for _, what in ending_of([row["ci"]])},
    )


def _dependents(store: Store, ci: str) -> list[Dependent]:
    rows = store.database.read(
        """
        MATCH (dependent:CI)-[link]->(:CI {id: $id})
        RETURN dependent.id AS id, dependent.name AS name, dependent.class AS class_,
               toLower(type(link)) AS type, link.group AS group
        ORDER BY name, id, type LIMIT $most
        """,
        id=ci,
        most=MOST,
    )
    return [Dependent.model_validate(dict(row)) for row in rows]
