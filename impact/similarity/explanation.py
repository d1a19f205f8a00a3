"""Why an earlier incident is like a new one."""

from impact.projection import Projection
from impact.questions.naming import ref
from impact.similarity.models import SharedCI
from impact.similarity.query import Query, Spaces

SHOWN = 5
ITSELF = 1.0
"""What a provider counts that was hit itself."""
HOW = {
    (True, True): "both hit",
    (True, False): "then hit were dependents of",
    (False, True): "now hit are dependents of what was hit then:",
    (False, False): "both depend on",
}
"""By whether a CI is hit now, and was hit then."""


class Explanation:
    """What one earlier incident shares with a query, each part with the most telling first."""

    def __init__(self, projection: Projection, spaces: Spaces, query: Query, place: int) -> None:
        self._counts = spaces.graph.shared(query.graph, place)
        self._projection, self._query = projection, query
        self.words = [spaces.words[word] for word in spaces.text.shared(query.text, place)][:SHOWN]
        same = (spaces.names[name].partition("=") for name in spaces.labels.shared(query.labels, place))
        self.labels = {name: value for name, _, value in same}

    @property
    def shared(self) -> list[SharedCI]:
        """The CIs that both are about or depend on, and that are still in the graph."""
        return [
            SharedCI(**vars(ref(self._projection.cis, index)), steps=self._query.distances[no])
            for no, index in self._present()
        ]

    def reasons(self) -> list[str]:
        """All of it in words."""
        told = [f"{how} {', '.join(names)}" for how, names in self._how().items()]
        told += [f"same {name}: {value}" for name, value in self.labels.items()]
        if self.words:
            told.append(f"both say {', '.join(self.words)}")
        return told

    def _how(self) -> dict[str, list[str]]:
        """The names of the shared CIs by how they are shared."""
        found: dict[str, list[str]] = {}
        for no, index in self._present():
            how = HOW[self._query.distances[no] == 0, self._counts[no] >= ITSELF]
            found.setdefault(how, []).append(self._projection.cis.name[index])
        return found

    def _present(self) -> list[tuple[int, int]]:
        """Numbers and indices of the shared CIs."""
        nos = list(self._counts)
        found = zip(nos, self._projection.cis.find(nos).tolist(), strict=True)
        return [(no, index) for no, index in found if index >= 0][:SHOWN]
