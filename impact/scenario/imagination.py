"""The graph as a scenario imagines it: with other relationships and CIs than there are."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from cmdb.errors import InvalidInput
from impact.arrays import Flags, ranges
from impact.projection import (
    OUTSIDE,
    CIRow,
    Links,
    Projection,
    RelationshipRow,
    ci_block,
    relationship_block,
)
from impact.scenario.scenario import Imagination, ImaginedRelationship, RelationshipRef

NIL = "00000000-0000-0000-0000-{:012d}"
"""Ids of CIs that do not exist."""


def imagine(
    projection: Projection, imagined: Imagination, found: Mapping[str, int]
) -> tuple[Projection, Mapping[str, int]]:
    """The projection with what differs, and the indices of all CIs spoken of, imagined ones by name.

    `found` are the indices of real ones by id. Raises InvalidInput for a relationship to be removed that
    does not exist, and for a group that could never have what it needs.
    """
    if imagined == Imagination():
        return projection, found
    wider, found = _with_cis(projection, imagined, found)
    smaller = _without(wider, imagined, found)
    larger = _with_relationships(smaller, imagined, found)
    _require_meetable(larger, imagined, found)
    return larger, found


def _with_cis(
    projection: Projection, imagined: Imagination, found: Mapping[str, int]
) -> tuple[Projection, Mapping[str, int]]:
    first = len(projection.cis.index)
    names = [ci.name for ci in imagined.cis]
    rows = [
        CIRow(first + place, ci.class_, "operational", ci.name, NIL.format(first + place))
        for place, ci in enumerate(imagined.cis)
    ]
    cis = projection.cis.replaced(map(ci_block, rows), ())
    indices = cis.find(row.no for row in rows).tolist()
    return replace(projection, cis=cis), {**found, **dict(zip(names, indices, strict=True))}


def _without(projection: Projection, imagined: Imagination, found: Mapping[str, int]) -> Projection:
    """The projection without what is removed."""
    gone = np.array(sorted(found[id_] for id_ in imagined.without_cis), dtype=np.int32)
    wiring = projection.wiring
    dependents = wiring.dependent[ranges(wiring.row[gone][:, [0, 3]])]
    named = np.array([found[removed.dependent] for removed in imagined.without_relationships], dtype=np.int32)
    owners = np.unique(np.concatenate((gone, dependents, named)))
    links = projection.groups.links(owners)
    keep = ~np.isin(links.provider, gone) & ~np.isin(links.dependent, gone)
    for removed in imagined.without_relationships:
        keep &= ~_meant(links, removed, found)
    return projection.rewired(owners, links.where(keep))


def _meant(links: Links, removed: RelationshipRef, found: Mapping[str, int]) -> Flags:
    """Which relationships are to be removed."""
    types = [terms.type == (removed.type or terms.type) for terms in links.terms]
    meant: Flags = (links.dependent == found[removed.dependent]) & (links.provider == found[removed.provider])
    meant &= np.array(types, dtype=np.bool_)[links.told]
    if removed.group is not None:
        meant[meant] = [index >= 0 and links.labels[index] == removed.group for index in links.label[meant]]
    if not meant.any():
        raise InvalidInput(
            "A relationship that the scenario removes does not exist: "
            f"{removed.dependent} {removed.type or 'depends'} on {removed.provider}."
        )
    return meant


def _with_relationships(
    projection: Projection, imagined: Imagination, found: Mapping[str, int]
) -> Projection:
    """The projection with what is added."""
    by_owner: dict[int, list[ImaginedRelationship]] = {}
    for relationship in imagined.relationships:
        by_owner.setdefault(found[relationship.dependent], []).append(relationship)
    nos = projection.cis.no
    rows: list[RelationshipRow] = []
    for owner, added in by_owner.items():
        told = list(_rows(projection, owner))
        for relationship in added:
            told = _added(told, relationship, int(nos[owner]), int(nos[found[relationship.provider]]))
        rows += told
    owners = np.array(sorted(by_owner), dtype=np.int32)
    return projection.rewired(owners, Links.of(map(relationship_block, rows), projection.cis.index))


def _rows(projection: Projection, owner: int) -> Iterator[RelationshipRow]:
    """The relationships of a CI as they are."""
    links = projection.groups.links(np.array([owner], dtype=np.int32))
    nos = projection.cis.no
    for provider, label, told in zip(links.provider, links.label, links.told, strict=True):
        terms = links.terms[told]._asdict()
        group = links.labels[label] if label != OUTSIDE else None
        outside = provider == OUTSIDE
        yield RelationshipRow(
            int(nos[owner]), OUTSIDE if outside else int(nos[provider]), group=group, **terms
        )


def _added(
    rows: list[RelationshipRow], relationship: ImaginedRelationship, dependent: int, provider: int
) -> list[RelationshipRow]:
    """The relationships of a CI with one more, whose need and strength hold for its whole group."""
    group = [row for row in rows if row.group is not None and row.group == relationship.group]
    need = relationship.need if relationship.need is not None else group[0].need if group else None
    strength = relationship.strength or (group[0].strength if group else None)
    row = RelationshipRow(
        dependent,
        provider,
        relationship.type,
        relationship.group,
        need,
        strength,
        relationship.weight,
        failover=group[0].failover if group else None,
    )
    others = [
        each._replace(need=need, strength=strength) if each in group else each
        for each in rows
        if (each.provider, each.type, each.group) != (provider, row.type, row.group)
    ]
    return [*others, row]


def _require_meetable(projection: Projection, imagined: Imagination, found: Mapping[str, int]) -> None:
    """Refuse a need that the scenario states and nothing can meet."""
    groups = projection.groups
    for relationship in imagined.relationships:
        for group in groups.of_owner(found[relationship.dependent]):
            terms = groups.group_terms(group)
            if relationship.need is not None and terms.name == relationship.group and groups.capped[group]:
                raise InvalidInput(
                    f"The group {relationship.group} can never have what the scenario says it needs: "
                    f"{relationship.need} of {terms.total}."
                )
