"""The plain exchange format: CIs, relationships and teams as tables."""

from importers.exchange.load import Progress, import_csv

__all__ = ["Progress", "import_csv"]
