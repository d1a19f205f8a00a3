"""Duplicate cases: records of which it is a question whether they are one thing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from cmdb.catalogue import Catalogue
from cmdb.identity.claimant import Claimant, claimants_of, conflict
from cmdb.identity.decisions import Decision, are_apart
from cmdb.identity.matching import is_repeated


@dataclass(frozen=True, slots=True)
class Case:
    """Records that share identifiers, by key, and why it is not plain that they are one thing.

    `key` is the same as long as its first record is: it names the case.
    """

    key: str
    records: tuple[Claimant, ...]
    shared: tuple[str, ...]
    reason: str

    @property
    def cis(self) -> list[str]:
        """The ids of the CIs that the records describe."""
        return sorted({record.ci for record in self.records})


def find_cases(
    catalogue: Catalogue, claimants: Collection[Claimant], decisions: Collection[Decision] = ()
) -> list[Case]:
    """All open cases among records, in order of their keys.

    Records are one thing without question only if all of them share one identifier and nothing speaks
    against it; so it does not matter in which order they came. What people have decided is no question.
    """
    by_key = claimants_of(claimants)
    clones = {key for key, several in by_key.items() if is_repeated(catalogue, key, several)}
    sharing = [
        several
        for key, several in by_key.items()
        if key not in clones or len({one.view for one in several}) > 1
    ]
    judge = _Judge(catalogue, clones, decisions)
    found = [case for component in _components(sharing) if (case := judge.case(component))]
    return sorted(found, key=lambda case: case.key)


def _components(joined: Iterable[Sequence[Claimant]]) -> list[list[Claimant]]:
    """The records that are joined, directly or through others, each component in order of their keys."""
    from networkx import Graph, add_path, connected_components  # half a second that only cases need

    graph: Graph[Claimant] = Graph()
    for together in joined:
        add_path(graph, together)
    return [sorted(component, key=lambda one: one.record) for component in connected_components(graph)]


class _Judge:
    """Judges records that share identifiers; `clones` are claims that identify nothing."""

    def __init__(
        self, catalogue: Catalogue, clones: Collection[str], decisions: Collection[Decision]
    ) -> None:
        self._catalogue = catalogue
        self._clones = clones
        self._decisions = decisions

    def case(self, records: list[Claimant]) -> Case | None:
        """The case that the records are, in order of their keys, if they are one."""
        if len(records) < 2 or (reason := self._question(records)) is None:
            return None
        shared = tuple(sorted(key for key, several in claimants_of(records).items() if len(several) > 1))
        return Case(records[0].record, tuple(records), shared, reason)

    def _question(self, records: list[Claimant]) -> str | None:
        """Why it is not plain what these records tell of; None where it is, or people have decided it."""
        by_ci: dict[str, list[Claimant]] = {}
        for record in records:
            by_ci.setdefault(record.ci, []).append(record)
        if len(by_ci) == 1:
            return self._doubt(records)
        if not all(self._set_apart(*pair) for pair in combinations(by_ci.values(), 2)):
            return self._doubt(records) or "they were seen as several before"
        return next((why for own in by_ci.values() if (why := self._doubt(own))), None)

    def _doubt(self, records: list[Claimant]) -> str | None:
        """Why records are not one thing without question: they share no identifier, or something differs."""
        claims = self._united_claims(records)
        if len(claims) == 1:
            return None
        common = [
            key for key in claims[0] if key not in self._clones and all(key in others for others in claims)
        ]
        doubts = [self._difference(records, key) for key in common]
        if None in doubts:
            return None
        return doubts[0] if doubts else self._no_common(records)

    def _no_common(self, records: list[Claimant]) -> str:
        if any(key in self._clones for record in records for key in record.claims):
            return "clones share a value, which identifies none of them"
        return "no identifier is common to all of them"

    def _difference(self, records: list[Claimant], key: str) -> str | None:
        return next(
            (
                why
                for one, other in combinations(records, 2)
                if not self._are_one(one, other) and (why := conflict(self._catalogue, one, other, key))
            ),
            None,
        )

    def _united_claims(self, records: list[Claimant]) -> list[tuple[str, ...]]:
        """The claims of each record, those that people have decided to be one thing taken together."""
        alone = [(record,) for record in records]
        one_thing = [pair for pair in combinations(records, 2) if self._are_one(*pair)]
        return [
            tuple(key for record in together for key in record.claims)
            for together in _components([*alone, *one_thing])
        ]

    def _set_apart(self, these: list[Claimant], those: list[Claimant]) -> bool:
        return any(are_apart(self._decisions, one.record, other.record) for one in these for other in those)

    def _are_one(self, one: Claimant, other: Claimant) -> bool:
        return any(
            (group := decision.group_of(one.record)) and other.record in group for decision in self._decisions
        )
