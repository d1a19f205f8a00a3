"""The store: what people do to CIs and ask of them. Every write is one revision, whole or not at all."""

from cmdb.store.base import Store, Target
from cmdb.store.editing import create_cis, update_cis
from cmdb.store.lifecycle import purge, restore, retire
from cmdb.store.names import find_ci
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
from cmdb.store.undo import TakenOver, Undone, undo, undo_run

__all__ = [
    "CI",
    "Filter",
    "Link",
    "Page",
    "Relationship",
    "Slice",
    "Store",
    "TakenOver",
    "Target",
    "Undone",
    "create_cis",
    "find_ci",
    "get_ci",
    "list_cis",
    "purge",
    "relate",
    "relationships",
    "restore",
    "retire",
    "search",
    "undo",
    "undo_run",
    "unrelate",
    "update_cis",
]
