"""An agreement, ready to use: its classes and calendars are found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Any

from cmdb.agreements.declarations import AgreementKind, AvailabilityDeclaration
from cmdb.calendars import Calendar
from cmdb.catalogue import comparable


@dataclass(frozen=True, slots=True)
class Cover:
    """CIs whose attributes each fit one of their patterns, in which `*` stands for any text."""

    patterns: Mapping[str, tuple[str, ...]]

    def fits(self, ci: Mapping[str, Any]) -> bool:
        """Whether a CI, a mapping of its attributes, is meant."""
        return all(
            any(fnmatchcase(comparable(ci.get(name)) or "", pattern) for pattern in patterns)
            for name, patterns in self.patterns.items()
        )


@dataclass(frozen=True, slots=True)
class Targets:
    """What is promised for a priority, in working time of the calendar; None: nothing."""

    respond: timedelta | None
    restore: timedelta | None
    calendar_name: str
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with a customer (SLA), with a team inside (OLA) or with a supplier (UC)."""

    name: str
    kind: AgreementKind
    party: str
    cover: tuple[Cover, ...]
    targets: Mapping[int, Targets]
    """By priority; there is one for each."""
    availability: AvailabilityDeclaration | None

    @property
    def is_general(self) -> bool:
        """Whether it holds for whatever no other of its kind covers."""
        return not self.cover

    def covers(self, ci: Mapping[str, Any]) -> bool:
        """Whether it names the CI, a mapping of its attributes, rather than holding for it as for any."""
        return any(cover.fits(ci) for cover in self.cover)
