"""How the world is read: each module turns a file or an API into observations."""

from importers.exchange import Progress, import_csv

__all__ = ["Progress", "import_csv"]
