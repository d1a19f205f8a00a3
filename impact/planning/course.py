"""The moments of a plan, the worst of them, and what becomes of services over all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise

import numpy as np

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.analysis.propagation import Causes
from impact.answer.details import Details
from impact.answer.models import CIRef, Listed
from impact.answer.order import services, urgency
from impact.arrays import NOBODY, Ints
from impact.planning.models import Course, Moment, ServiceFate, Stretch
from impact.planning.spans import FOREVER, Span, Spans, holds, length, union, without
from impact.planning.spells import Spells, at, causes
from impact.planning.timeline import timeline
from impact.projection import Projection
from impact.questions.alone import worth_of
from impact.questions.exposure import new_points
from impact.questions.naming import ref
from impact.questions.one_more import services_of

SHOWN = 100
NOTHING = Causes(NOBODY, NOBODY, NOBODY)


@dataclass(frozen=True, slots=True)
class _Slice:
    """A moment by index of CIs."""

    span: Span
    spells: Spells
    cis: tuple[int, int]
    """How many are down and degraded."""
    services: tuple[Ints, Ints, Ints]
    """Those down, degraded and exposed."""


def course(projection: Projection, catalogue: Catalogue, spells: Spells) -> Course:
    """What follows from spells, moment by moment."""
    return _Course(projection, catalogue, spells).told()


class _Course:
    def __init__(self, projection: Projection, catalogue: Catalogue, spells: Spells) -> None:
        self._projection, self._catalogue, self._spells = projection, catalogue, spells
        found = timeline(projection, spells)
        self._away = found.away
        self._degraded = {
            ci: rest
            for ci, spans in found.degraded.items()
            if (rest := without(spans, self._away.get(ci, ())))
        }
        self._exposed_by: dict[Spells, Ints] = {}

    def told(self) -> Course:
        slices = list(self._slices())
        worst = max(slices, key=self._severity, default=None)
        return Course(
            moments=[self._moment(one) for one in slices],
            worst=self._moment(worst) if worst else None,
            services=self._fates(slices),
        )

    def _slices(self) -> Iterator[_Slice]:
        """All moments in which anything is not as ever, or a step works on it."""
        counters = [_Counter(spans.values()) for spans in (self._away, self._degraded)]
        for begin, end in pairwise(self._bounds()):
            spells = at(self._spells, begin)
            down, degraded = (
                self._at(spans, begin) for spans in (self._services_away, self._services_degraded)
            )
            exposed = np.setdiff1d(self._exposed(spells), np.union1d(down, degraded)).astype(np.int32)
            away, weak = (counter.holding(begin) for counter in counters)
            if away or weak or spells:
                yield _Slice((begin, end), spells, (away, weak), (down, degraded, exposed))

    def _bounds(self) -> list[int]:
        """The moments at which a step or a CI changes."""
        spans = [(spell.begin, spell.end) for spell in self._spells]
        for known in (self._away, self._degraded):
            spans += [span for of_one in known.values() for span in of_one]
        return sorted({moment for span in spans for moment in span})

    @cached_property
    def _services_away(self) -> Mapping[int, Spans]:
        return self._of_services(self._away)

    @cached_property
    def _services_degraded(self) -> Mapping[int, Spans]:
        return self._of_services(self._degraded)

    def _of_services(self, known: Mapping[int, Spans]) -> Mapping[int, Spans]:
        cis = np.array(sorted(known), dtype=np.int32)
        kept = cis[services(cis, self._projection.cis, self._catalogue)]
        return {ci: known[ci] for ci in kept.tolist()}

    def _at(self, known: Mapping[int, Spans], moment: int) -> Ints:
        return np.array([ci for ci, spans in known.items() if holds(spans, moment)], dtype=np.int32)

    def _exposed(self, spells: Spells) -> Ints:
        """The services with a new single point while some spells last, and those that would fall in time."""
        if spells not in self._exposed_by:
            analysis = Analysis(self._projection, self._projection, causes(spells), NOTHING)
            of_all = services_of(self._projection, self._catalogue)
            exposed = [service for service, _ in new_points(analysis, of_all)]
            waiting = np.intersect1d(analysis.outcome.failed, of_all)
            self._exposed_by[spells] = np.union1d(exposed, waiting).astype(np.int32)
        return self._exposed_by[spells]

    def _severity(self, one: _Slice) -> tuple[int, ...]:
        worth = (int(worth_of(self._projection, cis).sum()) for cis in one.services)
        begin, end = one.span
        return (*worth, *one.cis, end - begin, -begin)

    def _fates(self, slices: Iterable[_Slice]) -> list[ServiceFate]:
        exposed: dict[int, list[Span]] = {}
        for one in slices:
            for service in one.services[2].tolist():
                exposed.setdefault(service, []).append(one.span)
        hit = sorted({*self._services_away, *self._services_degraded, *exposed})
        fates = [self._fate(service, union(exposed.get(service, ()))) for service in hit]
        return sorted(fates, key=_order)

    def _fate(self, service: int, exposed: Spans) -> ServiceFate:
        details = Details.of(self._projection.cis, service)
        return ServiceFate(
            **vars(ref(self._projection.cis, service)),
            criticality=details.criticality,
            owner=details.owner,
            down=length(self._away.get(service, ())),
            away=[stretch(span) for span in self._away.get(service, ())],
            degraded=length(self._degraded.get(service, ())),
            exposed=length(exposed),
        )

    def _moment(self, one: _Slice) -> Moment:
        down, degraded, exposed = (self._listed(cis) for cis in one.services)
        return Moment(
            **dict(stretch(one.span)),
            steps=list(dict.fromkeys(spell.step for spell in one.spells)),
            down=one.cis[0],
            degraded=one.cis[1],
            services_down=down,
            services_degraded=degraded,
            services_exposed=exposed,
        )

    def _listed(self, found: Ints) -> Listed[CIRef]:
        cis = self._projection.cis
        ordered = sorted(
            found.tolist(), key=lambda ci: (urgency(cis.described(ci).criticality), cis.rank[ci])
        )
        return Listed(count=len(ordered), first=[ref(cis, ci) for ci in ordered[:SHOWN]])


class _Counter:
    """How many of some sets hold a moment."""

    def __init__(self, sets: Iterable[Spans]) -> None:
        spans = [span for spans in sets for span in spans]
        self._begins, self._ends = (np.sort([span[at] for span in spans]) for at in (0, 1))

    def holding(self, moment: int) -> int:
        """How many do: those that have begun, less those that have ended."""
        begun, ended = (np.searchsorted(bounds, moment, "right") for bounds in (self._begins, self._ends))
        return int(begun - ended)


def moment(seconds: int) -> datetime:
    """A time from seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def stretch(span: Span) -> Stretch:
    """The same as an answer tells it."""
    return Stretch(begin=moment(span[0]), end=None if span[1] == FOREVER else moment(span[1]))


def _order(fate: ServiceFate) -> tuple[object, ...]:
    """The longest away first, then degraded, then exposed; at last by name."""
    lengths = (FOREVER if one is None else one for one in (fate.down, fate.degraded, fate.exposed))
    return (*(-one for one in lengths), urgency(fate.criticality), fate.name, fate.id)
