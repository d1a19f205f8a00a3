"""What the demo says of the service desk, as the estate's README promises it."""

import io
import re

from rich.console import Console

from api.demo import import_estate, tell_service_desk
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author
from cmdb.practices import open_desk
from cmdb.records import Wanted, list_records, read_log, verify
from cmdb.store import Store, find_ci
from impact import ImpactEngine

UNSEEN = (
    "lds-db-contact",
    "lds-pg-contact",
    "lds-mail-relay-01",
    "Paperless Invoices",
    "lds-db-orders-dr",
    "lds-wk-4",
)


def test_a_week_at_the_service_desk(database: Database, catalogue: Catalogue) -> None:
    author, store = Author("tester", "test"), Store(database, catalogue)
    list(import_estate(database, catalogue, author))
    engine = ImpactEngine(database, catalogue)

    said = told(store, engine, author)

    closed = list_records(database, Wanted(kind="incident", open=False), limit=1000).items
    assert len(closed) == 146
    hit = {find_ci(database, name) for name in UNSEEN}
    assert sum(any(link.ci in hit for link in record.links) for record in closed) == 34
    alerts, page, candidates, change, report = said.split("\n$ cmdb ")[1:2] + scenes(said)
    assert "10 alerts new, 0 over, 0 known; 1 name no CI." in alerts
    (causes,) = re.findall(r"Likely causes.*\n(.*)", page)
    assert "brs-dist-b explains 6 of 6 alarms" in causes
    assert "together with INC-000147 and INC-000148" in page
    assert "Incidents of what depends on lds-vol-4" in candidates
    assert "New firmware on lds-core-b: upgrade lds-core-b; down, at worst down; no way back" in change
    assert "Missing: Change management, 1 to approve" in change
    assert "Mean time to restore" in report

    told(store, engine, author)
    assert list_records(database, Wanted(kind="incident", open=False), limit=1000).items == closed
    assert len(list_records(database, Wanted(kind="incident", open=True)).items) == 4
    assert len(list_records(database, Wanted(kind="change")).items) == 1
    assert all(verify(database, record.number).whole for record in closed[:20])
    assert [one.entry.to_state for one in read_log(database, closed[0].number)] == [
        "new",
        "in_progress",
        "resolved",
        "closed",
    ]
    assert open_desk(store).kinds.keys() >= {"incident", "problem", "change", "release"}


def told(store: Store, engine: ImpactEngine, author: Author) -> str:
    console = Console(file=io.StringIO(), width=160)
    tell_service_desk(console, store, engine, author)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def scenes(said: str) -> list[str]:
    """The page, the candidates, the brief of the change and the report."""
    found = {scene.split("\n")[0].rsplit(" ", 1)[0]: scene for scene in said.split("\n$ cmdb ")}
    starts = ("incident page", "problem candidates", "change brief", "report mttr")
    return [next(scene for start, scene in found.items() if start.startswith(wanted)) for wanted in starts]
