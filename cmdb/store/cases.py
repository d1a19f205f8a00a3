"""Duplicate cases, as people name and decide them."""

from cmdb.errors import Conflict, InvalidInput, NotFound
from cmdb.history import Author, Revision
from cmdb.identity import Case, Claimant, open_cases
from cmdb.store.base import Store, Target
from cmdb.store.merging import keep_apart, merge
from cmdb.store.sources import record_name


def case_name(case: Case) -> str:
    """What people call a case: the name of its first record."""
    return claimant_name(case.records[0])


def claimant_name(one: Claimant) -> str:
    """What people call the record."""
    return record_name(one.source, one.scope, one.record.removeprefix(f"{one.source}:{one.scope}:"))


def find_case(store: Store, name: str) -> Case:
    """The open case of that name or key. Raises NotFound."""
    for case in open_cases(store.database, store.catalogue):
        if name in (case.key, case_name(case)):
            return case
    raise NotFound(f"No duplicate case is called {name!r}; `cmdb duplicates list` names those that are open.")


def merge_case(
    store: Store, author: Author, name: str, into: Target | None = None
) -> tuple[str, Revision | None]:
    """Decide that a case is one thing; return the id of the CI that is kept: `into`, or the oldest.

    Raises NotFound, Outdated, InvalidInput where `into` is none of the case.
    """
    case = find_case(store, name)
    keep = into or Target(case.cis[0])
    if keep.id not in case.cis:
        raise InvalidInput(f"{keep.id} is none of the CIs of the case: {', '.join(case.cis)}.")
    return keep.id, merge(store, author, keep, [Target(ci) for ci in case.cis if ci != keep.id])


def keep_case_apart(store: Store, author: Author, name: str) -> Revision | None:
    """Decide that the CIs of a case are different things. Raises NotFound, Conflict where it has but one."""
    case = find_case(store, name)
    if len(case.cis) == 1:
        raise Conflict(
            f"All records of the case describe the one CI {case.cis[0]}: split it, or merge the case."
        )
    return keep_apart(store, author, [Target(ci) for ci in case.cis])
