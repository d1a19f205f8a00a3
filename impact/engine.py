"""The door to failure analysis: one question in, one answer out."""

from collections.abc import Sequence
from datetime import UTC, datetime

from cmdb.acceptance import acceptances
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.errors import InvalidInput
from impact.analysis import Analysis
from impact.answer import Cursor, Explanation, Impact, Report, digest
from impact.imagination import imagine
from impact.projection import Projection, Snapshots
from impact.questions.accepted import Register
from impact.questions.common import CommonProviders, common_providers
from impact.questions.cut_sets import CutSets, cut_sets
from impact.questions.dependents import Dependents, dependents_of
from impact.questions.exposure import Exposures, exposures
from impact.questions.limits import Limits
from impact.questions.paths import Paths, paths
from impact.questions.ranking import AllSinglePoints, all_single_points
from impact.questions.service_map import ServiceMap, service_map
from impact.questions.single_points import SinglePoints, single_points
from impact.scenario import Scenario
from impact.targets import causes, find, find_known

LARGEST_PAGE = 10_000
UNLIMITED, NOTHING_FAILS = Limits(), Scenario()


class ImpactEngine:
    """Answers what follows from failures, from snapshots of the graph in memory. CIs are named by id.

    Safe to share between threads.
    """

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database = database
        self._catalogue = catalogue
        strengths = {name: type_.strength for name, type_ in catalogue.relationships.items()}
        self._snapshots = Snapshots(database, strengths)

    def impact(self, scenario: Scenario, limit: int = 100, cursor: str | None = None) -> Impact:
        """What the scenario makes of every CI: a page of `limit` items, the worst first.

        `cursor` is `next` of the page before, and keeps to the revision of that page. Raises
        InvalidInput for what cannot be meant and NotFound for a CI that does not exist.
        """
        whole, offset = self._page(scenario, limit, cursor)
        report = self._report(whole, self._analysis(whole, scenario))
        answer = report.impact(scenario, offset, limit)
        following = _following(whole, scenario, offset + limit, len(report.ranked))
        return answer.model_copy(update={"next": following})

    def report(self, scenario: Scenario) -> Report:
        """The same answer before it is cut into pages, for pictures and tables; raises as `impact` does."""
        whole = self._snapshots.at(scenario.as_of)
        return self._report(whole, self._analysis(whole, scenario))

    def why(self, ci: str, scenario: Scenario) -> Explanation:
        """Why a CI is or is not impacted; raises as `impact` does."""
        whole, (index,) = self._found(scenario.as_of, ci)
        analysis = self._analysis(whole, scenario)
        return self._report(whole, analysis).explanation(index)

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
        analysis = self._analysis(whole, scenario)
        return single_points(analysis, self._catalogue, scenario, index, self._register(), most)

    def all_single_points(
        self, scenario: Scenario = NOTHING_FAILS, limit: int = 100, cursor: str | None = None
    ) -> AllSinglePoints:
        """The CIs that take services down alone, by what hangs on them; pages and raises as `impact` does."""
        whole, offset = self._page(scenario, limit, cursor)
        analysis, register = self._analysis(whole, scenario), self._register()
        answer = all_single_points(analysis, self._catalogue, scenario, register, offset, limit)
        following = _following(whole, scenario, offset + limit, answer.count)
        return answer.model_copy(update={"next": following})

    def exposures(self, scenario: Scenario, most: int = 100) -> Exposures:
        """The services that have single points of failure only under a scenario; raises as `impact` does."""
        analysis = self._analysis(self._snapshots.at(scenario.as_of), scenario)
        return exposures(analysis, self._catalogue, scenario, most)

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
        return cut_sets(self._analysis(whole, scenario), scenario, index, largest, most, seconds)

    def _page(self, scenario: Scenario, limit: int, cursor: str | None) -> tuple[Projection, int]:
        """The graph that a page is about, and where in the answer the page begins."""
        if not 1 <= limit <= LARGEST_PAGE:
            raise InvalidInput(f"The limit is {limit}; it must be from 1 to {LARGEST_PAGE}.")
        begin = Cursor.read(cursor, scenario) if cursor else None
        whole = self._snapshots.at(str(begin.revision) if begin else scenario.as_of)
        return whole, begin.offset if begin else 0

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
        already = find_known(self._database, whole, base.down | base.degraded)
        seen = whole.seen(sorted(scenario.types), scenario.ignore_redundancy)
        imagined, named = imagine(seen, scenario.imagined, found)
        return Analysis(
            imagined,
            seen,
            causes(named, scenario.failed, scenario.degraded, scenario.not_impacted),
            causes(already, base.down, base.degraded),
        )

    def _report(self, whole: Projection, analysis: Analysis) -> Report:
        return Report(self._database, self._catalogue, whole, analysis)


def _following(whole: Projection, scenario: Scenario, offset: int, count: int) -> str | None:
    """The cursor of the page that begins at an offset of `count` items, if there is one."""
    return str(Cursor(whole.revision.seq, offset, digest(scenario))) if offset < count else None
