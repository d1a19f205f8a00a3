"""A small estate on the real Neo4j, and an engine that answers about it."""

from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author, latest
from cmdb.store import Link, Store, Target, create_cis, relate, retire, unrelate, update_cis
from impact import ImpactEngine, Scenario

AUTHOR = Author("ada", "test")


@pytest.fixture
def engine(database: Database, catalogue: Catalogue) -> ImpactEngine:
    return ImpactEngine(database, catalogue)


@dataclass
class Estate:
    """CIs of one test by name."""

    store: Store
    ids: dict[str, str] = field(default_factory=dict)

    def add(self, class_: str, *names: str, **attributes: str) -> None:
        rows = [{"class": class_, "name": name, **attributes} for name in names]
        self.ids |= dict(zip(names, create_cis(self.store, AUTHOR, rows)[0], strict=True))

    def link(self, dependent: str, type_: str, *providers: str, group: str = "", **terms: object) -> None:
        relate(
            self.store,
            AUTHOR,
            [Link(self.ids[dependent], type_, self.ids[p], group, terms) for p in providers],
        )

    def unlink(self, dependent: str, type_: str, provider: str, group: str = "") -> None:
        link = Link(self.ids[dependent], type_, self.ids[provider], group)
        unrelate(self.store, AUTHOR, [link])

    def change(self, ci: str, /, **attributes: str) -> None:
        update_cis(self.store, AUTHOR, [(Target(self.ids[ci]), attributes)])

    def retire(self, name: str) -> None:
        retire(self.store, AUTHOR, [Target(self.ids[name])])

    def seq(self) -> str:
        return str(latest(self.store.database).seq)

    def failing(self, *names: str, **more: object) -> Scenario:
        return Scenario.model_validate({"failed": [self.ids[name] for name in names], **more})


@pytest.fixture
def estate(database: Database, catalogue: Catalogue) -> Estate:
    return Estate(Store(database, catalogue))


@pytest.fixture
def shop(estate: Estate) -> Estate:
    """shop ──▶ app ──▶ vm, app ──[needs 1]──▶ db-a, db-b, and a printer that nobody mapped."""
    unique = uuid4().hex
    estate.add("business_service", "shop", criticality="high", owner=f"sales {unique}")
    estate.add("application", "app", supported_by=f"dev {unique}")
    estate.add("database", "db-a", "db-b")
    estate.add("virtual_machine", "vm")
    estate.add("printer", "printer")
    estate.link("shop", "depends_on", "app")
    estate.link("app", "runs_on", "vm")
    estate.link("app", "depends_on", "db-a", "db-b", group="replicas", need=1)
    return estate
