"""What every importer must keep to, held to the shipped catalogue."""

from cmdb.catalogue import load_catalogue
from importers.contract import Reading, check
from importers.importer import Importer, Origin

__all__ = ["CATALOGUE", "Reading", "read"]

CATALOGUE = load_catalogue()


def read(importer: Importer, origin: Origin) -> Reading:
    """Read a source, and hold what comes to the contract."""
    return check(importer, origin, CATALOGUE)
