"""Linchpin's own document: CIs, relationships and teams in YAML or JSON, written by hand or by a program."""

from importers.apply.reading import read
from importers.apply.schema import document_schema
from importers.importer import Importer, Kind

IMPORTER = Importer(
    name="document",
    title="Document of CIs and relationships",
    read=read,
    kinds=(
        Kind("an entry of cis", "any class", "the one that it names"),
        Kind("an entry of relationships", "any relationship type", "the one that it names"),
        Kind("an entry of teams", "team"),
    ),
)

__all__ = ["IMPORTER", "document_schema"]
