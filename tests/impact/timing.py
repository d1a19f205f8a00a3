"""Between the engine and the oracle of outages: questions one way, answers the other."""

import numpy as np

from impact.analysis.outages import ENDLESS, NONE, Durations, Outages
from impact.projection import Projection
from tests.impact import oracle_outages as oracle
from tests.impact.oracle_outages import TimedAnswer, TimedQuestion


def asked_of_engine(projection: Projection, question: TimedQuestion) -> Durations:
    return Durations(
        projection.cis.find(question.failed),
        np.array([min(seconds, ENDLESS) for seconds in question.failed.values()], dtype=np.int32),
        projection.cis.find(sorted(question.degraded)),
        projection.cis.find(sorted(question.not_impacted)),
    )


def told_by_engine(found: Outages) -> TimedAnswer:
    nos = found.projection.cis.no
    answer = TimedAnswer(dict.fromkeys(nos.tolist(), 0.0), dict.fromkeys(nos.tolist(), "up"))
    columns = (found.cis, found.seconds, found.impaired, found.endangered)
    for ci, told, degraded, at_risk in zip(*(column.tolist() for column in columns), strict=True):
        seconds = oracle.ENDLESS if told == ENDLESS else float(told)
        answer.seconds[int(nos[ci])] = seconds
        answer.state[int(nos[ci])] = oracle.worst_state(seconds, degraded != NONE, at_risk != NONE)
    return answer
