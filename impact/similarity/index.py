"""All incidents, prepared so that those like a new one are found at once."""

from collections.abc import Iterable
from threading import Lock

from impact.projection import Projection
from impact.similarity.explanation import Explanation
from impact.similarity.features import decayed, labels, providers, words
from impact.similarity.models import Described, Parts, Similar
from impact.similarity.query import Query, Shares, Spaces, combined
from impact.similarity.register import Register
from impact.similarity.rules import SimilarityRules
from impact.similarity.space import Floats, Space


class SimilarIncidents:
    """An index of incidents; safe to share between threads.

    Providers are noted by number, as the graph is when an incident is added: they outlive the projection.
    """

    def __init__(self, rules: SimilarityRules) -> None:
        self._rules = rules
        self._lock = Lock()
        self._register = Register()
        self._spaces = Spaces(Space(rules.bm25), Space(rules.bm25), Space(rules.bm25))

    def __len__(self) -> int:
        return len(self._register)

    def __contains__(self, number: str) -> bool:
        return number in self._register

    def add(self, incidents: Iterable[Described], projection: Projection) -> None:
        """Add incidents; one whose number is known replaces what was said of it."""
        graph = self._rules.graph
        known: dict[tuple[str, ...], dict[int, float]] = {}
        for incident in incidents:
            if incident.cis not in known:
                known[incident.cis] = decayed(providers(projection, incident.cis, graph.steps), graph.decay)
            with self._lock:
                self._register.add(incident)
                self._spaces.graph.add(known[incident.cis])
                self._spaces.text.add(words(incident.text))
                self._spaces.labels.add(labels(incident, self._rules.labels))

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
