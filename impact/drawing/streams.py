"""Tables of any length as CSV or Arrow, a batch at a time: memory holds one batch, never the table."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

import pyarrow as pa
from pyarrow import csv, ipc

Columns = Mapping[str, type]
"""Names of columns, and what they hold: `str`, `int`, `float` or `bool`. Every column may have gaps."""

Batch = Mapping[str, Any]
"""Values by column: lists with `None` for a gap, or NumPy arrays, all of one length."""

TYPES = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def stream_csv(columns: Columns, batches: Iterable[Batch]) -> Iterator[bytes]:
    """CSV with a header, in UTF-8. Nothing between commas is a gap; an empty text is `""`."""
    return _stream(csv.CSVWriter, columns, batches, write_options=csv.WriteOptions(quoting_style="needed"))


def stream_arrow(columns: Columns, batches: Iterable[Batch]) -> Iterator[bytes]:
    """An Arrow IPC stream: pandas, polars, DuckDB and R read it as columns, without parsing."""
    return _stream(ipc.new_stream, columns, batches)


def _stream(new_writer: Any, columns: Columns, batches: Iterable[Batch], **options: Any) -> Iterator[bytes]:
    schema = pa.schema([(name, TYPES[kind]) for name, kind in columns.items()])
    pipe = BytesIO()
    with new_writer(pipe, schema, **options) as writer:
        for batch in batches:
            writer.write_batch(pa.RecordBatch.from_pydict(dict(batch), schema))
            yield _drained(pipe)
    yield _drained(pipe)


def _drained(pipe: BytesIO) -> bytes:
    written = pipe.getvalue()
    pipe.seek(0)
    pipe.truncate()
    return written
