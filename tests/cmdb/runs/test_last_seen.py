"""Which run saw a record last, from the compact sets that runs keep."""

from hypothesis import given
from hypothesis import strategies as st

from cmdb.runs import last_seen
from cmdb.runs.tally import pack, unpack
from cmdb.store import Store
from tests.cmdb.discovery import START, run, thing


@given(st.sets(st.integers(1, 3_000_000_000)))
def test_a_compact_set_gives_back_its_numbers(numbers: set[int]) -> None:
    assert unpack(pack(sorted(numbers))).tolist() == sorted(numbers)


def test_a_hundred_thousand_numbers_in_a_row_take_a_few_hundred_bytes() -> None:
    assert len(pack(range(1, 100_001))) < 1000


def test_each_record_was_seen_by_the_last_run_that_saw_it(store: Store) -> None:
    run(store, [thing("a"), thing("b")])
    run(store, [thing("b")], day=1)
    rows = store.database.read("MATCH (r:SourceRecord) RETURN r.native_id AS id, r.no AS no")
    seen = last_seen(store.database)
    days = {row["id"]: seen[row["no"]] for row in rows}
    assert days["a"] == START.isoformat()
    assert days["b"] > days["a"]


def test_before_any_run_nothing_was_seen(store: Store) -> None:
    assert last_seen(store.database) == {}
