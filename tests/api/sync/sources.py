"""Sources for tests, and what they report."""

from api.sync import Source
from cmdb.runs import Report


def source(name: str, **keys: object) -> Source:
    """A source as the file would have it."""
    return Source.model_validate({"name": name, "importer": "table", "location": "estate", **keys})


def report(of: Source, held: str | None = None) -> Report:
    """The report of a run that found nothing."""
    return Report("run", of.name, of.scope, held=held)
