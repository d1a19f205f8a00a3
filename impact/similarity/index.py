"""All incidents, prepared so that those like a new one are found at once."""

from collections.abc import Iterable
from threading import Lock

from impact.projection import Projection
from impact.similarity.bag import Bag
from impact.similarity.explanation import Explanation
from impact.similarity.features import decayed, labels, providers, words
from impact.similarity.models import Described, Parts, Similar
from impact.similarity.query import Query, Shares, Spaces, combined
from impact.similarity.register import Register
from impact.similarity.rules import SimilarityRules
from impact.similarity.space import Floats


class SimilarIncidents:
    """An index of incidents; safe to share between threads.

    Providers are noted by number, as the graph is when an incident is added: they outlive the projection.
    """

    def __init__(self, rules: SimilarityRules) -> None:
        self._rules = rules
        self._lock = Lock()
        self._register = Register()
        self._spaces = Spaces.of(rules.bm25)

    def __len__(self) -> int:
        return len(self._register)

    def __contains__(self, number: str) -> bool:
        return number in self._register

    def add(self, incidents: Iterable[Described], projection: Projection) -> None:
        """Add incidents; one whose number is known replaces what was said of it."""
        told = list(incidents)
        near = self._near({incident.cis for incident in told}, projection)
        with self._lock:
            spaces = self._spaces
            for incident in told:
                self._register.add(incident)
            spaces.graph.extend([near[incident.cis] for incident in told])
            spaces.text.extend([spaces.words.learnt(words(incident.text)) for incident in told])
            spaces.labels.extend(
                [spaces.names.learnt(labels(incident, self._rules.labels)) for incident in told]
            )

    def _near(self, some: Iterable[tuple[str, ...]], projection: Projection) -> dict[tuple[str, ...], Bag]:
        """What incidents count around their CIs."""
        graph = self._rules.graph
        return {cis: decayed(*providers(projection, cis, graph.steps), graph.decay) for cis in some}

    def similar(self, incident: Described, projection: Projection, most: int = 5) -> list[Similar]:
        """The earlier incidents most like this one, best first; of equals the latest. Itself is none."""
        with self._lock:
            query = Query.of(incident, projection, self._spaces, self._rules)
            shares = query.shares(self._spaces)
            recency = self._register.recency(incident.at, self._rules.recency)
            score = combined(shares, self._rules, len(recency)) * recency
            score[~self._register.earlier(incident)] = 0
            return [
                self._told(place, score, recency, shares, Explanation(projection, self._spaces, query, place))
                for place in self._register.best(score, most).tolist()
            ]

    def _told(self, place: int, score: Floats, recency: Floats, shares: Shares, why: Explanation) -> Similar:
        earlier = self._register[place]
        return Similar(
            number=earlier.number,
            at=earlier.at,
            score=float(score[place]),
            parts=Parts(
                graph=_part(shares.graph, place),
                text=_part(shares.text, place),
                labels=_part(shares.labels, place),
                recency=float(recency[place]),
            ),
            shared=why.shared,
            words=why.words,
            labels=why.labels,
            reasons=why.reasons(),
        )


def _part(share: Floats | None, place: int) -> float | None:
    return None if share is None else float(share[place])
