"""What records say of CIs, as a scenario."""

from collections.abc import Mapping

from impact import Base, Scenario
from impact.projection import Projection
from impact.scenario import find_known

NOTHING_BEFORE = Base()


def scenario_of(graph: Projection, conditions: Mapping[str, str], base: Base = NOTHING_BEFORE) -> Scenario:
    """The scenario in which CIs (by id) are what is said of them.

    Those that no analysis sees are left out: a record may be about what is planned or retired.
    """
    seen = find_known(graph, conditions)

    def said(condition: str) -> frozenset[str]:
        return frozenset(ci for ci in seen if conditions[ci] == condition)

    return Scenario(
        failed=said("down"), degraded=said("degraded"), not_impacted=said("not_impacted"), base=base
    )
