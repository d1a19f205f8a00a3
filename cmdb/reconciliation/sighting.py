"""Takes in what sources see: writes their records, and settles the CIs that these describe."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from uuid_utils import uuid7

from cmdb.catalogue import MANUAL, Catalogue
from cmdb.history import Draft
from cmdb.identity import Claimant, Matching, Register, claims
from cmdb.reconciliation.creation import Arrival, create_arrivals, create_pending
from cmdb.reconciliation.evaluation import Record, describe_alike, identify_alike, relate_alike
from cmdb.reconciliation.merging import Effect, merged
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
    batch = _Batch(draft, catalogue, view, sightings)
    batch.identify()
    batch.write()
    return batch.effects


@dataclass(frozen=True, slots=True)
class _Seen:
    """A sighting with the record that is there, and the record that follows from both."""

    sighting: Sighting
    known: Known | None
    record: Record
    effect: Effect

    @property
    def is_new(self) -> bool:
        """Whether it may come to describe a CI now."""
        return self.sighting.values is not None and (self.known is None or self.known.ci is None)

    @property
    def claims_anew(self) -> bool:
        """Whether what identifies it may have changed."""
        return self.sighting.values is not None and (
            self.known is None or not identify_alike(self.known.record, self.record)
        )


class _Batch:
    """The writes that a number of sightings call for."""

    def __init__(self, draft: Draft, catalogue: Catalogue, view: View, sightings: Sequence[Sighting]) -> None:
        self._draft = draft
        self._catalogue = catalogue
        self._view = view
        self._register = Register(draft, catalogue)
        keys = [view.key(sighting.observation.native_id) for sighting in sightings]
        known = lock_records(draft, keys)
        numbers = iter(draft.numbers("record", sum(key not in known for key in keys)))
        self._seen = [
            self._see(sighting, known.get(key), numbers)
            for key, sighting in zip(keys, sightings, strict=True)
        ]
        self.effects = [one.effect for one in self._seen]
        self._cis = {key: one.ci for key, one in known.items() if one.ci}
        """Which CI each record of this view describes, by key."""
        self._arrivals: list[Arrival] = []
        self._claims: dict[str, tuple[str, ...]] = {}
        self._reclaims: dict[str, tuple[str, ...]] = {}
        self._shared: set[str] = set()

    def _see(self, sighting: Sighting, known: Known | None, numbers: Iterator[int]) -> _Seen:
        view, observation = self._view, sighting.observation
        if known:
            number, old = known.properties["no"], known.record
        else:
            number = next(numbers)
            old = Record(view.key(observation.native_id), view.source, view.scope, observation.native_id)
        record, effect = merged(old, observation, view.observed_at)
        return _Seen(sighting, known, record, replace(effect, number=number))

    def identify(self) -> None:
        """Find the CI of each record that describes none yet, containers before what they hold."""
        self._find_containers()
        waiting = [one for one in self._seen if one.is_new or one.claims_anew]
        while ready := [one for one in waiting if self._container(one.record) is not None]:
            self._identify_all(ready)
            done = {one.record.key for one in ready}
            waiting = [one for one in waiting if one.record.key not in done]

    def _find_containers(self) -> None:
        wanted = {self._view.key(one.record.within) for one in self._seen if one.record.within}
        rows = self._draft.run(
            """
            UNWIND $keys AS key
            MATCH (:SourceRecord {key: key})-[:DESCRIBES]->(ci) RETURN key, ci.id
            """,
            keys=list(wanted - self._cis.keys()),
        )
        self._cis |= dict(map(tuple, rows))

    def _container(self, record: Record) -> str | None:
        """The id of the CI that the record's thing is a part of, "" where it is of none; None: not known."""
        return self._cis.get(self._view.key(record.within)) if record.within else ""

    def _identify_all(self, ready: list[_Seen]) -> None:
        claimed = {one.record.key: self._claims_of(one) for one in ready}
        matching = self._register.lock([key for keys in claimed.values() for key in keys])
        for one in ready:
            self._identify(one, claimed[one.record.key], matching)
        self._shared |= {key for keys in claimed.values() for key in keys if matching.is_shared(key)}

    def _claims_of(self, one: _Seen) -> tuple[str, ...]:
        values = one.sighting.values or {}
        return claims(self._catalogue, values["class"], values, self._container(one.record) or "")

    def _identify(self, one: _Seen, claimed: tuple[str, ...], matching: Matching) -> None:
        record, values = one.record, one.sighting.values or {}
        me = Claimant(record.key, record.source, record.scope, values["class"], claimed)
        if one.is_new:
            found = matching.match(me)
            ci = found or self._new_id(record)
            new = None if found else values
            self._arrivals.append(Arrival(record, one.effect.number, one.known is not None, ci, new))
            self._cis[record.key] = ci
            self._claims[record.key] = claimed
        else:
            self._reclaims[record.key] = claimed
        matching.add(replace(me, ci=self._cis[record.key]))

    def _new_id(self, record: Record) -> str:
        return record.native_id if record.source == MANUAL else str(uuid7())

    def write(self) -> None:
        """Write records and CIs, and settle what follows."""
        changed = [one for one in self._seen if one.known and one.known.record != one.record]
        change_records(self._draft, [(one.known.properties, one.record) for one in changed if one.known])
        create_arrivals(self._draft, self._catalogue, self._arrivals)
        arrived = {one.record.key for one in self._arrivals}
        create_pending(
            self._draft,
            [
                (one.record, one.effect.number)
                for one in self._seen
                if one.known is None and one.record.key not in arrived
            ],
        )
        self._register.claim(self._claims)
        self._register.reclaim(self._reclaims)
        self._register.mark_shared(self._shared)
        self._settle(changed)

    def _settle(self, changed: Sequence[_Seen]) -> None:
        joined = {one.ci for one in self._arrivals if one.values is None}
        known = [(one.known, one.record) for one in changed if one.known]
        settle(
            self._draft,
            self._catalogue,
            attributes_of=joined
            | {old.ci for old, new in known if old.ci and not describe_alike(old.record, new)},
            relations_of=joined
            | {old.ci for old, new in known if old.ci and not relate_alike(old.record, new)}
            | {one.ci for one in self._arrivals if one.record.relations},
            appeared=[one.ci for one in self._arrivals if one.known or one.values is None],
        )
