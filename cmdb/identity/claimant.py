"""A record as one that claims identifiers."""

from collections.abc import Collection
from dataclasses import dataclass

from cmdb.catalogue import Catalogue
from cmdb.identity.claims import rule_of, strength


@dataclass(frozen=True, slots=True)
class Claimant:
    """A record (by key), what it claims strongest first, and the id of the CI that it describes."""

    record: str
    source: str
    scope: str
    class_name: str
    claims: tuple[str, ...]
    ci: str = ""

    @property
    def view(self) -> tuple[str, str]:
        """Whose view it is; one view tells two things apart by two records."""
        return self.source, self.scope


def claimants_of(claimants: Collection[Claimant]) -> dict[str, list[Claimant]]:
    """Who claims what: key → claimants."""
    found: dict[str, list[Claimant]] = {}
    for one in claimants:
        for key in one.claims:
            found.setdefault(key, []).append(one)
    return found


def conflict(catalogue: Catalogue, one: Claimant, other: Claimant, key: str) -> str | None:
    """Why two records that share the claim `key` are yet not one thing; None where nothing says so."""
    if one.view == other.view:
        return f"{one.source} tells them apart"
    if not _in_line(catalogue, one.class_name, other.class_name):
        return f"{one.class_name} and {other.class_name} exclude each other"
    shared = rule_of(key)
    theirs = {rule_of(claim): claim for claim in other.claims}
    for claim in one.claims:
        rule = rule_of(claim)
        if theirs.get(rule, claim) == claim or rule == shared:
            continue
        if any(
            strength(catalogue, name, rule) < strength(catalogue, name, shared)
            for name in (one.class_name, other.class_name)
        ):
            return f"{rule.partition(':')[2]} differs"
    return None


def _in_line(catalogue: Catalogue, one: str, other: str) -> bool:
    """Whether one class refines the other."""
    return (
        one == other
        or one in catalogue.ci_class(other).ancestors
        or other in catalogue.ci_class(one).ancestors
    )
