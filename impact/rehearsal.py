"""Asks every question of a tiny graph, so that all kernels are compiled before anybody waits for them."""

from datetime import UTC, date, datetime, timedelta

import numpy as np

from cmdb.catalogue import Catalogue
from cmdb.policy import Policies
from impact.analysis import Analysis
from impact.analysis.evidence import deciders
from impact.analysis.propagation import Causes
from impact.analysis.why import barriers
from impact.answer.order import ranked
from impact.answer.sites import sites
from impact.arrays import NOBODY
from impact.causes import SHIPPED, Observations, RootCausePolicy, found_causes, suspicion
from impact.projection import CIRow, Projection, RelationshipRow, build
from impact.questions.accepted import Register
from impact.questions.changes import Compared
from impact.questions.common import common_providers
from impact.questions.comparison import comparison
from impact.questions.cut_sets import cut_sets
from impact.questions.dependents import dependents_of
from impact.questions.exposure import exposures
from impact.questions.interruptions import interruptions
from impact.questions.limits import Limits
from impact.questions.paths import paths
from impact.questions.ranking import all_single_points
from impact.questions.service_map import service_map
from impact.questions.single_points import single_points
from impact.recurrence import Occurrence, Period, RecurrenceRules, recurrence
from impact.scenario import Imagination, Scenario
from impact.scenario.imagination import imagine

SHOP, REPORT, APP, PAIR, LEFT, RIGHT, SITE = range(7)
CLASSES = (
    *("business_service", "business_service", "application", "database"),
    *("virtual_machine", "virtual_machine", "site"),
)
RELATIONSHIPS = (
    RelationshipRow(SHOP, APP, "depends_on"),
    RelationshipRow(REPORT, SHOP, "uses", strength="soft"),
    RelationshipRow(REPORT, PAIR, "depends_on"),
    RelationshipRow(APP, PAIR, "depends_on", tolerates=5),
    RelationshipRow(PAIR, LEFT, "runs_on", "hosts", need=1, failover=30),
    RelationshipRow(PAIR, RIGHT, "runs_on", "hosts", need=1, failover=30),
    RelationshipRow(LEFT, SITE, "located_in"),
    RelationshipRow(RIGHT, SITE, "located_in", strength="guard"),
)
ID = "00000000-0000-0000-0000-{:012d}"
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
NOTHING_BEFORE = Causes(NOBODY, NOBODY, NOBODY)
NO_RISKS = Register([], date.min)


def rehearse(catalogue: Catalogue) -> None:
    """Ask all questions; takes long only where kernels are compiled, which is once after an installation."""
    cis = [CIRow(no, class_, "operational", class_, ID.format(no)) for no, class_ in enumerate(CLASSES)]
    timed = build(cis, RELATIONSHIPS, {})
    plain = build(cis, [row._replace(failover=None) for row in RELATIONSHIPS], {})
    failed = np.array([LEFT], dtype=np.int32)
    for projection in (plain, timed):
        _report(Analysis(projection, projection, Causes(failed, NOBODY, NOBODY), NOTHING_BEFORE), catalogue)
    _risks(Analysis(plain, plain, Causes(failed, NOBODY, NOBODY), NOTHING_BEFORE), catalogue)
    dependents_of(plain, catalogue, SITE, Limits())
    paths(plain, SHOP, SITE, 2)
    common_providers(plain, [SHOP, REPORT], None, 1)
    _root_cause(plain)
    _recurrence(plain)
    imagine(plain.seen((), True), Imagination(without_cis=frozenset(["left"])), {"left": LEFT})


def _root_cause(projection: Projection) -> None:
    policy = Policies().read(RootCausePolicy, SHIPPED)
    alarms = {"shop": SHOP, "report": REPORT}
    suspects = suspicion([], projection.cis, datetime.now(UTC), policy)
    found_causes(projection, alarms, Observations(list(alarms)), suspects, 1, 1)


def _recurrence(projection: Projection) -> None:
    rules = RecurrenceRules(false_discovery_rate=0.9, at_least=2, at_least_times=1, windows_days=[1])
    day = timedelta(days=1)
    times = [BEGAN + day * place for place in range(8)]
    hit = (*[LEFT] * 6, SHOP, REPORT)
    seen = [Occurrence(str(at), at, (ID.format(ci),)) for at, ci in zip(times, hit, strict=True)]
    recurrence(projection, seen, Period(BEGAN, BEGAN + 9 * day), rules)


def _report(analysis: Analysis, catalogue: Catalogue) -> None:
    projection, asked = analysis.projection, Scenario()
    cis = ranked(analysis, catalogue)
    sites(projection, catalogue, cis)
    deciders(projection, analysis.outcome, cis, analysis.states(cis))
    for ci in cis.tolist():
        analysis.evidence(ci)
    barriers(analysis, SHOP, 1)
    interruptions(analysis, catalogue, asked)
    service_map(analysis, catalogue, asked, SHOP, Limits())
    comparison(Compared(analysis, asked), Compared(analysis, asked), catalogue, 0, 1)


def _risks(analysis: Analysis, catalogue: Catalogue) -> None:
    asked = Scenario()
    exposures(analysis, catalogue, asked)
    cut_sets(analysis, asked, SHOP)
    single_points(analysis, catalogue, asked, SHOP, NO_RISKS, 1)
    all_single_points(analysis, catalogue, asked, NO_RISKS, 0, 1)
