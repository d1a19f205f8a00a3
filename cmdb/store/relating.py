"""Saying what depends on what, and denying it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cmdb.errors import InvalidInput, NotFound
from cmdb.history import Author, Draft, Revision, revise
from cmdb.reconciliation import MANUAL, Relation, disagreements, relation_of
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.merging import united
from cmdb.reconciliation.observation import relation_identity
from cmdb.reconciliation.rewriting import records_by_id, rewrite
from cmdb.reconciliation.settlement import RETIRED
from cmdb.reconciliation.view import manual_view
from cmdb.store.base import Store, Target, locked


@dataclass(frozen=True, slots=True)
class Link:
    """A dependency of one CI (by id) on another, with the terms of its group as text or numbers.

    With `revision`, it is written only if that is still the revision that last wrote the dependent.
    """

    dependent: str
    type: str
    provider: str
    group: str = ""
    terms: dict[str, Any] = field(default_factory=dict)
    revision: int | None = None

    @property
    def ends(self) -> tuple[Target, Target]:
        """The two CIs that a write must find as expected."""
        return Target(self.dependent, self.revision), Target(self.provider)


def relate(store: Store, author: Author, links: Sequence[Link]) -> Revision | None:
    """State dependencies; one that is there takes on the terms given, and so does its whole group.

    Raises NotFound for an end that is not current, Outdated, InvalidInput for terms that cannot be meant or
    that disagree within a group.
    """
    relations = _relations(store, links)

    def work(draft: Draft) -> None:
        _require_ends(draft, links)
        known = records_by_id(draft, relations)
        rewrite(
            draft,
            store.catalogue,
            [(known[id_], _with(known[id_].record, said)) for id_, said in relations.items()],
        )

    return revise(store.database, author, work)[1]


def unrelate(store: Store, author: Author, links: Sequence[Link]) -> Revision | None:
    """Take dependencies back; those that a source still asserts are denied, whatever it says.

    Raises NotFound for a dependency that is not there, Outdated.
    """

    def work(draft: Draft) -> None:
        locked(draft, [end for link in links for end in link.ends])
        known = records_by_id(draft, {link.dependent for link in links})
        records = {id_: one.record for id_, one in known.items()}
        for link in links:
            sources = _sources(store, draft, link)
            record = records[link.dependent]
            records[link.dependent] = _without(record, store, link, denied=sources != [MANUAL])
        rewrite(draft, store.catalogue, [(known[id_], record) for id_, record in records.items()])

    return revise(store.database, author, work)[1]


def _relations(store: Store, links: Iterable[Link]) -> dict[str, list[Relation]]:
    relations: dict[str, list[Relation]] = {}
    for link in links:
        if link.dependent == link.provider:
            raise InvalidInput("A CI cannot depend on itself.")
        row = {name: str(value) for name, value in link.terms.items() if value is not None}
        row |= {"type": link.type, "to": link.provider, "group": link.group}
        relations.setdefault(link.dependent, []).append(relation_of(store.catalogue, row))
    for said in relations.values():
        for group, difference in disagreements(said).items():
            raise InvalidInput(f"The relationships of group {group!r} disagree: {difference}.")
    return relations


def _require_ends(draft: Draft, links: Iterable[Link]) -> None:
    found = locked(draft, [end for link in links for end in link.ends])
    for ci in found.values():
        if ci["status"] == RETIRED:
            raise NotFound(f"{ci['name']} is retired; restore it before you relate it.")


def _with(record: Record, relations: Iterable[Relation]) -> Record:
    return replace(
        record,
        relations=united(record.relations, tuple(relations)),
        observed_at=manual_view().observed_at,
    )


def _without(record: Record, store: Store, link: Link, denied: bool) -> Record:
    relation = Relation(type=store.catalogue.relationship(link.type).name, to=link.provider)
    if link.group:
        relation["group"] = link.group
    identity = relation_identity(relation)
    kept = tuple(one for one in record.relations if relation_identity(one) != identity)
    if denied:
        relation["denied"] = True
        kept += (relation,)
    return replace(record, relations=kept, observed_at=manual_view().observed_at)


def _sources(store: Store, draft: Draft, link: Link) -> list[str]:
    type_ = store.catalogue.relationship(link.type).type
    rows = draft.run(
        """
        MATCH (:CI {id: $dependent})-[relationship]->(:CI {id: $provider})
        WHERE type(relationship) = $type AND coalesce(relationship.group, '') = $group
        RETURN relationship.sources AS sources
        """,
        dependent=link.dependent,
        provider=link.provider,
        type=type_,
        group=link.group,
    )
    if not rows:
        raise NotFound(
            f"{link.dependent} has no relationship {type_} to {link.provider}"
            + (f" in group {link.group!r}." if link.group else " outside a group.")
        )
    return list(rows[0]["sources"])
