"""What was in the graph after a revision, from what is there now and what has changed since."""

from collections.abc import Iterable, Iterator

import numpy as np
from neo4j import ManagedTransaction

from cmdb.history import Kind, Past, Revision, State, read_past, settle
from impact.arrays import Flags, Ints
from impact.projection.present import CIsNow, Present, RelationshipsNow, cis_of, relationships_of
from impact.projection.rows import CIBlock, RelationshipBlock


def read_settled_past(tx: ManagedTransaction, revision: Revision) -> Past:
    """What has changed since a revision; all of it that could be seen before this call is told."""
    settle(tx)
    return read_past(tx, revision.seq)


def cis_at(present: Present, past: Past) -> Iterator[CIBlock]:
    """The CIs as they were: those of `present`, and all that have changed since."""
    before = past.states(Kind.CI)
    changed, later = _ints(state["no"] for state in before), _ints(past.later)
    by_hand = _ints(no for no, others in present.by_hand.items() if past.later.issuperset(others))
    for now in present.cis:
        keep = ~(np.isin(now.created, later) | np.isin(now.block.nos, changed))
        yield _marked(_some_cis(now, keep), by_hand)
    yield _marked(cis_of([state for state in before if state["created"] not in past.later]), by_hand)


def _some_cis(now: CIsNow, keep: Flags) -> CIsNow:
    if keep.all():
        return now
    profiles, profile, nos, ids, names = now.block
    block = CIBlock(profiles, profile[keep], nos[keep], ids[keep], names.filter(keep))
    return CIsNow(block, now.created[keep], now.unconfirmed[keep])


def _marked(now: CIsNow, by_hand: Ints) -> CIBlock:
    """The CIs; those that only people have described and nobody has confirmed are unverified."""
    unverified = now.unconfirmed & np.isin(now.block.nos, by_hand)
    if not unverified.any():
        return now.block
    known = now.block.profiles
    return now.block._replace(
        profiles=(*known, *(profile._replace(unverified=True) for profile in known)),
        profile=now.block.profile + np.int32(len(known)) * unverified,
    )


def relationships_at(present: Present, past: Past) -> Iterator[RelationshipBlock]:
    """The relationships as they were: those of `present`, and all that have changed since."""
    before = {_identity(state): state for state in past.states(Kind.RELATIONSHIP)}
    owners, later = _ints(dependent for dependent, *_ in before), _ints(past.later)
    for now in present.relationships:
        keep = ~np.isin(now.created, later)
        suspects = np.flatnonzero(np.isin(now.block.dependents, owners)).tolist()
        keep[[at for at in suspects if _identity_of(now.block, at) in before]] = False
        yield _some_relationships(now, keep)
    there = (state for state in before.values() if state["created"] not in past.later)
    yield from (now.block for now in relationships_of(there))


def _some_relationships(now: RelationshipsNow, keep: Flags) -> RelationshipBlock:
    if keep.all():
        return now.block
    terms, dependents, providers, groups = now.block
    some = None if groups is None else groups.filter(keep)
    return RelationshipBlock(terms, dependents[keep], providers[keep], some)


Identity = tuple[int, int, str, str | None]
"""Numbers of dependent and provider, type, group."""


def _identity(state: State) -> Identity:
    return state["dependent_no"], state["provider_no"], state["type"].lower(), state.get("group")


def _identity_of(block: RelationshipBlock, at: int) -> Identity:
    group = None if block.groups is None else block.groups[at].as_py()
    return int(block.dependents[at]), int(block.providers[at]), block.terms.type, group


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int32)
