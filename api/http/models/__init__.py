"""What goes in and out over HTTP, described for people and programs."""

from api.http.models.cis import CI, Changes, CreatedCIs, NewCI, NewCIs
from api.http.models.history import Baseline, Difference, Differences, Entry, NewBaseline
from api.http.models.page import Page
from api.http.models.relationships import NewRelationship, Relationship
from api.http.models.revisions import Feed, Revision, RevisionDetails, Undone

__all__ = [
    "CI",
    "Baseline",
    "Changes",
    "CreatedCIs",
    "Difference",
    "Differences",
    "Entry",
    "Feed",
    "NewBaseline",
    "NewCI",
    "NewCIs",
    "NewRelationship",
    "Page",
    "Relationship",
    "Revision",
    "RevisionDetails",
    "Undone",
]
