"""The kind of record that an incident is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cmdb.incidents.proposed import Proposed
from cmdb.incidents.rules import IncidentRules, load_rules
from cmdb.policy import Policies
from cmdb.priorities import PrioritiesFile, load_priorities
from cmdb.records import Attempt, Kind, LifeCycle, Values


def kinds(policies: Policies) -> tuple[Kind, ...]:
    """Incidents, by the policies of an organisation."""
    cycle = policies.read(LifeCycle, Path(__file__).with_name("incident.toml"))
    priorities, rules = load_priorities(policies), load_rules(policies)
    return (
        Kind(
            cycle,
            checks={
                "reviewed_where_major": _reviewed_where_major,
                "flagged_major": _flagged_major,
                "unflagged_major": _unflagged_major,
            },
            documents={"proposal": Proposed},
            derive=lambda values: prioritised(values, priorities, rules),
        ),
    )


def prioritised(values: Values, priorities: PrioritiesFile, rules: IncidentRules) -> Values:
    """The priority by impact and urgency: a person's word on the impact, else the graph's, else the usual."""
    impact = values.get("impact") or values.get("proposed_impact") or rules.impact_unknown
    urgency = values.get("urgency") or rules.urgency_unknown
    return {**values, "priority": priorities.priority(impact, urgency)}


def flags(is_major: bool) -> Mapping[str, Any]:
    """What Linchpin fills in as an incident becomes a major one, or none any longer."""
    return {"major": is_major}


def _reviewed_where_major(attempt: Attempt) -> str | None:
    values = attempt.record.values
    lacks = values.get("major") and not values.get("review")
    return "review is missing: what a major incident has taught is written down" if lacks else None


def _flagged_major(attempt: Attempt) -> str | None:
    flagged = attempt.record.values.get("major")
    return None if flagged else "it is declared with `cmdb incident major`, or POST …/major"


def _unflagged_major(attempt: Attempt) -> str | None:
    flagged = attempt.record.values.get("major")
    return "it is ended with `cmdb incident major --end`, or POST …/major" if flagged else None
