"""Risks that somebody has accepted: kept apart in answers, until they expire."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from cmdb.acceptance import Acceptance
from impact.answer.models import Answer


class AcceptedRisk(Answer):
    """Who answers for a single point of failure."""

    by: str
    reason: str
    until: date | None = Field(description="The last day on which it holds; nothing: until withdrawn.")
    expired: bool = Field(description="It holds no longer; the single point counts again.")
    of_all_services: bool = Field(description="Accepted whatever the service, or for one only.")


class Register:
    """The acceptances in force and expired on a day, by CI and service."""

    def __init__(self, acceptances: Iterable[Acceptance], today: date) -> None:
        self._known = {(one.ci, one.service): one for one in acceptances}
        self._today = today

    def of(self, ci: str, service: str | None = None) -> AcceptedRisk | None:
        """What was accepted of a CI, for a service or for all; expired only where nothing else is."""
        found = [self._known[key] for key in {(ci, service), (ci, None)} if key in self._known]
        if not found:
            return None
        one = min(found, key=lambda one: (one.expired(self._today), one.service is None))
        return AcceptedRisk(
            by=one.by,
            reason=one.reason,
            until=one.until,
            expired=one.expired(self._today),
            of_all_services=one.service is None,
        )


def holds(risk: AcceptedRisk | None) -> bool:
    """Whether a risk is accepted today."""
    return risk is not None and not risk.expired
