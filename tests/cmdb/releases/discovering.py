"""Discovery of two servers."""

from cmdb.runs import Report, Run
from cmdb.store import Store
from tests.cmdb.discovery import thing
from tests.cmdb.graphs import AUTHOR


def look(store: Store, source: str = "ansible", **versions: str) -> Report:
    """A run of a source, now."""
    rows = [thing(name, version=version, fqdn=f"{name}.example.org") for name, version in versions.items()]
    return Run(store.database, store.catalogue, AUTHOR, source).take_in(rows)
