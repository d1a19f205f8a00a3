"""Reads all bills of a file or folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap, Rejection
from importers.documents import find_files
from importers.importer import Row
from importers.sbom.bill import Bill
from importers.sbom.observations import observe


def read_bills(path: Path, suffixes: tuple[str, ...], read: Callable[[Path], Bill]) -> Iterator[Row]:
    """Yield what the bills hold; of several files, one that holds none is a gap.

    Raises InvalidInput where none holds any.
    """
    files = find_files(path, *suffixes)
    told: dict[str, Bill] = {}
    faults = []
    for file in files:
        try:
            bill = read(file)
        except InvalidInput as error:
            faults.append(error)
            continue
        whole = bill.application.full_name if bill.application else _stem(file)
        if whole in told:
            other = told[whole].table
            yield Rejection(bill.table, 0, {"of": whole}, f"{other} is a bill of {whole} already")
        else:
            told[whole] = bill
    if not told:
        raise faults[0]
    yield from observe(told)
    yield from (Gap(str(fault)) for fault in faults)


def _stem(file: Path) -> str:
    """What a bill is called that does not say what it is of."""
    return file.name.partition(".")[0] or file.name
