"""Loads the priorities of an organisation."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from cmdb.catalogue.mistakes import Mistakes
from cmdb.policy import Policies
from cmdb.priorities.declarations import LEVELS, CriticalityName, PrioritiesFile, ServiceState

FILE = Path(__file__).with_name("priorities.toml")


def load_priorities(policies: Policies) -> PrioritiesFile:
    """The matrix, its words and the rule that proposes an impact; raises as `Policies.read` does."""
    file = policies.read(PrioritiesFile, FILE)
    mistakes = Mistakes()
    for key, reason in _lacks(file):
        mistakes.add(FILE.name, key, reason)
    for impact, row in file.matrix.items():
        for urgency, priority in row.items():
            if priority not in file.priorities:
                known = ", ".join(map(str, file.priorities))
                mistakes.add(
                    FILE.name, f"matrix.{impact}.{urgency}", f"{priority} is no priority; there are {known}"
                )
    mistakes.tell()
    return file


def _lacks(file: PrioritiesFile) -> Iterator[tuple[str, str]]:
    """What must be said of every level, criticality or state, and is not."""
    tables: dict[str, tuple[Mapping[Any, Any], Collection[str]]] = {
        "impact": (file.impact, LEVELS),
        "urgency": (file.urgency, LEVELS),
        "matrix": (file.matrix, LEVELS),
        **{f"matrix.{impact}": (row, LEVELS) for impact, row in file.matrix.items()},
        "proposal.criticality": (file.proposal.criticality, get_args(CriticalityName)),
        "proposal.state": (file.proposal.state, get_args(ServiceState)),
    }
    for key, (table, needed) in tables.items():
        if missing := [name for name in needed if name not in table]:
            yield key, f"says nothing of {', '.join(missing)}"
