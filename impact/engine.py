"""The door to failure analysis: one question in, one answer out."""

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel

from cmdb.acceptance import acceptances
from cmdb.catalogue import Catalogue
from cmdb.changes import Plan
from cmdb.database import Database
from impact.analysis import Analysis
from impact.answer import EVERYTHING, Explanation, Impact, Report, Selection
from impact.answer.paging import Page, turned_to
from impact.causes import Observations, Prior, RootCausePolicy, RootCauses, found_causes, suspicion
from impact.planning import Collisions, Harms, PlanImpact, Planned, Stretch, collisions, plan_impact
from impact.planning.free import free_windows
from impact.planning.inheritance import Bonds, Breach
from impact.planning.windows import WindowPolicy
from impact.projection import Held, Moments, Projection, Saved, Snapshots
from impact.questions.accepted import Register
from impact.questions.changes import Compared
from impact.questions.common import CommonProviders, common_providers
from impact.questions.comparison import Comparison, comparison
from impact.questions.critical import Critical, critical
from impact.questions.cut_sets import CutSets, cut_sets
from impact.questions.dependents import Dependents, dependents_of
from impact.questions.exposure import Exposures, exposures
from impact.questions.interruptions import Interruptions, interruptions
from impact.questions.limits import Limits
from impact.questions.paths import Paths, paths
from impact.questions.ranking import AllSinglePoints, all_single_points
from impact.questions.service_map import ServiceMap, service_map
from impact.questions.services_hit import ServicesHit, services_hit
from impact.questions.single_points import SinglePoints, single_points
from impact.rehearsal import rehearse
from impact.scenario import Base, Scenario
from impact.scenario.imagination import imagine
from impact.scenario.targets import causes, find, find_known
from impact.state import StateName

UNLIMITED, NOTHING_FAILS = Limits(), Scenario()


class ImpactEngine:
    """Answers what follows from failures, from snapshots of the graph in memory. CIs are named by id.

    Safe to share between threads. With `saved`, a file that it writes itself, a start need not read the
    whole graph.
    """

    def __init__(self, database: Database, catalogue: Catalogue, saved: Path | None = None) -> None:
        self._database = database
        self._catalogue = catalogue
        strengths = {name: type_.strength for name, type_ in catalogue.relationships.items()}
        self._snapshots: Moments = Snapshots(database, strengths, Saved(saved) if saved else None)
        self._last_harms: Harms | None = None

    def warm_up(self) -> None:
        """Read the graph and load the kernels, so that no first question waits for that."""
        rehearse(self._catalogue)
        self.impact(NOTHING_FAILS)

    def impact(
        self,
        scenario: Scenario,
        limit: int = 100,
        cursor: str | None = None,
        selection: Selection = EVERYTHING,
    ) -> Impact:
        """What the scenario makes of every CI: a page of `limit` items that are selected, the worst first.

        `cursor` is `next` of the page before, and keeps to the revision of that page. Raises
        InvalidInput for what cannot be meant and NotFound for a CI that does not exist.
        """
        page = self._page((scenario, selection), (scenario.as_of,), limit, cursor)
        (whole,) = page.graphs
        answer = self._report(whole, scenario).impact(page.offset, limit, selection)
        return page.of(answer, answer.matching)

    def compare(
        self, before: Scenario, after: Scenario, limit: int = 100, cursor: str | None = None
    ) -> Comparison:
        """What fares better or worse in the second of two scenarios; pages and raises as `impact` does."""
        page = self._page((before, after), (before.as_of, after.as_of), limit, cursor)
        first, second = (
            Compared(self._analysis(whole, scenario), scenario)
            for whole, scenario in zip(page.graphs, (before, after), strict=True)
        )
        answer, count = comparison(first, second, self._catalogue, page.offset, limit)
        return page.of(answer, count)

    def states(self, scenario: Scenario, cis: Iterable[str]) -> dict[str, StateName]:
        """The states of some CIs under a scenario, if an analysis sees them; raises as `impact` does."""
        whole = self._snapshots.at(scenario.as_of)
        analysis, found = self._analysis(whole, scenario), find_known(whole, cis)
        return {id_: analysis.state(ci).label for id_, ci in found.items()}

    def services_hit(self, scenario: Scenario) -> ServicesHit:
        """Which services a scenario hits, on top of its base; raises as `impact` does."""
        whole = self._snapshots.at(scenario.as_of)
        alone = self._analysis(whole, scenario.model_copy(update={"base": Base()}))
        return services_hit(self._analysis(whole, scenario), alone, self._catalogue)

    def graph(self) -> Projection:
        """The graph as it is now, for indexes that are kept beside it."""
        return self._snapshots.at(None)

    def held(self) -> "ImpactEngine":
        """The same with the graph as it is now, for several questions that are asked of one graph."""
        held = copy(self)
        held._snapshots = Held(self._snapshots)
        return held

    def report(self, scenario: Scenario) -> Report:
        """The same answer before it is cut into pages, for pictures and tables; raises as `impact` does."""
        return self._report(self._snapshots.at(scenario.as_of), scenario)

    def why(self, ci: str, scenario: Scenario) -> Explanation:
        """Why a CI is or is not impacted; raises as `impact` does."""
        whole, (index,) = self._found(scenario.as_of, ci)
        return self._report(whole, scenario).explanation(index)

    def interruptions(self, scenario: Scenario) -> Interruptions:
        """For how long services are away, and what decides it; raises as `impact` does."""
        analysis = self._analysis(self._snapshots.at(scenario.as_of), scenario)
        return interruptions(analysis, self._catalogue, scenario)

    def service_map(
        self, ci: str, limits: Limits = UNLIMITED, scenario: Scenario = NOTHING_FAILS
    ) -> ServiceMap:
        """What a CI stands on, and the states of that under a scenario; raises as `impact` does."""
        whole, (index,) = self._found(scenario.as_of, ci)
        return service_map(self._analysis(whole, scenario), self._catalogue, scenario, index, limits)

    def dependents(self, ci: str, limits: Limits = UNLIMITED, as_of: str | None = None) -> Dependents:
        """Which services depend on a CI; raises as `impact` does."""
        whole, (index,) = self._found(as_of, ci)
        return dependents_of(whole, self._catalogue, index, limits)

    def paths(self, dependent: str, provider: str, most: int = 3, as_of: str | None = None) -> Paths:
        """How one CI depends on another; raises as `impact` does."""
        whole, (source, target) = self._found(as_of, dependent, provider)
        return paths(whole, source, target, most)

    def common_providers(
        self, cis: Sequence[str], at_least: int | None = None, most: int = 20, as_of: str | None = None
    ) -> CommonProviders:
        """What several CIs depend on together; raises as `impact` does."""
        whole, indices = self._found(as_of, *cis)
        return common_providers(whole, indices, at_least, most)

    def single_points(self, ci: str, scenario: Scenario = NOTHING_FAILS, most: int = 100) -> SinglePoints:
        """The CIs without any of which a service is down; raises as `impact` does."""
        whole, (index,) = self._found(scenario.as_of, ci)
        lasting = _lasting(scenario)
        analysis = self._analysis(whole, lasting)
        return single_points(analysis, self._catalogue, lasting, index, self._register(), most)

    def all_single_points(
        self, scenario: Scenario = NOTHING_FAILS, limit: int = 100, cursor: str | None = None
    ) -> AllSinglePoints:
        """The CIs that take services down alone, by what hangs on them; pages and raises as `impact` does."""
        page = self._page((scenario,), (scenario.as_of,), limit, cursor)
        lasting, register = _lasting(scenario), self._register()
        analysis = self._analysis(page.graphs[0], lasting)
        answer = all_single_points(analysis, self._catalogue, lasting, register, page.offset, limit)
        return page.of(answer, answer.count)

    def critical(
        self,
        classes: frozenset[str] = frozenset(),
        limit: int = 100,
        cursor: str | None = None,
        as_of: str | None = None,
    ) -> Critical:
        """CIs of some classes by the services that fall with each; pages and raises as `impact` does."""
        question = Selection(classes=classes), Scenario(as_of=as_of)
        page = self._page(question, (as_of,), limit, cursor)
        analysis, register = self._analysis(page.graphs[0], NOTHING_FAILS), self._register()
        answer = critical(analysis, self._catalogue, classes, register, page.offset, limit)
        return page.of(answer, answer.count)

    def exposures(self, scenario: Scenario, most: int = 100) -> Exposures:
        """The services that have single points of failure only under a scenario; raises as `impact` does."""
        lasting = _lasting(scenario)
        analysis = self._analysis(self._snapshots.at(scenario.as_of), lasting)
        return exposures(analysis, self._catalogue, lasting, most)

    def cut_sets(
        self,
        ci: str,
        scenario: Scenario = NOTHING_FAILS,
        largest: int = 3,
        most: int = 1_000,
        seconds: float = 10.0,
    ) -> CutSets:
        """The smallest sets of CIs that take a service down together; raises as `impact` does."""
        whole, (index,) = self._found(scenario.as_of, ci)
        lasting = _lasting(scenario)
        return cut_sets(self._analysis(whole, lasting), lasting, index, largest, most, seconds)

    def root_cause(
        self,
        observations: Observations,
        policy: RootCausePolicy,
        priors: Sequence[Prior] = (),
        as_of: str | None = None,
        most: int = 10,
        symptoms: int = 10,
    ) -> RootCauses:
        """What explains alarms: the `most` likeliest causes, each with the ways to so many `symptoms`.

        Raises as `impact` does.
        """
        whole = self._snapshots.at(as_of)
        found = find(self._database, whole, (*observations.alarms, *observations.healthy))
        began = observations.began or (whole.revision.at if as_of else datetime.now(UTC))
        suspects = suspicion(priors, whole.cis, began, policy)
        return found_causes(whole, found, observations, suspects, most, symptoms)

    def plan_impact(self, plan: Plan) -> PlanImpact:
        """What a plan does, as planned, in a hurry and at the worst."""
        return plan_impact(self._snapshots.at(None), self._catalogue, plan)

    def collisions(self, new: Planned, others: Iterable[Planned]) -> Collisions:
        """Every collision of a change with others whose windows overlap, and what they harm only together."""
        return collisions(self._harms(), self._catalogue, new, others)

    def breaches(self, plan: Plan, policy: WindowPolicy) -> list[Breach]:
        """The freezes and maintenance windows that the window of a plan does not respect."""
        harms, window = self._harms(), plan.window
        bonds = Bonds.of(harms, find_known(harms.projection, plan.cis), plan, policy)
        return list(bonds.breaches(int(window.start.timestamp()), int(window.end.timestamp())))

    def free_windows(
        self, new: Planned, others: Sequence[Planned], policy: WindowPolicy, since: datetime, most: int = 5
    ) -> list[Stretch]:
        """The next windows in which a change could be done, without a breach or a collision."""
        return free_windows(self._harms(), new, others, policy, int(since.timestamp()), most)

    def _harms(self) -> Harms:
        """What fails with what in the graph as it is now, with all that was found for earlier questions."""
        whole = self.graph()
        harms = self._last_harms.on(whole) if self._last_harms else Harms(whole)
        self._last_harms = harms
        return harms

    def _page(
        self,
        question: Sequence[BaseModel],
        moments: Sequence[str | None],
        limit: int,
        cursor: str | None,
    ) -> Page:
        return turned_to(self._snapshots, question, moments, limit, cursor)

    def _register(self) -> Register:
        return Register(acceptances(self._database), datetime.now(UTC).date())

    def _found(self, as_of: str | None, *ids: str) -> tuple[Projection, list[int]]:
        """The graph at a moment, and the indices of CIs in it."""
        whole = self._snapshots.at(as_of)
        found = find(self._database, whole, ids)
        return whole, [found[id_] for id_ in ids]

    def _analysis(self, whole: Projection, scenario: Scenario) -> Analysis:
        base = scenario.base
        found = find(self._database, whole, scenario.named)
        already = find_known(whole, base.down | base.degraded)
        seen = whole.seen(sorted(scenario.types), scenario.ignore_redundancy)
        imagined, named = imagine(seen, scenario.imagined, found)
        return Analysis(
            imagined,
            seen,
            causes(named, scenario.failed, scenario.degraded, scenario.not_impacted, scenario.durations),
            causes(already, base.down, base.degraded),
            named,
        )

    def _report(self, whole: Projection, scenario: Scenario) -> Report:
        return Report(self._database, self._catalogue, whole, self._analysis(whole, scenario), scenario)


def _lasting(scenario: Scenario) -> Scenario:
    """The scenario while it lasts: what fails for a time is down meanwhile."""
    return scenario.model_copy(update={"durations": {}})
