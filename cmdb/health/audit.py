"""A baseline against what discovery has seen since."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from neo4j import ManagedTransaction

from cmdb.database import Database
from cmdb.errors import InvalidInput
from cmdb.health.drift import Found, Missed, Part, missed_between, parts_between
from cmdb.health.figures import EVERYTHING, FIRST, Selection
from cmdb.health.makers import Maker, makers
from cmdb.health.models import Audit, CIRef, Deviation, FieldChange
from cmdb.history import Difference, Kind, latest, moment
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
    parts = parts_between(store.database, first.seq, last.seq)
    missed = missed_between(store.database, first.seq, last.seq)
    revisions = {part.revision for part in parts} | {one.revision for one in missed}
    made = store.database.snapshot(lambda tx: makers(tx, revisions))
    seen = [part for part in parts if made[part.revision].is_discovery]
    cis = _cis(store.database, seen, missed)
    deviations = [
        *(_deviation(part, made[part.revision], cis) for part in seen),
        *(_absence(one, made[one.revision], cis) for one in missed),
    ]
    wanted = sorted(_selected(store, deviations, selection), key=_order)
    counts = Counter(one.found for one in wanted)
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
        items=wanted[start:end],
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


class _Names(NamedTuple):
    """What is told of the CIs that deviations name."""

    refs: Mapping[str, CIRef]
    owners: Mapping[str, str | None]


def _cis(database: Database, parts: Sequence[Part], missed: Sequence[Missed]) -> _Names:
    ids = {id_ for part in parts for id_ in _ends(part.difference) if id_} | {one.ci for one in missed}
    return database.snapshot(lambda tx: _read_cis(tx, ids))


def _read_cis(tx: ManagedTransaction, ids: Collection[str]) -> _Names:
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
    told = [dict(row) for row in rows]
    refs = {row["id"]: CIRef(id=row["id"], name=row["name"], class_=row["class"]) for row in told}
    return _Names(refs, {row["id"]: row["owner"] for row in told})


def _ends(one: Difference) -> tuple[str, str | None]:
    """The ids of the CI or the dependent, and of the provider."""
    if one.kind is Kind.CI:
        return one.subject, None
    dependent, _, provider, _ = one.subject.split(" ", 3)
    return dependent, provider


def _deviation(part: Part, maker: Maker, cis: _Names) -> Deviation:
    one = part.difference
    before, after = one.before or {}, one.after or {}
    ci, provider = _ends(one)
    state = after or before
    return Deviation(
        found=part.found,
        ci=cis.refs[ci],
        owner=cis.owners[ci],
        relationship=str(state["type"]).lower() if provider else None,
        provider=cis.refs[provider] if provider else None,
        group=state.get("group") if provider else None,
        fields=[FieldChange(name=f, before=before.get(f), after=after.get(f)) for f in part.fields],
        since=None,
        source=maker.source,
        **_revision(maker),
    )


def _absence(one: Missed, maker: Maker, cis: _Names) -> Deviation:
    return Deviation(
        found="missing",
        ci=cis.refs[one.ci],
        owner=cis.owners[one.ci],
        relationship=None,
        provider=None,
        group=None,
        fields=[],
        since=one.since,
        source=one.source,
        **_revision(maker),
    )


def _revision(maker: Maker) -> dict[str, Any]:
    revision = maker.revision
    return {
        "revision": revision.seq,
        "at": revision.at,
        "origin": revision.origin,
        "actor": revision.actor,
    }


def _selected(store: Store, deviations: Sequence[Deviation], selection: Selection) -> Iterator[Deviation]:
    classes = store.catalogue.refining([selection.class_name]) if selection.class_name else None
    for one in deviations:
        if (
            (classes is None or one.ci.class_ in classes)
            and selection.owner in (None, one.owner)
            and selection.source in (None, one.source)
        ):
            yield one


def _order(one: Deviation) -> tuple[Any, ...]:
    provider = one.provider.id if one.provider else ""
    return (
        ORDER[one.found],
        one.ci.name,
        one.ci.id,
        one.relationship or "",
        provider,
        one.group or "",
        one.revision,
        one.source or "",
    )
