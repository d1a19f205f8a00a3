"""A baseline against what discovery has seen since."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from neo4j import ManagedTransaction

from cmdb.errors import InvalidInput
from cmdb.health.drift import Found, Part, missed_between, parts_between
from cmdb.health.figures import EVERYTHING, FIRST, Selection
from cmdb.health.makers import Maker, makers
from cmdb.health.models import Audit, CIRef, Deviation, FieldChange
from cmdb.history import latest, moment
from cmdb.store import Page, Store

ORDER: Mapping[Found, int] = {"missing": 0, "changed": 1, "new": 2}


def audit(
    store: Store,
    baseline: str,
    selection: Selection = EVERYTHING,
    page: Page = FIRST,
) -> Audit:
    """What discovery has seen since a baseline, or any other moment, that differs from the graph then.

    What people have changed since is counted, not listed. A class and an owner select CIs and the
    relationships of dependents, a source the imports of that source. Raises NotFound for the moment.
    """
    seq, start = _cursor(page.cursor)
    first = moment(store.database, baseline)
    last = moment(store.database, str(seq)) if seq else latest(store.database)
    if last.seq < first.seq:
        raise _bad_cursor()
    parts = [
        *parts_between(store.database, first.seq, last.seq),
        *missed_between(store.database, first.seq, last.seq),
    ]
    revisions = {part.revision for part in parts}
    made = store.database.snapshot(lambda tx: makers(tx, revisions))
    seen = [part for part in parts if made[part.revision].is_discovery]
    names = store.database.snapshot(lambda tx: _names(tx, seen))
    wanted = sorted(_selected(store, seen, selection, made, names), key=partial(_order, names))
    counts = Counter(part.found for part in wanted)
    end = start + page.limit
    return Audit(
        revision=last.seq,
        as_of=last.at,
        baseline=baseline,
        baseline_revision=first.seq,
        missing=counts["missing"],
        changed=counts["changed"],
        new=counts["new"],
        by_people=len(parts) - len(seen),
        items=[_deviation(part, made[part.revision], names) for part in wanted[start:end]],
        next=f"{last.seq} {end}" if end < len(wanted) else None,
    )


def _cursor(cursor: str | None) -> tuple[int, int]:
    """The revision that the list is of, and how many items came before; a revision is never 0."""
    if cursor is None:
        return 0, 0
    numbers = cursor.split(" ")
    if len(numbers) != 2 or not all(one.isascii() and one.isdecimal() and len(one) < 16 for one in numbers):
        raise _bad_cursor()
    return int(numbers[0]), int(numbers[1])


def _bad_cursor() -> InvalidInput:
    return InvalidInput("The cursor is none that this audit gave as `next`.")


class _Named(NamedTuple):
    """What is told of a CI that a deviation names."""

    name: str
    class_name: str
    owner: str | None


Names = Mapping[str, _Named]


def _names(tx: ManagedTransaction, parts: Sequence[Part]) -> Names:
    """What is told of the CIs that parts name, by id."""
    ids = {part.ci for part in parts} | {part.relationship[1] for part in parts if part.relationship}
    rows = tx.run(
        """
        UNWIND $ids AS id
        CALL (id) {
            MATCH (ci:CI {id: id}) RETURN ci UNION MATCH (ci:RetiredCI {id: id}) RETURN ci
        }
        RETURN id, ci.name AS name, ci.class AS class, ci.owner AS owner
        """,
        ids=list(ids),
    )
    return {row["id"]: _Named(row["name"], row["class"], row["owner"]) for row in rows}


def _selected(
    store: Store, parts: Sequence[Part], selection: Selection, made: Mapping[int, Maker], names: Names
) -> Iterator[Part]:
    classes = store.catalogue.refining([selection.class_name]) if selection.class_name else None
    for part in parts:
        ci, source = names[part.ci], part.missed_by or made[part.revision].source
        if (
            (classes is None or ci.class_name in classes)
            and selection.owner in (None, ci.owner)
            and selection.source in (None, source)
        ):
            yield part


def _order(names: Names, part: Part) -> tuple[object, ...]:
    return (
        ORDER[part.found],
        names[part.ci].name,
        part.ci,
        part.relationship or (),
        part.revision,
        part.missed_by or "",
    )


def _deviation(part: Part, maker: Maker, names: Names) -> Deviation:
    type_, provider, group = part.relationship or (None, None, None)
    before = (part.difference and part.difference.before) or {}
    after = (part.difference and part.difference.after) or {}
    return Deviation(
        found=part.found,
        ci=_ref(part.ci, names),
        owner=names[part.ci].owner,
        relationship=type_,
        provider=_ref(provider, names) if provider else None,
        group=group or None,
        fields=[FieldChange(name=f, before=before.get(f), after=after.get(f)) for f in part.fields],
        since=part.since,
        source=part.missed_by or maker.source,
        revision=maker.revision.seq,
        at=maker.revision.at,
        origin=maker.revision.origin,
        actor=maker.revision.actor,
    )


def _ref(id_: str, names: Names) -> CIRef:
    return CIRef(id=id_, name=names[id_].name, class_=names[id_].class_name)
