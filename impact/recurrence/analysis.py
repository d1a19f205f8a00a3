"""What keeps coming back in a period."""

from collections.abc import Iterable
from math import exp

from impact.projection import Projection
from impact.questions.naming import ref, refs
from impact.recurrence.bursts import bursts
from impact.recurrence.hits import Hits
from impact.recurrence.models import Occurrence, Period, Recurrence, Recurring
from impact.recurrence.rules import RecurrenceRules
from impact.recurrence.search import Finding, Search
from impact.recurrence.trials import Trials


def recurrence(
    projection: Projection, occurrences: Iterable[Occurrence], period: Period, rules: RecurrenceRules
) -> Recurrence:
    """CIs and shared providers with more incidents than chance would give, and bursts of single CIs.

    By chance, each incident hits as many CIs of the same classes and environments as it did, but any of them.
    A candidate is hit by the incidents that hit it or, if a provider, anything that depends on it at any
    distance. Their number is tested against the binomial upper tail (the mean is exact, the tail a bound),
    corrected for all candidates after Benjamini and Hochberg. See `Search` for how each thing is told once.
    """
    hits = Hits.of(projection, occurrences, period)
    trials = Trials(projection, hits, rules)
    findings = Search(projection.cis, trials, rules.false_discovery_rate).findings()
    return Recurrence(
        revision=projection.revision.seq,
        as_of=projection.revision.at,
        since=period.since,
        until=period.until,
        incidents=len(hits.incidents),
        left_out=hits.left_out,
        tested=trials.count,
        found=[_told(projection, hits, trials, finding) for finding in findings],
        bursts=bursts(projection.cis, hits, period, rules),
    )


def _told(projection: Projection, hits: Hits, trials: Trials, finding: Finding) -> Recurring:
    candidate, expected = finding.tested.candidates, float(finding.tested.by_chance[0])
    incidents = [hits.incidents[place] for place in trials.incidents(finding.tested).tolist()]
    return Recurring(
        **vars(ref(projection.cis, int(candidate.ci[0]))),
        kind="provider" if candidate.provider[0] else "ci",
        incidents=len(incidents),
        expected=expected,
        times=len(incidents) / expected,
        p_value=exp(finding.log_p),
        exposed=int(candidate.exposed[0]),
        hit=int(candidate.hit[0]),
        first_at=incidents[0].at,
        last_at=incidents[-1].at,
        numbers=[incident.number for incident in incidents],
        same=refs(projection.cis, finding.same.tolist()),
    )
