"""Lets all things be described before any says what it depends on."""

import marshal
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO, TypeVar

from cmdb.reconciliation.observation import Observation

R = TypeVar("R")

FEW = 500
"""Rows that are few enough to be written at once, so that all ends are there in any order."""


def descriptions_first(rows: Iterable[R | Observation]) -> Iterator[R | Observation]:
    """The rows in their order, but without relations where they describe a thing; these come at the end.

    So ends are there when they are named, and memory stays bounded: relations wait in a temporary file. A
    few rows are left as they are.
    """
    rest = iter(rows)
    first = list(islice(rest, FEW + 1))
    if len(first) <= FEW:
        yield from first
        return
    with TemporaryFile() as file:
        for row in chain(first, rest):
            if isinstance(row, Observation) and row.attributes is not None and row.relations is not None:
                waiting = list(map(dict, row.relations)), row.mentioned, row.adds, row.line
                marshal.dump((row.native_id, *waiting), file)
                yield replace(row, relations=None)
            else:
                yield row
        file.seek(0)
        yield from _relations(file)


def _relations(file: IO[bytes]) -> Iterator[Observation]:
    while True:
        try:
            native_id, relations, mentioned, adds, line = marshal.load(file)
        except EOFError:
            return
        yield Observation(native_id, None, tuple(relations), mentioned=mentioned, adds=adds, line=line)
