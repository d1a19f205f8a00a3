"""Processes that create, relate and retire at once: one CI for each thing, no relationship lost."""

from contextlib import suppress

from cmdb.errors import Conflict, NotFound
from cmdb.reconciliation import Observation
from cmdb.runs import Run
from cmdb.store import Link, Store, Target, create_cis, relate, restore, retire
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.graphs import AUTHOR, created, id_of, imported, on, relationships_of, see
from tests.cmdb.processes import COUNT, Processes

ROWS = 90


def _import_rows(store: Store, offset: int) -> None:
    """The same rows in every process, each beginning elsewhere."""
    rows = [see(f"n{number}") for number in range(ROWS)]
    imported(store, rows[offset:] + rows[:offset])


def test_importing_the_same_rows_at_once_makes_one_ci_each(store: Store, crowd: Processes) -> None:
    crowd.together(_import_rows, [(number * 30,) for number in range(COUNT)])
    (row,) = store.database.read("MATCH (ci:CI) RETURN count(ci) AS cis, count(DISTINCT ci.name) AS names")
    assert (row["cis"], row["names"]) == (ROWS, ROWS)
    assert_follows_records(store)


def _create_same(store: Store) -> bool:
    server = {"class": "physical_server", "name": "db-1", "manufacturer": "Dell", "serial_number": "4711"}
    try:
        create_cis(store, AUTHOR, [server])
    except Conflict:
        return False
    return True


def test_creating_the_same_thing_at_once_succeeds_once(store: Store, crowd: Processes) -> None:
    assert sorted(crowd.together(_create_same, [()] * COUNT)) == [False] * (COUNT - 1) + [True]
    assert len(store.database.read("MATCH (ci:CI) RETURN ci")) == 1


def _import_part(store: Store, first: int) -> None:
    """A third of the CIs; each depends on others that any process may be about to create."""
    run = Run(store.database, store.catalogue, AUTHOR, "scanner")
    for number in range(first, ROWS, COUNT):
        ends = {f"n{(number * factor + 1) % ROWS}" for factor in (3, 7, 11)} - {f"n{number}"}
        run.take_in([see(f"n{number}", *(on(end) for end in sorted(ends)))])


def test_relationships_to_cis_that_appear_meanwhile_are_bound(store: Store, crowd: Processes) -> None:
    crowd.together(_import_part, [(number,) for number in range(COUNT)])
    expected = {
        (f"name of n{number}", "DEPENDS_ON", f"name of n{(number * factor + 1) % ROWS}")
        for number in range(ROWS)
        for factor in (3, 7, 11)
        if (number * factor + 1) % ROWS != number
    }
    assert relationships_of(store.database) == expected
    assert not store.database.read("MATCH (r:SourceRecord)-[:AWAITS]->() RETURN r")
    assert_follows_records(store)


def _relate_or_flip(store: Store, hub: str, process: int) -> None:
    """One process retires and restores the hub; the others make things that depend on it."""
    for number in range(10):
        if process == 0:
            retire(store, AUTHOR, [Target(hub)])
            restore(store, AUTHOR, [Target(hub)])
        elif process == 1:
            (id_,) = created(store, f"hand {number}")
            with suppress(NotFound):
                relate(store, AUTHOR, [Link(id_, "depends_on", hub)])
        else:
            imported(store, [see(f"{number}-{i}", on("hub")) for i in range(20)])


def test_relating_beside_retiring_never_leaves_a_relationship_to_a_retired_ci(
    store: Store, crowd: Processes
) -> None:
    imported(store, [see("hub"), *(see(f"old {number}", on("hub")) for number in range(200))])
    hub = id_of(store.database, "name of hub")
    crowd.together(_relate_or_flip, [(hub, number) for number in range(COUNT)])
    assert_follows_records(store)
    (row,) = store.database.read(
        "MATCH (ci:CI)-[r]->(:CI {name: 'name of hub'}) WHERE NOT ci.name STARTS WITH 'hand' "
        "RETURN count(r) AS bound"
    )
    assert row["bound"] == 200 + 10 * 20


def _import_beside(store: Store, process: int) -> int:
    """One process imports; the others make small changes as long as it does; returns how many."""
    if process == 0:
        rows = (Observation(f"n{n}", {"class": "server", "name": f"n{n}"}) for n in range(5000))
        imported(store, rows)
        return 0
    made = 0
    while store.database.read("MATCH (run:Run) RETURN run.status AS status") != [("done",)]:
        created(store, f"by hand {process} {made}")
        made += 1
    return made


def test_small_writes_go_on_beside_a_running_import(store: Store, crowd: Processes) -> None:
    crowd.together(_import_beside, [(number,) for number in range(COUNT)])
    between = store.database.read(
        """
        MATCH (batch:Revision) WHERE batch.run IS NOT NULL
        WITH min(batch.seq) AS first, max(batch.seq) AS last
        MATCH (small:Revision) WHERE small.run IS NULL AND first < small.seq < last
        RETURN count(small) AS count
        """
    )[0]["count"]
    assert between > 0
