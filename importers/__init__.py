"""How the world is read: each room turns one kind of file or API into observations."""

from importers.exchange import import_csv
from importers.importer import Importer, Kind, Option, Origin
from importers.load import import_source
from importers.progress import Progress
from importers.reading import reading
from importers.registry import importer, importer_names

__all__ = [
    "Importer",
    "Kind",
    "Option",
    "Origin",
    "Progress",
    "import_csv",
    "import_source",
    "importer",
    "importer_names",
    "reading",
]
