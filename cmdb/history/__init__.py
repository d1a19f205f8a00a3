"""History as an undo log: revisions, what each changed, and everything as of any of them."""

from cmdb.history.revision import Author, Draft, Kind, Revision, relationship_subject, revise

__all__ = ["Author", "Draft", "Kind", "Revision", "relationship_subject", "revise"]
