"""The store: what people do to CIs and ask of them. Every write is one revision, whole or not at all."""

from cmdb.store.base import Store, Target
from cmdb.store.cases import case_name, claimant_name, find_case, keep_case_apart, merge_case
from cmdb.store.editing import create_cis, update_cis
from cmdb.store.lifecycle import restore, retire
from cmdb.store.merging import keep_apart, merge, split
from cmdb.store.names import ci_names, find_ci
from cmdb.store.past import get_ci_at, relationships_of_ci_at
from cmdb.store.purging import purge
from cmdb.store.reading import (
    CI,
    Filter,
    Page,
    Relationship,
    Slice,
    get_ci,
    list_cis,
    relationships,
    search,
)
from cmdb.store.relating import Link, relate, unrelate
from cmdb.store.sources import SourceView, Statement, record_keys, sources
from cmdb.store.undo import TakenOver, Undone, undo, undo_run

__all__ = [
    "CI",
    "Filter",
    "Link",
    "Page",
    "Relationship",
    "Slice",
    "SourceView",
    "Statement",
    "Store",
    "TakenOver",
    "Target",
    "Undone",
    "case_name",
    "ci_names",
    "claimant_name",
    "create_cis",
    "find_case",
    "find_ci",
    "get_ci",
    "get_ci_at",
    "keep_apart",
    "keep_case_apart",
    "list_cis",
    "merge",
    "merge_case",
    "purge",
    "record_keys",
    "relate",
    "relationships",
    "relationships_of_ci_at",
    "restore",
    "retire",
    "search",
    "sources",
    "split",
    "undo",
    "undo_run",
    "unrelate",
    "update_cis",
]
