"""Loads the agreements of an organisation and finds what they name."""

from collections.abc import Collection, Mapping
from pathlib import Path

from cmdb.agreements.agreement import Agreement, Cover, Targets
from cmdb.agreements.declarations import (
    AgreementDeclaration,
    AgreementsFile,
    CoverDeclaration,
    TargetsDeclaration,
)
from cmdb.calendars import Calendar
from cmdb.catalogue import Catalogue, comparable
from cmdb.catalogue.mistakes import Mistakes
from cmdb.catalogue.suggest import did_you_mean
from cmdb.errors import InvalidInput
from cmdb.policy import Policies

FILE = Path(__file__).with_name("agreements.toml")


def load_agreements(
    policies: Policies, catalogue: Catalogue, calendars: Mapping[str, Calendar], priorities: Collection[int]
) -> tuple[Agreement, ...]:
    """The agreements, in the order of the file; raises as `Policies.read` does.

    Names of calendars and classes that there are not, and priorities that are missing or too many, are
    mistakes, too.
    """
    file = policies.read(AgreementsFile, FILE)
    resolving = _Resolving(catalogue, calendars, priorities)
    agreements = tuple(resolving.agreement(name, one) for name, one in file.agreements.items())
    resolving.mistakes.tell()
    return agreements


class _Resolving:
    """Finds what agreements name, and collects what they name in vain."""

    def __init__(
        self, catalogue: Catalogue, calendars: Mapping[str, Calendar], priorities: Collection[int]
    ) -> None:
        self._catalogue, self._calendars, self._priorities = catalogue, calendars, priorities
        self.mistakes = Mistakes()

    def agreement(self, name: str, declared: AgreementDeclaration) -> Agreement:
        key = f"agreements.{name}"
        self._check_priorities(f"{key}.targets", declared.targets)
        self._calendar(f"{key}.calendar", declared.calendar)
        targets = {
            priority: self._targets(f"{key}.targets.{priority}", terms, declared.calendar)
            for priority, terms in declared.targets.items()
        }
        return Agreement(
            name=name,
            kind=declared.kind,
            party=declared.party,
            cover=tuple(self._cover(f"{key}.covers", cover) for cover in declared.covers),
            targets={priority: terms for priority, terms in targets.items() if terms},
            availability=declared.availability,
        )

    def _check_priorities(self, key: str, targets: Collection[int]) -> None:
        missing = [str(priority) for priority in self._priorities if priority not in targets]
        unknown = [str(priority) for priority in targets if priority not in self._priorities]
        if missing:
            self.mistakes.add(FILE.name, key, f"says nothing of priority {', '.join(missing)}")
        for priority in unknown:
            known = ", ".join(map(str, self._priorities))
            self.mistakes.add(FILE.name, f"{key}.{priority}", f"is no priority; there are {known}")

    def _calendar(self, key: str, name: str) -> Calendar | None:
        if name not in self._calendars:
            hint = did_you_mean(name, self._calendars) or f"; there are {', '.join(self._calendars)}"
            self.mistakes.add(FILE.name, key, f"no calendar is called {name!r}{hint}")
        return self._calendars.get(name)

    def _targets(self, key: str, declared: TargetsDeclaration, usual: str) -> Targets | None:
        """None where there is no such calendar, which is told."""
        name = declared.calendar or usual
        calendar = self._calendar(f"{key}.calendar", name) if declared.calendar else self._calendars.get(name)
        return Targets(declared.respond, declared.restore, name, calendar) if calendar else None

    def _cover(self, key: str, declared: CoverDeclaration) -> Cover:
        said = {
            "id": declared.id,
            "name": declared.name,
            "class": self._classes(key, declared.class_),
            "criticality": declared.criticality,
        }
        patterns = {
            name: tuple(comparable(text) or "" for text in texts) for name, texts in said.items() if texts
        }
        if not patterns:
            self.mistakes.add(FILE.name, key, "one names no CI: say id, name, class or criticality")
        return Cover(patterns)

    def _classes(self, key: str, names: tuple[str, ...]) -> tuple[str, ...]:
        try:
            return tuple(sorted(self._catalogue.refining(names)))
        except InvalidInput as error:
            self.mistakes.add(FILE.name, key, error.detail)
            return names
