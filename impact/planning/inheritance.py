"""The windows that a plan is bound by: those of its CIs and of the services above them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from cmdb.changes import Plan
from impact.answer.models import Answer
from impact.planning.harm import DOWN, Harms
from impact.planning.spans import Spans, both, union, without
from impact.planning.spells import Spell
from impact.planning.windows import Freeze, Maintenance, WindowPolicy

Bond = Literal["own", "fails", "degraded"]
STRONGEST: tuple[Bond, ...] = ("degraded", "fails", "own")


class Breach(Answer):
    """A freeze or a maintenance window that the window of a plan does not respect."""

    kind: Literal["freeze", "outside_maintenance"]
    name: str
    bond: Bond | None = Field(
        description="Why it binds the plan: it is that of a CI of the plan, of one that fails without such a "
        "CI, or of one that is degraded without; nothing: it binds everything."
    )
    cis: list[str] = Field(description="Ids of the CIs that it is declared on and that bind the plan.")


@dataclass(frozen=True, slots=True)
class Bonds:
    """How a plan is bound to CIs, by id."""

    policy: WindowPolicy
    bonds: Mapping[str, Bond]

    @classmethod
    def of(cls, harms: Harms, found: Mapping[str, int], plan: Plan, policy: WindowPolicy) -> "Bonds":
        """What fails or is degraded when the CIs of any stage are down; `found` are indices by id."""
        bonds: dict[str, Bond] = {}
        for stage in plan.stages:
            cis = tuple(sorted({found[ci] for step in stage for ci in step.cis if ci in found}))
            harm = harms.of((Spell("", cis, "down", 0, 1),))
            uuid = harms.projection.cis.uuid
            for ci, level in zip(harm.impaired.tolist(), harm.of(harm.impaired).tolist(), strict=True):
                bond: Bond = "fails" if level == DOWN else "degraded"
                id_ = uuid(ci)
                bonds[id_] = max(bond, bonds.get(id_, bond), key=STRONGEST.index)
        return cls(policy, bonds | dict.fromkeys(plan.cis, "own"))

    def allowed(self, since: int, until: int) -> Spans:
        """When the plan may be at work: in the maintenance windows of all that have any, and in no freeze."""
        free: Spans = ((since, until),)
        for ci in sorted(self._maintained()):
            windows = [one.spans(since, until) for one in self._maintenance() if ci in one.cis]
            free = both(free, union(*windows))
        return without(free, union(one.span for one in self._freezes()))

    def breaches(self, since: int, until: int) -> Iterator[Breach]:
        """All that a window from one moment to another does not respect."""
        for freeze in self._freezes():
            if freeze.span[0] < until and since < freeze.span[1]:
                yield self._breach("freeze", freeze.name, freeze.cis)
        for ci in sorted(self._maintained()):
            declared = [one for one in self._maintenance() if ci in one.cis]
            if without(((since, until),), union(*(one.spans(since, until) for one in declared))):
                yield self._breach("outside_maintenance", declared[0].name, frozenset({ci}))

    def _maintained(self) -> set[str]:
        return {ci for one in self._maintenance() for ci in one.cis & self.bonds.keys()}

    def _maintenance(self) -> list[Maintenance]:
        return [one for one in self.policy.maintenance if one.cis & self.bonds.keys()]

    def _freezes(self) -> list[Freeze]:
        return [one for one in self.policy.freezes if one.everything or one.cis & self.bonds.keys()]

    def _breach(
        self, kind: Literal["freeze", "outside_maintenance"], name: str, declared: frozenset[str]
    ) -> Breach:
        cis = sorted(declared & self.bonds.keys())
        bond = max((self.bonds[ci] for ci in cis), key=STRONGEST.index, default=None)
        return Breach(kind=kind, name=name, bond=bond, cis=cis)
