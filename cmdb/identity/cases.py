"""Duplicate cases: records of which it is a question whether they are one thing."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

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
    repeated = {key for key, several in by_key.items() if is_repeated(catalogue, key, several)}
    joined: nx.Graph[str] = nx.Graph()
    for key, several in by_key.items():
        if key not in repeated:
            nx.add_path(joined, sorted(one.record for one in several))
    records = {one.record: one for one in claimants}
    found = [
        case
        for component in nx.connected_components(joined)
        if (case := _case(catalogue, [records[record] for record in sorted(component)], decisions))
    ]
    return sorted([*found, *_clones(by_key, repeated, decisions)], key=lambda case: case.key)


def _clones(
    by_key: dict[str, list[Claimant]], repeated: Iterable[str], decisions: Collection[Decision]
) -> Iterator[Case]:
    """A value of clones is a question only where several sources tell of it."""
    for key in repeated:
        several = sorted(by_key[key], key=lambda one: one.record)
        if len({one.view for one in several}) > 1 and not _all_decided(several, decisions):
            yield Case(key, tuple(several), (key,), "clones share this value: it identifies none of them")


def _case(catalogue: Catalogue, records: list[Claimant], decisions: Collection[Decision]) -> Case | None:
    if len(records) < 2 or (reason := _question(catalogue, records, decisions)) is None:
        return None
    shared = tuple(sorted(key for key, several in claimants_of(records).items() if len(several) > 1))
    return Case(records[0].record, tuple(records), shared, reason)


def _question(catalogue: Catalogue, records: list[Claimant], decisions: Collection[Decision]) -> str | None:
    """Why it is not plain what these records tell of; None where it is, or people have decided it."""
    by_ci: dict[str, list[Claimant]] = {}
    for record in records:
        by_ci.setdefault(record.ci, []).append(record)
    if len(by_ci) > 1:
        if not all(_set_apart(*pair, decisions) for pair in combinations(by_ci.values(), 2)):
            return _doubt(catalogue, records, decisions) or "they were seen as several before"
        return next((why for own in by_ci.values() if (why := _doubt(catalogue, own, decisions))), None)
    return _doubt(catalogue, records, decisions)


def _doubt(catalogue: Catalogue, records: list[Claimant], decisions: Collection[Decision]) -> str | None:
    """Why records are not one thing without question: they share no identifier, or something differs."""
    claims = _united_claims(records, decisions)
    common = [key for key in claims[0] if all(key in others for others in claims)]
    doubts = [_difference(catalogue, records, key, decisions) for key in common]
    if len(claims) == 1 or None in doubts:
        return None
    return doubts[0] if doubts else "no identifier is common to all of them"


def _difference(
    catalogue: Catalogue, records: list[Claimant], key: str, decisions: Collection[Decision]
) -> str | None:
    return next(
        (
            why
            for one, other in combinations(records, 2)
            if not _are_one(decisions, one, other) and (why := conflict(catalogue, one, other, key))
        ),
        None,
    )


def _united_claims(records: list[Claimant], decisions: Collection[Decision]) -> list[tuple[str, ...]]:
    """The claims of each record, those that people have decided to be one thing taken together."""
    united: nx.Graph[int] = nx.Graph()
    united.add_nodes_from(range(len(records)))
    united.add_edges_from(
        (i, j)
        for (i, one), (j, other) in combinations(enumerate(records), 2)
        if _are_one(decisions, one, other)
    )
    return [
        tuple(key for number in sorted(together) for key in records[number].claims)
        for together in nx.connected_components(united)
    ]


def _set_apart(these: list[Claimant], those: list[Claimant], decisions: Collection[Decision]) -> bool:
    return any(are_apart(decisions, one.record, other.record) for one in these for other in those)


def _all_decided(records: Collection[Claimant], decisions: Collection[Decision]) -> bool:
    return all(
        are_apart(decisions, one.record, other.record) or _are_one(decisions, one, other)
        for one, other in combinations(records, 2)
    )


def _are_one(decisions: Iterable[Decision], one: Claimant, other: Claimant) -> bool:
    return any((group := decision.group_of(one.record)) and other.record in group for decision in decisions)
