"""Reads AWS, saved or live, into observations."""

from collections.abc import Iterator

from cmdb.reconciliation import Gap, Rejection
from importers.aws.documents import Document, gaps_of, resources_of
from importers.aws.live import live_documents
from importers.aws.saved import saved_documents
from importers.aws.snapshots import resources_of_snapshot
from importers.cloud import Estate, Resource
from importers.importer import Origin, Row


def read(origin: Origin) -> Iterator[Row]:
    """The things in saved answers, in snapshots, or in the account itself (`live`, `live:eu-west-1,…`)."""
    is_live = origin.location.partition(":")[0] == "live"
    resources: list[Resource] = []
    for document in live_documents(origin) if is_live else saved_documents(origin):
        if isinstance(document, Gap):
            yield document
            continue
        if not is_live:
            yield from gaps_of(document)
        for found in _found(document):
            if isinstance(found, Rejection):
                yield found
            else:
                resources.append(found)
    yield from Estate(resources).rows()


def _found(document: Document) -> Iterator[Resource | Rejection]:
    yield from resources_of(document)
    yield from resources_of_snapshot(document)
