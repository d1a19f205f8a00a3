"""A provider retires while somebody writes a relationship to it: one of the two sees the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from cmdb.history import Author, Draft, revise
from cmdb.reconciliation.sighting import Sighting, take_in
from cmdb.reconciliation.view import View
from cmdb.store import Store, Target, restore, retire
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.graphs import AUTHOR, id_of, imported, on, relationships_of, see

PATIENCE = 1.0
"""Seconds in which the other would end if nothing held it up."""

Operation = Callable[[Store, Author, list[Target]], object]
HUB = "name of hub"


@pytest.mark.parametrize("others", [2, 200], ids=["few relationships", "many relationships"])
@pytest.mark.parametrize("operation", [retire, restore])
def test_import_beside_retire_and_restore(store: Store, operation: Operation, others: int) -> None:
    """The import has written the relationship and not committed yet when the hub retires or comes back."""
    imported(store, [see("hub"), *(see(f"old {number}", on("hub")) for number in range(others))])
    hub = Target(id_of(store.database, HUB))
    for before in (retire, restore, retire) if operation is restore else (retire, restore):
        before(store, AUTHOR, [hub])
    with ThreadPoolExecutor(1) as pool:

        def work(draft: Draft) -> None:
            new = see("new", on("hub"), status="operational")
            view = View("scanner", "", "2026-01-01")
            take_in(draft, store.catalogue, view, [Sighting(new, new.attributes)])
            wait([pool.submit(operation, store, AUTHOR, [hub])], PATIENCE)

        revise(store.database, AUTHOR, work)
    assert_follows_records(store)
    bound = ("name of new", "DEPENDS_ON", HUB) in relationships_of(store.database)
    assert bound == (operation is restore)
