"""What ends soon, and what would suffer: certificates, support and contracts."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from pydantic import BaseModel, Field

from cmdb.store import Store
from impact import ImpactEngine, Scenario

ENDS = ("expires", "end_of_support", "warranty_until", "contract_until")
"""Attributes of the catalogue that say when something ends."""
SHOWN = 5


class Expiry(BaseModel):
    """Something of a CI that ends, and the services that its failure would hit."""

    ci: str = Field(description="Id.")
    name: str
    class_: str = Field(serialization_alias="class")
    what: str = Field(description="The attribute that says so.")
    on: date
    days: int = Field(description="From today; negative: it is over.")
    owner: str | None
    services_down: int
    services_degraded: int
    services: list[str] = Field(description="The worst of them, by name.")


def expiries(
    store: Store, engine: ImpactEngine, within: timedelta, today: date | None = None
) -> list[Expiry]:
    """All that ends within some time or is over already, the soonest first."""
    today = today or datetime.now(UTC).date()
    return [_expiry(engine, row, what, today) for row, what in _ending(store, today + within)]


def ending_of(cis: Iterable[dict[str, object]]) -> list[tuple[dict[str, object], str]]:
    """Each CI with each attribute that says when something of it ends."""
    return [(ci, what) for ci in cis for what in ENDS if ci.get(what)]


def _ending(store: Store, until: date) -> list[tuple[dict[str, object], str]]:
    rows = store.database.read(
        """
        MATCH (ci:CI)
        WHERE any(name IN $ends WHERE left(toString(ci[name]), 10) <= $until)
        RETURN properties(ci) AS ci
        """,
        ends=ENDS,
        until=until.isoformat(),
    )
    found = [one for one in ending_of(row["ci"] for row in rows) if _day(*one) <= until]
    return sorted(found, key=lambda one: (_day(*one), str(one[0]["name"]), one[1]))


def _day(ci: dict[str, object], what: str) -> date:
    return date.fromisoformat(str(ci[what])[:10])


def _expiry(engine: ImpactEngine, ci: dict[str, object], what: str, today: date) -> Expiry:
    found = engine.impact(Scenario(failed=frozenset({str(ci["id"])})), limit=SHOWN)
    return Expiry.model_validate(
        {
            **{name: ci.get(name) for name in ("name", "owner")},
            "ci": ci["id"],
            "class_": ci["class"],
            "what": what,
            "on": _day(ci, what),
            "days": (_day(ci, what) - today).days,
            "services_down": found.counts.services.down,
            "services_degraded": found.counts.services.degraded,
            "services": [item.name for item in found.services],
        }
    )
