"""What is known of an outage: what alarms since when, what is healthy, and what was suspect before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from cmdb.errors import InvalidInput
from impact.arrays import Ints
from impact.causes.policy import PriorKind
from impact.kernels.symptoms import ALARM, HEALTHY, Watched
from impact.projection import CIs

SEED = 20_040_219
"""Of the labels that predictions are compared by; any number does."""


@dataclass(frozen=True, slots=True)
class Prior:
    """An event that makes a CI (by id) suspect before any alarm is looked at."""

    ci: str
    kind: PriorKind
    at: datetime
    what: str
    among: int = 1
    """How many CIs the same event touched."""


@dataclass(frozen=True, slots=True)
class Observations:
    """CIs by id. What neither alarms nor is healthy is not monitored, which is not the same as healthy."""

    alarms: Sequence[str]
    onsets: Mapping[str, datetime] = field(default_factory=dict)
    """When alarms began, as far as that is known."""
    healthy: Sequence[str] = ()

    def __post_init__(self) -> None:
        if not self.alarms:
            raise InvalidInput("Nothing alarms. Name at least one CI that does.")
        if set(self.alarms) & set(self.healthy):
            raise InvalidInput("A CI both alarms and is healthy. Name each CI once.")
        if unknown := self.onsets.keys() - set(self.alarms):
            raise InvalidInput(
                f"{len(unknown):,} CIs have an onset and no alarm. Name them among those that alarm."
            )

    @property
    def began(self) -> datetime | None:
        """When the first alarm began; None where no time is known."""
        return min(self.onsets.values(), default=None)


@dataclass(frozen=True, slots=True)
class Seen:
    """The same by the indices of a projection; alarms and healthy CIs ascend."""

    alarms: Ints
    healthy: Ints
    watched: Watched

    @classmethod
    def of(cls, observations: Observations, found: Mapping[str, int], cis: CIs) -> "Seen":
        """What was observed, on a projection where these CIs have been found by id."""
        alarms, healthy = (
            np.array(sorted({found[id_] for id_ in ids}), dtype=np.int32)
            for ids in (observations.alarms, observations.healthy)
        )
        said, label = np.zeros(len(cis), dtype=np.int8), np.zeros(len(cis), dtype=np.int64)
        said[healthy], said[alarms] = HEALTHY, ALARM
        known = np.concatenate((alarms, healthy))
        label[known] = np.random.default_rng(SEED).integers(-(2**60), 2**60, len(known))
        onset = np.full(len(cis), np.nan)
        for id_, at in observations.onsets.items():
            onset[found[id_]] = at.timestamp()
        return cls(alarms, healthy, Watched(said, onset, label))
