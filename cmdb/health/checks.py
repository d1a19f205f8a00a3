"""All checks."""

from collections.abc import Iterator, Mapping
from functools import partial

from cmdb.catalogue import Catalogue
from cmdb.errors import NotFound
from cmdb.health.check import Check
from cmdb.health.completeness import without_attribute, without_dependency
from cmdb.health.compliance import (
    beyond_class,
    class_conflicts,
    small_groups,
    unknown_teams,
    unusual_relationships,
)
from cmdb.health.contradiction import contradicted
from cmdb.health.correctness import (
    duplicates,
    missing,
    never_verified,
    orphans,
    stale,
    verification_due,
)

CHECKS = (
    Check("no_dependency", "completeness", "without a known dependency or dependent", without_dependency),
    Check("orphan", "correctness", "without any relationship", orphans),
    Check("stale", "correctness", "that no source has seen for long", stale),
    Check("missing", "correctness", "that a source misses", missing),
    Check("duplicate", "correctness", "in open duplicate cases", duplicates),
    Check("contradicted", "correctness", "with manual values that every source contradicts", contradicted),
    Check("never_verified", "correctness", "that nobody has verified", never_verified),
    Check("verification_due", "correctness", "due for verification", verification_due),
    Check("unusual_relationship", "compliance", "with relationships of unusual ends", unusual_relationships),
    Check("beyond_class", "compliance", "with attributes beyond their class", beyond_class),
    Check("small_group", "compliance", "with groups that need more than they have", small_groups),
    Check("unknown_team", "compliance", "that name unknown teams", unknown_teams),
    Check("class_conflict", "compliance", "that sources put into different classes", class_conflicts),
)
"""Those that are the same whatever the catalogue."""


def checks(catalogue: Catalogue) -> Mapping[str, Check]:
    """All checks by name, those of the attributes that the catalogue recommends first."""
    return {check.name: check for check in (*_recommended(catalogue), *CHECKS)}


def check_called(catalogue: Catalogue, name: str) -> Check:
    """The check of that name; raises NotFound."""
    known = checks(catalogue)
    if name not in known:
        raise NotFound(f"There is no check {name!r}; there are {', '.join(known)}.")
    return known[name]


def _recommended(catalogue: Catalogue) -> Iterator[Check]:
    names = dict.fromkeys(
        attribute.name
        for each in catalogue.classes.values()
        for attribute in each.attributes.values()
        if attribute.recommended != "never"
    )
    for name in names:
        find = partial(without_attribute, attribute=name)
        yield Check(f"no_{name}", "completeness", f"without {name}", find)
