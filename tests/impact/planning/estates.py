"""Small estates by name, and plans on them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from cmdb.catalogue import load_catalogue
from cmdb.changes import BackOut, Plan, Step, Window
from impact.projection import CIRow, Projection, RelationshipRow, build

CATALOGUE = load_catalogue()
STRENGTHS = {name: type_.strength for name, type_ in CATALOGUE.relationships.items()}
START = datetime(2026, 11, 21, 22, tzinfo=UTC)


def id_of(no: int) -> str:
    return f"00000000-0000-0000-0000-{no + 1:012d}"


class Estate:
    """CIs by name; `shop ──▶ app ──[needs 1]──▶ db-a, db-b` as told."""

    def __init__(self, *names: str, services: dict[str, str | None]) -> None:
        self.nos = {name: no for no, name in enumerate([*services, *names])}
        self._cis = [
            CIRow(
                no,
                "business_service" if name in services else "server",
                "operational",
                name,
                id_of(no),
                services.get(name),
            )
            for name, no in self.nos.items()
        ]
        self._rows: list[RelationshipRow] = []

    def link(self, dependent: str, *providers: str, **more: Any) -> None:
        group = f"group {len(self._rows)}" if len(providers) > 1 else None
        self._rows += [
            RelationshipRow(self.nos[dependent], self.nos[provider], "depends_on", group, **more)
            for provider in providers
        ]

    @property
    def projection(self) -> Projection:
        return build(self._cis, self._rows, STRENGTHS)

    def id(self, name: str) -> str:
        return id_of(self.nos[name])

    def step(self, name: str, *cis: str, **more: Any) -> Step:
        told = {"action": "restart", "duration": 600, "effect": "down", **more}
        return Step.model_validate({"name": name, "cis": [self.id(ci) for ci in cis], **told})

    def plan(self, *steps: Step, begin: int = 0, minutes: int = 120, **more: Any) -> Plan:
        """A plan whose window begins some minutes after START."""
        start = START + timedelta(minutes=begin)
        return Plan(steps=steps, window=Window(start=start, end=start + timedelta(minutes=minutes)), **more)


def back_out(minutes: int) -> BackOut:
    return BackOut(text="put the image back", duration=60 * minutes)


def shop() -> Estate:
    estate = Estate("app", "db-a", "db-b", "mail", "alone", services={"shop": "critical", "blog": "low"})
    estate.link("shop", "app")
    estate.link("shop", "mail", strength="soft")
    estate.link("app", "db-a", "db-b", need=1, failover=30)
    estate.link("blog", "mail")
    return estate
