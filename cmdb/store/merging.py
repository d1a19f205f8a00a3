"""Merging CIs that are one thing, splitting one that is several, and saying that they are not one."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from uuid_utils import uuid7

from cmdb.catalogue import MANUAL, Catalogue
from cmdb.errors import Conflict, InvalidInput
from cmdb.history import Author, Draft, Revision, revise
from cmdb.identity import decide, namesakes
from cmdb.reconciliation.creation import new_ci
from cmdb.reconciliation.evaluation import Record, evaluate_attributes
from cmdb.reconciliation.records import Known, lock_records
from cmdb.reconciliation.rewriting import records_by_id, rewrite
from cmdb.reconciliation.settlement import stated_values
from cmdb.store.base import Store, Target, locked


def merge(store: Store, author: Author, keep: Target, others: Sequence[Target]) -> Revision | None:
    """Let one CI be what several were: their records describe `keep`, their ids become names for it.

    The others retire; parts that bear the same name are merged too. Without others, it is confirmed that all
    records of `keep` are one thing. Raises NotFound, Outdated.
    """
    losing = [other.id for other in others if other.id != keep.id]

    def work(draft: Draft) -> None:
        locked(draft, [keep, *others])
        for id_ in losing:
            _merge(draft, author, store.catalogue, id_, keep.id)
        if not losing:
            _decide(draft, author, [_records(draft, [keep.id])])

    return revise(store.database, author, work)[1]


def keep_apart(store: Store, author: Author, cis: Collection[Target]) -> Revision | None:
    """Note that CIs are different things, whatever they share. Raises NotFound, Outdated."""

    def work(draft: Draft) -> None:
        locked(draft, cis)
        _decide(draft, author, [_records(draft, [ci.id]) for ci in cis])

    return revise(store.database, author, work)[1]


def split(store: Store, author: Author, ci: Target, records: Collection[str]) -> tuple[str, Revision | None]:
    """Let some of the records (by key) of a CI describe another; return its id.

    That is the id that a merge took away where the records came with it, or else a new one. Raises NotFound,
    Outdated, InvalidInput for records of other CIs, Conflict where one of the two would not be described.
    """
    new = str(uuid7())

    def work(draft: Draft) -> str:
        locked(draft, [ci])
        own = _records(draft, [ci.id])
        if strange := sorted(set(records) - own):
            raise InvalidInput(f"{', '.join(strange)} does not describe {ci.id}.")
        known = list(lock_records(draft, own).values())
        leaving = [one for one in known if one.record.key in records]
        for some in (leaving, [one for one in known if one not in leaving]):
            _require_description(store.catalogue, [one.record for one in some])
        target = _former(leaving, ci.id) or _create(draft, store.catalogue, leaving, new)
        rewrite(draft, store.catalogue, [(one, replace(one.record, ci=target)) for one in leaving])
        _decide(draft, author, [set(records), own - set(records)])
        return target

    return revise(store.database, author, work)


def _merge(draft: Draft, author: Author, catalogue: Catalogue, losing: str, keep: str) -> None:
    """Move all records of a CI, and merge those of its parts that bear the name of one of the other's."""
    records_by_id(draft, [losing])  # by this record, the id leads to the CI that is kept
    known = lock_records(draft, _records(draft, [losing]))
    _decide(draft, author, [_records(draft, [losing, keep])])
    rewrite(draft, catalogue, [(one, replace(one.record, ci=keep)) for one in known.values()])
    for first, *others in namesakes(draft, catalogue, keep):
        for other in others:
            _merge(draft, author, catalogue, other, first)


def _records(draft: Draft, ids: Collection[str]) -> set[str]:
    rows = draft.run(
        """
        UNWIND $ids AS id
        MATCH (record:SourceRecord)-[:DESCRIBES]->(:CI|RetiredCI {id: id})
        RETURN record.key AS key
        """,
        ids=list(ids),
    )
    return {row["key"] for row in rows}


def _decide(draft: Draft, author: Author, groups: Sequence[Collection[str]]) -> None:
    decide(draft, str(uuid7()), groups, {"actor": author.actor, "reason": author.reason})


def _require_description(catalogue: Catalogue, records: Sequence[Record]) -> None:
    if evaluate_attributes(catalogue, records) is None:
        keys = ", ".join(record.key for record in records) or "nothing"
        raise Conflict(f"{keys} alone would not say what the CI is; leave it a record with class and name.")


def _former(leaving: Sequence[Known], ci: str) -> str | None:
    """The id that the leaving records had before a merge."""
    former = [one.record.native_id for one in leaving if one.record.source == MANUAL]
    return next((id_ for id_ in former if id_ != ci), None)


def _create(draft: Draft, catalogue: Catalogue, records: Sequence[Known], id_: str) -> str:
    """Create the CI that these records describe."""
    values = stated_values(catalogue, [one.record for one in records]) or {}
    (no,) = draft.numbers("ci", 1)
    draft.created()
    draft.run("CREATE (ci:$($labels)) SET ci = $ci", **new_ci(draft, catalogue, values, id_, no))
    return id_
