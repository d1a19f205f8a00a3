"""One door to all that can be imported: tables of the plain format, and what importers read."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from cmdb.errors import InvalidInput
from cmdb.runs import Report
from importers.exchange import import_csv
from importers.importer import Origin
from importers.load import import_source
from importers.registry import importer

CSV = "csv"
"""The plain exchange format: no importer, since its tables are sorted before they are read."""


def reading(name: str, origin: Origin) -> Callable[..., Report]:
    """What imports `origin` by the importer of that name, which is loaded now; see `import_source`.

    Raises InvalidInput where there is no such importer, or `csv` is given options.
    """
    if name != CSV:
        return partial(import_source, importer=importer(name), origin=origin)
    if origin.options:
        raise InvalidInput(f"csv has no option {', '.join(sorted(origin.options))}; it has none.")
    return partial(import_csv, path=Path(origin.location))
