"""Finds the CI that a record describes which nobody has seen before."""

from collections.abc import Iterable

from cmdb.catalogue import Catalogue
from cmdb.identity.claimant import Claimant, conflict
from cmdb.identity.claims import is_cloned, rule_of
from cmdb.identity.decisions import Decision, are_apart


class Matching:
    """Records by what they claim, and the CIs that they describe."""

    def __init__(
        self, catalogue: Catalogue, claimants: Iterable[Claimant], decisions: Iterable[Decision] = ()
    ) -> None:
        self._catalogue = catalogue
        self._decisions = list(decisions)
        self._by_key: dict[str, dict[str, Claimant]] = {}
        self._by_ci: dict[str, dict[str, Claimant]] = {}
        for one in claimants:
            self.add(one)

    def add(self, one: Claimant) -> None:
        """Let a record be found."""
        self._by_ci.setdefault(one.ci, {})[one.record] = one
        for key in one.claims:
            self._by_key.setdefault(key, {})[one.record] = one

    def match(self, new: Claimant) -> str | None:
        """The id of the one CI that the record's strongest claim which anybody shares leads to.

        None where nobody shares one, several CIs do, or something speaks against it.
        """
        for key in new.claims:
            claimants = [one for one in self._by_key.get(key, {}).values() if one.record != new.record]
            if not claimants or is_repeated(self._catalogue, key, [*claimants, new]):
                continue
            cis = {one.ci for one in claimants if not self._speaks_against(new, one.ci, key)}
            return cis.pop() if len(cis) == 1 else None
        return None

    def is_shared(self, key: str) -> bool:
        """Whether several records claim it."""
        return len(self._by_key.get(key, ())) > 1

    def _speaks_against(self, new: Claimant, ci: str, key: str) -> bool:
        return any(
            conflict(self._catalogue, new, one, key) or are_apart(self._decisions, new.record, one.record)
            for one in self._by_ci[ci].values()
        )


def is_repeated(catalogue: Catalogue, key: str, claimants: Iterable[Claimant]) -> bool:
    """Whether it is a value that clones share: one view gives it to several things, so it identifies none."""
    seen: set[tuple[str, str]] = set()
    for one in claimants:
        if one.view in seen and is_cloned(catalogue, one.class_name, rule_of(key)):
            return True
        seen.add(one.view)
    return False
