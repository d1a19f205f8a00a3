"""Sorting on disk gives what sorting in memory gives, and leaves nothing behind."""

from hypothesis import given
from hypothesis import strategies as st

from importers.sorting import Keyed, SortedRows

KEYED = st.lists(
    st.tuples(st.text(max_size=3), st.integers(1, 9), st.lists(st.text(max_size=3), max_size=3).map(tuple))
)


@given(KEYED, st.integers(1, 600))
def test_rows_come_in_the_order_of_key_and_line(rows: list[Keyed], run: int) -> None:
    with SortedRows(rows, run) as in_order:
        assert len(in_order) == len(rows)
        assert list(in_order) == sorted(rows)
        assert list(in_order) == sorted(rows), "it can be read again"


def test_more_runs_than_one_with_more_blocks_than_one() -> None:
    rows: list[Keyed] = [(f"{n * 7919 % 5003:04}", n, (str(n),)) for n in range(5003)]
    with SortedRows(rows, 1000) as in_order:
        assert list(in_order) == sorted(rows)
