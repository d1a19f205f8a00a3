import csv
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import ipc

from impact.drawing import TABLE_FORMATS, Batch, Columns, stream_arrow, stream_csv

COLUMNS = {"name": str, "distance": int, "share": float, "service": bool}
ROWS = 50_000


def batches(count: int, taken: list[int]) -> Iterator[Batch]:
    for number in range(count):
        taken.append(number)
        yield {
            "name": [f"ci-{number}-{row}" for row in range(ROWS)],
            "distance": np.arange(ROWS, dtype=np.int32),
            "share": np.linspace(0, 1, ROWS),
            "service": np.zeros(ROWS, dtype=np.bool_),
        }


@pytest.mark.parametrize("name", TABLE_FORMATS)
def test_a_million_rows_never_stand_in_memory_together(name: str) -> None:
    taken: list[int] = []
    before, most, total = pa.total_allocated_bytes(), 0, 0
    for number, chunk in enumerate(TABLE_FORMATS[name].stream(COLUMNS, batches(20, taken))):
        assert len(taken) == min(number + 1, 20)
        total += len(chunk)
        most = max(most, len(chunk), pa.total_allocated_bytes() - before)
    assert total > 30_000_000
    assert most < total / 5


def test_arrow_reads_back() -> None:
    batch: dict[str, list[Any]] = {
        "name": ["a", None],
        "distance": [1, None],
        "share": [0.5, None],
        "service": [True, None],
    }
    table = ipc.open_stream(b"".join(stream_arrow(COLUMNS, [batch, batch]))).read_all()
    assert table.to_pydict() == {name: values * 2 for name, values in batch.items()}


def test_csv_tells_a_gap_from_an_empty_text() -> None:
    text = b"".join(stream_csv({"a": str, "b": int}, [{"a": ["", None], "b": [None, 1]}]))
    assert text == b'"a","b"\n"",\n,1\n'


def test_csv_quotes_what_needs_it() -> None:
    hostile = ['say "hi"', "a,b", "two\nlines"]
    text = b"".join(stream_csv({"a": str}, [{"a": hostile}])).decode()
    assert [row["a"] for row in csv.DictReader(StringIO(text, newline=""))] == hostile


@pytest.mark.parametrize("stream", [stream_csv, stream_arrow])
def test_a_table_without_rows_still_has_its_columns(
    stream: Callable[[Columns, Iterable[Batch]], Iterator[bytes]],
) -> None:
    assert b"distance" in b"".join(stream(COLUMNS, []))
