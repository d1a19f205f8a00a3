"""The plain exchange format: CIs, relationships and teams as tables."""

from importers.exchange.load import import_csv

__all__ = ["import_csv"]
