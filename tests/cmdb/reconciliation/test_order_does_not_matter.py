"""The graph is a function of what sources see: any order, any repetition, any split into runs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cmdb.database import Database
from cmdb.identity import open_cases
from cmdb.reconciliation import Observation
from cmdb.runs import Run
from cmdb.store import Store
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.graphs import AUTHOR, on
from tests.cmdb.processes import COUNT, Processes
from tests.conftest import empty

SOURCES = ("aws", "netbox", "ansible")
CLASSES = ("server", "virtual_machine", "physical_server")
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Seen:
    """What a source saw at a time, in hours."""

    source: str
    hour: int
    observation: Observation


@st.composite
def things(draw: st.DrawFn) -> list[Seen]:
    """Views of a few machines, each with its identity, which stays, and with what changes.

    As many relations replace those of before: only complete runs tell that any are lost.
    """
    seen = []
    for source in SOURCES:
        for native_id in draw(st.lists(st.sampled_from("abc"), unique=True, min_size=1)):
            identity = draw(st.fixed_dictionaries({"class": st.sampled_from(CLASSES)}, optional=IDENTITY))
            others = [other for other in "abc" if other != native_id]
            count = draw(st.integers(0, 2))
            terms: dict[str, Any] = draw(st.sampled_from([{}, {"group": "g", "need": 1}]))
            for hour in draw(st.lists(st.integers(0, 9), unique=True, min_size=1, max_size=2)):
                attributes = identity | {"name": native_id} | draw(ATTRIBUTES)
                ends = draw(st.permutations(others))[:count]
                relations = tuple(on(end, **terms) for end in ends)
                seen.append(Seen(source, hour, Observation(native_id, attributes, relations)))
    return seen


IDENTITY = {
    "cloud_id": st.sampled_from(["i-1", "i-2"]),
    "bios_uuid": st.just("4c4c-1"),
    "fqdn": st.sampled_from(["one.example", "two.example"]),
    "serial_number": st.sampled_from(["SN-1", "SN-2"]),
    "manufacturer": st.just("Maker"),
}
ATTRIBUTES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {}, optional={"os": st.sampled_from(["unix", "other"]), "owner": st.sampled_from(["team a", "team b"])}
)


def import_all(store: Store, seen: Sequence[Seen]) -> None:
    """Each view as a run of its own, or with those next to it of the same source and time."""
    rest = list(seen)
    while rest:
        first = rest[0]
        run: list[Observation] = []
        while rest and (rest[0].source, rest[0].hour) == (first.source, first.hour):
            if rest[0].observation.native_id in {one.native_id for one in run}:
                break
            run.append(rest.pop(0).observation)
        Run(
            store.database,
            store.catalogue,
            AUTHOR,
            first.source,
            observed_at=BEGINNING + timedelta(hours=first.hour),
        ).take_in(run)


Told = dict[frozenset[str], tuple[Any, ...]]


def told(store: Store) -> tuple[Told, set[frozenset[str]]]:
    """What each CI says and depends on, by the records that describe it; and the open cases.

    CIs that a case is about are left out: which records these got depends on who came first.
    """
    cases = {
        frozenset(r.record for r in case.records) for case in open_cases(store.database, store.catalogue)
    }
    doubtful = frozenset[str]().union(*cases)
    rows = store.database.read(
        """
        MATCH (ci:CI)
        RETURN ci {.*, id: null, no: null, created: null, revision: null} AS says,
               [(r:SourceRecord)-[:DESCRIBES]->(ci) | r.key] AS records,
               [(ci)-[d]->(p:CI) | [
                   type(d), d {.*, created: null}, [(r:SourceRecord)-[:DESCRIBES]->(p) | r.key]]] AS depends
        """
    )
    return {
        frozenset(row["records"]): (
            row["says"],
            sorted(
                (
                    [type_, sorted(terms.items(), key=str), sorted(records)]
                    for type_, terms, records in row["depends"]
                    if doubtful.isdisjoint(records)
                ),
                key=str,
            ),
        )
        for row in rows
        if doubtful.isdisjoint(row["records"])
    }, cases


RUNS = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def test_any_order_any_repetition_and_any_split_give_one_graph(store: Store) -> None:
    database: Database = store.database
    questions = 0

    @RUNS
    @given(data=st.data(), seen=things())
    def check(data: st.DataObject, seen: list[Seen]) -> None:
        nonlocal questions
        empty(database)
        import_all(store, sorted(seen, key=lambda one: (one.source, one.hour)))
        assert_follows_records(store)
        expected = told(store)
        questions += bool(expected[1])
        for _ in range(2):
            empty(database)
            again = data.draw(st.lists(st.sampled_from(seen), max_size=3))
            import_all(store, data.draw(st.permutations(seen + again)))
            assert_follows_records(store)
            assert told(store) == expected

    check()
    assert 0 < questions < 40, "some identities must be plain, and some a question"


def _import_share(store: Store, seen: list[Seen], process: int) -> None:
    import_all(store, [one for number, one in enumerate(seen) if number % COUNT == process])


def test_processes_that_import_at_once_give_the_graph_of_one_after_the_other(
    store: Store, crowd: Processes
) -> None:
    """Every process brings one source's view of the same forty machines, in an order of its own."""
    seen = [
        Seen(
            source,
            number,
            Observation(
                f"m{(number * step) % 40}",
                {
                    "class": "server" if source == "ansible" else "virtual_machine",
                    "name": f"{source} {(number * step) % 40}",
                    "fqdn": f"m{(number * step) % 40}.example",
                },
                (on(f"m{(number * step + 1) % 40}"),),
            ),
        )
        for number in range(40)
        for source, step in zip(SOURCES, (1, 3, 7), strict=True)
    ]
    import_all(store, seen)
    expected = told(store)
    assert len(expected[0]) == 40
    assert all(len(records) == len(SOURCES) for records in expected[0])
    empty(store.database)
    crowd.together(_import_share, [(seen, process) for process in range(COUNT)])
    assert told(store) == expected
    assert_follows_records(store)


def test_an_older_view_that_comes_late_changes_nothing(store: Store) -> None:
    new = Seen("aws", 5, Observation("a", {"class": "server", "name": "new"}, (on("b"),)))
    old = replace(new, hour=1, observation=Observation("a", {"class": "server", "name": "old"}, (on("c"),)))
    import_all(store, [new])
    before = told(store)
    import_all(store, [old])
    assert told(store) == before
