"""What a check is."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cmdb.health.models import Detail, Measure
from cmdb.health.survey import Survey

Failing = Mapping[str, list[Detail]]
"""Ids of CIs, and what was found about each."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found; `asked` are the ids of the CIs it can find something about, None: all."""

    failing: Failing
    asked: AbstractSet[str] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that may be amiss with a CI. The title goes after a number of CIs."""

    name: str
    measure: Measure
    title: str
    find: Callable[[Survey], Found]
