"""What the demo prints, as the estate's README promises it."""

import io
from pathlib import Path

from rich.console import Console

from api.demo import ESTATE, SOURCE, demo_token, tell_story
from cmdb.access import list_tokens
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author, latest
from cmdb.store import Store
from impact import ImpactEngine
from importers import import_csv


def test_the_evening_of_a_change_manager(database: Database, catalogue: Catalogue) -> None:
    author = Author("tester", "test")
    for _ in range(2):
        report = import_csv(database, catalogue, author, ESTATE, source=SOURCE)
        assert not report.rejected
        assert not report.pending
    assert report.first_revision is None
    before = latest(database)

    console = Console(file=io.StringIO(), width=160)
    tell_story(console, Store(database, catalogue), ImpactEngine(database, catalogue))
    said = console.file.getvalue()  # type: ignore[attr-defined]

    assert latest(database) == before
    scenes = said.split("$ cmdb ")[1:]
    alone_a, alone_b, both, why, hidden, moved, exposed, unknown = scenes
    for alone in (alone_a, alone_b):
        assert "business services" in alone
        assert "● down" not in alone
        assert "◌ at risk" in alone
    assert "business services  3 down, 6 degraded, 2 at risk" in both
    for name in ("Warehouse Operations", "Contact Centre", "Delivery & Returns", "Network Operations"):
        assert name in both
    assert "Payment Gateway Bristol is still up" in why
    assert "business services  1 down" in hidden
    assert "Store Tills" in hidden
    assert "2 fewer services go down" in moved
    assert "nothing fares worse" in moved
    assert "19 services exposed" in exposed
    assert "Payment Gateway Leeds" in exposed
    assert "nothing is known to depend on it" in unknown


def test_the_demo_token_is_made_once(database: Database, tmp_path: Path) -> None:
    secret = demo_token(database, tmp_path)
    assert demo_token(database, tmp_path) == secret
    assert (tmp_path / "demo-token").stat().st_mode & 0o777 == 0o600
    assert [token.name for token in list_tokens(database)] == ["demo"]
