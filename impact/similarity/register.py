"""The incidents of an index, in the order they came: which are current, and when they happened."""

from array import array
from datetime import datetime

import numpy as np

from impact.arrays import Flags, Ints
from impact.similarity.models import Described
from impact.similarity.rules import RecencyRules
from impact.similarity.space import Floats

DAY = 86_400.0


class Register:
    """Incidents by place; a later version of one replaces the earlier."""

    def __init__(self) -> None:
        self._place: dict[str, int] = {}
        self._incidents: list[Described] = []
        self._at = array("d")
        self._current = array("b")

    def __len__(self) -> int:
        return len(self._place)

    def __contains__(self, number: str) -> bool:
        return number in self._place

    def __getitem__(self, place: int) -> Described:
        return self._incidents[place]

    def add(self, incident: Described) -> None:
        """Put an incident at the next place."""
        if incident.number in self._place:
            self._current[self._place[incident.number]] = 0
        self._place[incident.number] = len(self._incidents)
        self._incidents.append(incident)
        self._at.append(incident.at.timestamp())
        self._current.append(1)

    def earlier(self, incident: Described) -> Flags:
        """Which incidents are current and happened before another, itself excluded."""
        found = (np.array(self._at) < incident.at.timestamp()) & np.array(self._current, dtype=np.bool_)
        if incident.number in self._place:
            found[self._place[incident.number]] = False
        return found

    def recency(self, now: datetime, rules: RecencyRules) -> Floats:
        """What age leaves of the score of each."""
        days = np.maximum(now.timestamp() - np.array(self._at), 0) / DAY
        return np.asarray(1 - rules.weight * (1 - 0.5 ** (days / rules.half_life_days)))

    def best(self, score: Floats, most: int) -> Ints:
        """The places with the highest scores above 0; of equal ones the latest."""
        places = np.flatnonzero(score > 0)
        if len(places) > most:
            places = places[score[places] >= np.partition(score[places], -most)[-most]]
        return places[np.lexsort((-places, -np.array(self._at)[places], -score[places]))][:most].astype(
            np.int32
        )
