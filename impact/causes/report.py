"""From a ranking to the answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from impact.analysis import Analysis
from impact.analysis.propagation import Causes
from impact.answer.models import CIRef, Listed, Step
from impact.answer.writer import Writer
from impact.arrays import NOBODY, Ints
from impact.causes.models import AlikeCauses, Cause, RankedCause, RootCauses, Suspected, Symptom, Weights
from impact.causes.observations import Observations, Seen
from impact.causes.ranking import Alike, Candidate, ranking
from impact.causes.suspicion import Suspicion
from impact.causes.text import behind, told
from impact.causes.trials import Trials
from impact.projection import Projection

SHOWN = 10
"""CIs of each kind, but symptoms."""
DIGITS = 3
NOTHING = Causes(NOBODY, NOBODY, NOBODY)


def found_causes(
    projection: Projection,
    found: Mapping[str, int],
    observations: Observations,
    suspects: Suspicion,
    most: int,
    symptoms: int,
) -> RootCauses:
    """The `most` likeliest explanations, each with the way to `symptoms` of what it explains.

    `found` are the indices of the CIs observed, by id.
    """
    trials = Trials(projection, Seen.of(observations, found, projection.cis), suspects)
    told = ranking(trials, most)
    onsets = {found[id_]: at for id_, at in observations.onsets.items()}
    teller = Teller(trials, onsets, _weights(told.groups[0].first), symptoms)
    return RootCauses(
        revision=projection.revision.seq,
        as_of=projection.revision.at,
        alarms=len(trials.seen.alarms),
        healthy=len(trials.seen.healthy),
        began=observations.began,
        tried=told.tried,
        explanations=[teller.told(group, index == 0) for index, group in enumerate(told.groups)],
        purged=projection.purged,
    )


class Teller:
    """Names what explanations on one graph say."""

    def __init__(self, trials: Trials, onsets: dict[int, datetime], first: Weights, symptoms: int) -> None:
        self._trials = trials
        self._onsets = onsets
        self._first = first
        self._symptoms = symptoms
        self._names = Writer(Analysis(trials.projection, trials.projection, NOTHING, NOTHING))

    def told(self, group: Alike, is_first: bool) -> RankedCause:
        """A group of explanations, the first of them with its evidence."""
        candidate, seen = group.first, self._trials.seen
        failed = np.array(sorted(candidate.cis), dtype=np.int32)
        hurt = self._trials.hurt(failed)
        explained = np.intersect1d(seen.alarms, hurt)
        contradicted = np.intersect1d(seen.healthy, hurt)
        weights = _weights(candidate)
        answer = RankedCause(
            causes=[self._cause(ci) for ci in candidate.cis],
            text="",
            against_first=None if is_first else behind(weights, self._first),
            confidence=round(candidate.confidence, DIGITS),
            with_alike=round(group.confidence, DIGITS),
            weights=weights,
            explained=len(explained),
            symptoms=self._evidence(failed, explained),
            unexplained=self._listed(np.setdiff1d(seen.alarms, explained)),
            contradicted=self._listed(contradicted),
            silent=len(hurt) - len(explained) - len(contradicted),
            early=candidate.early,
            alike=self._alike(group.candidates[1:]),
        )
        return answer.model_copy(update={"text": told(answer, len(seen.alarms))})

    def _cause(self, ci: int) -> Cause:
        suspects = self._trials.suspicion.of(ci)
        return Cause(
            **vars(self._names.ref(ci)),
            alarms=ci in self._trials.seen.alarms,
            onset=self._onsets.get(ci),
            suspected=[
                Suspected(kind=s.event.kind, at=s.event.at, what=s.event.what, times=round(s.times, 1))
                for s in suspects
            ],
        )

    def _evidence(self, failed: Ints, explained: Ints) -> list[Symptom]:
        """The first symptoms, the earliest and then the nearest to a cause before others."""
        projection = self._trials.projection
        analysis = Analysis(projection, projection, Causes(failed, NOBODY, NOBODY), NOTHING)
        writer, rank = Writer(analysis), projection.cis.rank
        onset = self._trials.seen.watched.onset
        order = np.lexsort((rank[explained], analysis.distances(explained), onset[explained]))
        return [
            Symptom(
                **vars(writer.ref(ci)),
                state=writer.state(ci),
                onset=self._onsets.get(ci),
                path=_path(writer, ci),
            )
            for ci in explained[order[: self._symptoms]].tolist()
        ]

    def _listed(self, cis: Ints) -> Listed[CIRef]:
        first = cis[np.argsort(self._trials.projection.cis.rank[cis])][:SHOWN]
        return Listed(count=len(cis), first=self._names.refs(first.tolist()))

    def _alike(self, others: Sequence[Candidate]) -> Listed[AlikeCauses]:
        first = [
            AlikeCauses(causes=self._names.refs(one.cis), confidence=round(one.confidence, DIGITS))
            for one in others[:SHOWN]
        ]
        return Listed(count=len(others), first=first)


def _weights(candidate: Candidate) -> Weights:
    told = {name: float(column[0]) for name, column in candidate.parts._asdict().items()}
    return Weights(**{part: round(value, 2) for part, value in told.items()}, score=round(candidate.score, 2))


def _path(writer: Writer, ci: int) -> list[Step]:
    reason = writer.item(ci).reason
    return reason.path if reason else []
