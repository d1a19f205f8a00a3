"""What the demo prints, as the estate's README promises it."""

import io
from pathlib import Path

from rich.console import Console

from api.demo import demo_token, import_estate, tell_discovery, tell_story
from cmdb.access import list_tokens
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author, latest
from cmdb.store import Store
from impact import ImpactEngine


def test_what_is_discovered_and_the_evening_of_a_change_manager(
    database: Database, catalogue: Catalogue
) -> None:
    author, store = Author("tester", "test"), Store(database, catalogue)
    first = list(import_estate(database, catalogue, author))
    before = latest(database)
    again = list(import_estate(database, catalogue, author))
    assert sum(one.new for one in first) == 753
    assert [one.report.first_revision for one in again] == [None] * len(again)
    assert all(one.report.cis == {"unchanged": one.seen} for one in again)

    console = Console(file=io.StringIO(), width=160)
    tell_discovery(console, store, author, first)
    tell_story(console, store, ImpactEngine(database, catalogue))
    said = console.file.getvalue()  # type: ignore[attr-defined]

    assert latest(database) == before
    scenes = said.split("$ cmdb ")[1:]
    assert [scene.split()[0] for scene in scenes[:5]] == ["import"] * 5
    joined, machine, doubt, tonight, broken, alone_a, alone_b, both, why, hidden, moved, exposed, unknown = (
        scenes[4:]
    )
    assert "197" in joined
    assert all(f"{source}/" in machine for source in ("netbox", "kubernetes", "csv"))
    assert "Ubuntu 24.04.1 LTS" in machine
    assert "serial_number differs" in doubt
    assert "t3.medium → t3.large" in tonight
    assert "1 thing missing" in tonight
    assert "misses 449 of 451 CIs" in broken
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
