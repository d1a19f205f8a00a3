"""Incidents on estates of a few hundred CIs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import impact.recurrence
from cmdb.policy import Policies
from impact.projection import CIRow, Projection, RelationshipRow, build
from impact.recurrence import Occurrence, Period, RecurrenceRules
from tests.impact.reaching import uuid

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = Period(SINCE, SINCE + timedelta(days=360))
RULES = Policies().read(RecurrenceRules, Path(impact.recurrence.__file__).with_name("recurrence.toml"))


def estate(racks: int = 10, hosts: int = 5, apps: int = 8, pods: int = 0) -> Projection:
    """Applications on hosts, hosts in racks, racks on one core switch; pods that depend on nothing.

    They are called rack-1, host-1-1, app-1-1-1.
    """
    names = ["core"]
    above: list[tuple[str, str]] = []
    for r in range(racks):
        names.append(f"rack-{r}")
        above.append((f"rack-{r}", "core"))
        for h in range(hosts):
            names.append(f"host-{r}-{h}")
            above.append((f"host-{r}-{h}", f"rack-{r}"))
            for a in range(apps):
                names.append(f"app-{r}-{h}-{a}")
                above.append((f"app-{r}-{h}-{a}", f"host-{r}-{h}"))
    names += [f"pod-{p}" for p in range(pods)]
    no = {name: place for place, name in enumerate(names, 1)}
    classes = {
        "core": "switch",
        "rack": "rack",
        "host": "hypervisor",
        "app": "application",
        "pod": "container",
    }
    cis = [CIRow(no[n], classes[n.split("-")[0]], "operational", n, uuid(no[n])) for n in names]
    rows = [RelationshipRow(no[dependent], no[provider], "runs_on") for dependent, provider in above]
    return build(cis, rows, {"runs_on": "hard"})


class Log:
    """Writes incidents, each at a random time of the year."""

    def __init__(self, projection: Projection, seed: int = 0) -> None:
        self.ids = {projection.cis.name[ci]: projection.cis.uuid(ci) for ci in range(len(projection.cis))}
        self.rng = Random(seed)
        self.incidents: list[Occurrence] = []

    def hit(self, *names: str, at: datetime | None = None) -> Occurrence:
        moment = at or SINCE + self.rng.random() * YEAR.length
        number = f"INC-{len(self.incidents):06}"
        self.incidents.append(Occurrence(number, moment, tuple(self.ids[name] for name in names)))
        return self.incidents[-1]

    def spread(self, count: int, prefix: str, most: int = 1) -> None:
        """Some incidents by chance over all CIs whose name begins like this, up to `most` CIs each."""
        names = self.starting(prefix)
        for _ in range(count):
            self.hit(*self.rng.sample(names, self.rng.randint(1, most)))

    def starting(self, prefix: str) -> list[str]:
        return [name for name in self.ids if name.startswith(prefix)]
