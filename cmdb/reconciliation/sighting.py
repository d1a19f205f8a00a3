"""Takes in what sources see: writes their records, and settles the CIs that these describe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cmdb.catalogue import Catalogue
from cmdb.history import Draft
from cmdb.reconciliation.creation import create_cis, create_pending
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.merging import Effect, Outcome, effect, merged
from cmdb.reconciliation.observation import Observation
from cmdb.reconciliation.records import Known, change_records, lock_records
from cmdb.reconciliation.settlement import settle
from cmdb.reconciliation.view import View


@dataclass(frozen=True, slots=True)
class Sighting:
    """An observation that has been checked; `values` are those of the CI it would create."""

    observation: Observation
    values: Mapping[str, Any] | None


def take_in(draft: Draft, catalogue: Catalogue, view: View, sightings: Sequence[Sighting]) -> list[Effect]:
    """Write the records of these sightings and settle what follows; native ids must differ.

    Returns the effect of each.
    """
    known = lock_records(draft, (view.key(s.observation.native_id) for s in sightings))
    batch = _Batch(view)
    effects = [
        batch.add(sighting, known.get(view.key(sighting.observation.native_id))) for sighting in sightings
    ]
    batch.write(draft, catalogue)
    return effects


class _Batch:
    """The writes that a number of sightings call for."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._new: list[tuple[Record, Mapping[str, Any]]] = []
        self._pending: list[Record] = []
        self._adopted: list[tuple[Record, Mapping[str, Any]]] = []
        self._changes: list[tuple[Mapping[str, Any], Record]] = []
        self._attributes_of: set[str] = set()
        self._relations_of: set[str] = set()

    def add(self, sighting: Sighting, known: Known | None) -> Effect:
        seen = effect(known.record if known else None, sighting.observation)
        if known is None:
            self._create(sighting)
        elif {seen.attributes, *seen.relations} & {Outcome.CREATED, Outcome.CHANGED}:
            self._change(sighting, known, seen)
        return seen

    def _create(self, sighting: Sighting) -> None:
        view, native_id = self._view, sighting.observation.native_id
        empty = Record(view.key(native_id), view.source, view.scope, native_id, view.observed_at)
        record = merged(empty, sighting.observation)
        if sighting.values is None:
            self._pending.append(record)
        else:
            self._new.append((record, sighting.values))

    def _change(self, sighting: Sighting, known: Known, seen: Effect) -> None:
        record = replace(merged(known.record, sighting.observation), observed_at=self._view.observed_at)
        self._changes.append((known.properties, record))
        if known.ci is None:
            if sighting.values is not None:
                self._adopted.append((record, sighting.values))
            return
        if seen.attributes not in (None, Outcome.UNCHANGED):
            self._attributes_of.add(known.ci)
        if seen.relations.keys() - {Outcome.UNCHANGED}:
            self._relations_of.add(known.ci)

    def write(self, draft: Draft, catalogue: Catalogue) -> None:
        change_records(draft, self._changes)
        created = create_cis(draft, catalogue, self._new, known=False)
        adopted = create_cis(draft, catalogue, self._adopted, known=True)
        create_pending(draft, self._pending)
        related = {
            id_
            for (record, _), id_ in zip([*self._new, *self._adopted], [*created, *adopted], strict=True)
            if record.relations
        }
        settle(draft, catalogue, self._attributes_of, self._relations_of | related, adopted)
