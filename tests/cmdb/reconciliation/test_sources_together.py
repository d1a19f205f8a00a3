"""Several sources that see the same things: one CI each, no flapping, no noise."""

from datetime import timedelta
from threading import Event, Thread

from cmdb.identity import open_cases
from cmdb.reconciliation import Observation
from cmdb.runs import sweep
from cmdb.store import Store, undo_run
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.discovery import START, depends, names, revisions, run, says, thing
from tests.cmdb.graphs import AUTHOR, graph, on
from tests.conftest import empty

MACHINE = {"class_": "virtual_machine", "instance_uuid": "u-1", "manager": "vc1"}


def test_a_machine_that_moved_host_stays_one_ci_and_its_old_host_stays(store: Store) -> None:
    hosts = [thing("host-1", class_="hypervisor"), thing("host-2", class_="hypervisor")]
    run(store, [*hosts, thing("vm", on("host-1", "runs_on"), **MACHINE)], source="vmware")
    id_ = says(store, "vm")["id"]
    run(store, [thing("vm", on("host-2", "runs_on"), **MACHINE)], source="vmware", day=1)
    assert (says(store, "vm")["id"], depends(store)) == (id_, {("vm", "", "host-2")})
    assert names(store) == {"host-1", "host-2", "vm"}


def test_readers_never_see_a_hole_while_a_run_replaces_edges(store: Store) -> None:
    hosts = [thing(f"host-{number}", class_="hypervisor") for number in range(2)]
    machines = [f"vm-{number}" for number in range(50)]
    run(store, [*hosts, *(thing(vm, on("host-0", "runs_on")) for vm in machines)], source="vmware")
    over, counts = Event(), set()

    def look() -> None:
        while not over.is_set():
            (row,) = store.database.read("MATCH (:CI)-[r:RUNS_ON]->(:CI) RETURN count(r) AS count")
            counts.add(row["count"])

    reader = Thread(target=look)
    reader.start()
    for day in range(1, 11):
        moved = [thing(vm, on(f"host-{day % 2}", "runs_on")) for vm in machines]
        run(store, moved, source="vmware", day=day)
    over.set()
    reader.join()
    assert counts == {50}


def test_two_sources_that_disagree_neither_flap_nor_make_noise(store: Store) -> None:
    def views(day: float) -> None:
        run(store, [thing("a", fqdn="a.example", memory_mb=1024)], source="vmware", day=day)
        run(store, [thing("b", fqdn="a.example", memory_mb=2048)], source="nmap", day=day + 0.1)

    views(0)
    after, count = says(store, "a"), revisions(store)
    for day in range(1, 4):
        views(day)
    assert (says(store, "a"), revisions(store)) == (after, count)
    assert after["memory_mb"] == 1024


def test_things_of_one_name_stay_apart(store: Store) -> None:
    run(store, [thing("1", fqdn="a.one.example"), thing("2", fqdn="a.two.example")])
    run(store, [Observation("x", {"class": "server", "name": "1"}, ())], source="nmap")
    assert store.database.read("MATCH (ci:CI) RETURN count(ci) AS n")[0]["n"] == 3


def test_a_mention_finds_its_thing_and_is_believed_last(store: Store) -> None:
    mention = Observation(
        "node", {"class": "server", "name": "seen by a pod", "fqdn": "a.example"}, (), mentioned=True
    )
    run(store, [mention], source="kubernetes")
    run(store, [thing("real", class_="virtual_machine", fqdn="a.example")], source="nmap")
    assert says(store, "real")["class"] == "virtual_machine"
    assert names(store) == {"real"}


def test_an_interface_is_known_inside_its_device_by_every_source(store: Store) -> None:
    def device(name: str) -> list[Observation]:
        serial = {"manufacturer": "Maker", "serial_number": "SN1"}
        port = {"class": "network_interface", "name": "eth0"}
        return [
            thing(name, class_="switch", **serial),
            Observation(f"{name}/eth0", port, (on(name, "belongs_to"),), within=name),
        ]

    run(store, device("sw"))
    run(store, device("the switch"), source="nmap")
    assert names(store) == {"sw", "eth0"}
    (row,) = store.database.read("MATCH (:CI {name: 'eth0'})-[r]->(:CI {name: 'sw'}) RETURN r.sources AS s")
    assert row["s"] == ["netbox", "nmap"]


def test_a_part_waits_for_the_thing_that_holds_it(store: Store) -> None:
    port = Observation("sw/eth0", {"class": "network_interface", "name": "eth0"}, (), within="sw")
    run(store, [port])
    assert names(store) == set()
    run(store, [thing("sw", class_="switch"), port], day=1)
    assert names(store) == {"sw", "eth0"}
    assert_follows_records(store)


def test_a_plain_assertion_supports_the_group_that_another_source_knows(store: Store) -> None:
    """A trace beside a manifest must not make a false single point of failure."""
    ends = [thing("p1", fqdn="p1.example"), thing("p2", fqdn="p2.example")]
    pool = [on("p1", group="pool", need=1), on("p2", group="pool", need=1)]
    run(store, [*ends, thing("app", *pool, fqdn="app.example")], source="kubernetes")
    run(store, [*ends, thing("app", on("p1"), fqdn="app.example")], source="traces")
    assert depends(store) == {("app", "pool", "p1"), ("app", "pool", "p2")}
    (row,) = store.database.read("MATCH (:CI)-[r]->(:CI {name: 'p1'}) RETURN r.sources AS sources")
    assert row["sources"] == ["kubernetes", "traces"]


def test_a_relationship_goes_with_the_last_source_that_asserts_it(store: Store) -> None:
    both = [thing("app", on("p"), fqdn="app.example"), thing("p", fqdn="p.example")]
    alone = [thing("app", fqdn="app.example"), thing("p", fqdn="p.example")]
    run(store, both, source="vmware")
    run(store, both, source="nmap")
    run(store, alone, source="vmware", day=1, complete=True, retire_at_most=1)
    assert depends(store) == {("app", "", "p")}
    run(store, alone, source="nmap", day=1, complete=True, retire_at_most=1)
    assert depends(store) == set()


def test_a_stale_source_is_believed_after_a_fresh_one(store: Store) -> None:
    """A server is stale after 14 days; that nmap saw it unchanged is noted on its runs."""
    strong = thing("strong", fqdn="a.example")
    weak = thing("weak", fqdn="a.example")
    run(store, [strong], source="vmware")
    run(store, [weak], source="nmap")
    run(store, [weak], source="nmap", day=20)
    swept = sweep(store.database, store.catalogue, AUTHOR, START + timedelta(days=21))
    assert (swept.stale, names(store)) == (1, {"weak"})
    run(store, [strong], source="vmware", day=22)
    assert names(store) == {"strong"}


def test_a_class_of_the_same_line_refines_and_of_another_is_a_case(store: Store) -> None:
    run(store, [thing("a", fqdn="a.example")], source="vmware")
    run(store, [thing("b", class_="physical_server", fqdn="a.example")], source="nmap")
    assert says(store, "a")["class"] == "physical_server"
    run(store, [thing("c", class_="virtual_machine", fqdn="a.example")], source="netbox")
    assert names(store) == {"a", "c"}
    (case,) = open_cases(store.database, store.catalogue)
    assert "exclude each other" in case.reason


def test_undoing_the_import_that_joined_leaves_what_was_there(store: Store) -> None:
    run(store, [thing("a", fqdn="a.example")], source="vmware")
    before = graph(store.database)
    report = run(store, [thing("b", fqdn="a.example", os="unix"), thing("new")], source="nmap")
    assert says(store, "a")["os"] == "unix"
    undo_run(store, AUTHOR, report.run)
    assert names(store) == {"a"} and "os" not in says(store, "a")
    assert {key for key in graph(store.database) if key in before} == before.keys()
    assert_follows_records(store)


def test_a_mention_by_the_source_that_describes_it_takes_nothing_back(store: Store) -> None:
    described = thing("a", on("b"), os="unix")
    mention = Observation("a", {"class": "server", "name": "a"}, (), mentioned=True)
    for first, second in ((described, mention), (mention, described)):
        empty(store.database)
        run(store, [first, thing("b")])
        run(store, [second], day=1)
        assert (says(store, "a")["os"], depends(store)) == ("unix", {("a", "", "b")})
        run(store, [mention, thing("b")], day=2, complete=True)
        assert depends(store) == {("a", "", "b")}
