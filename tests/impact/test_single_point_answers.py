"""Single points of failure, exposure and cut sets, asked of an engine on the real Neo4j."""

from datetime import UTC, datetime, timedelta

import pytest

from cmdb.acceptance import Acceptance, accept
from cmdb.errors import InvalidInput
from impact import CutSets, ImpactEngine, Scenario
from tests.impact.conftest import AUTHOR, Estate

TODAY = datetime.now(UTC).date()


@pytest.fixture
def mall(shop: Estate) -> Estate:
    """The shop beside a kiosk that stands on the same vm and is critical."""
    shop.add("business_service", "kiosk", criticality="critical")
    shop.link("kiosk", "runs_on", "vm")
    return shop


def accepted(estate: Estate, ci: str, days: int | None, service: str | None = None) -> None:
    until = None if days is None else TODAY + timedelta(days)
    service_id = estate.ids[service] if service else None
    risk = Acceptance(estate.ids[ci], "Ada", "replaced soon", until, service_id)
    accept(estate.store.database, AUTHOR, risk)


def sets(answer: CutSets) -> list[list[str]]:
    return [[ci.name for ci in cut.cis] for cut in answer.cut_sets]


def test_the_points_of_a_service_nearest_first(mall: Estate, engine: ImpactEngine) -> None:
    answer = engine.single_points(mall.ids["shop"])
    told = [(p.name, p.class_, p.distance, p.services, p.worth, p.new) for p in answer.points]
    assert told == [
        ("app", "application", 1, 1, 4, False),
        ("vm", "virtual_machine", 2, 2, 12, False),
    ]
    assert (answer.count, answer.exposed, answer.state) == (2, False, "up")
    vm = answer.points[1].reason
    assert vm.text == "depends on app, which is down"
    assert [step.name for step in vm.path] == ["vm", "app", "shop"]


def test_a_scenario_exposes_a_service(mall: Estate, engine: ImpactEngine) -> None:
    during = mall.failing("db-a")
    answer = engine.single_points(mall.ids["shop"], during)
    assert [(point.name, point.new) for point in answer.points] == [
        ("app", False),
        ("db-b", True),
        ("vm", False),
    ]
    assert answer.exposed
    exposed = engine.exposures(during)
    assert [(one.name, one.criticality) for one in exposed.services] == [("shop", "high")]
    assert [ci.name for ci in exposed.services[0].new.first] == ["db-b"]
    assert engine.exposures(mall.failing("vm")).count == 0


def test_a_service_that_is_down_or_declared_up_has_none(mall: Estate, engine: ImpactEngine) -> None:
    down = engine.single_points(mall.ids["shop"], mall.failing("vm"))
    assert (down.state, down.count, down.points) == ("down", 0, [])
    kept = Scenario.model_validate({"not_impacted": [mall.ids["shop"]]})
    assert engine.single_points(mall.ids["shop"], kept).count == 0
    assert engine.cut_sets(mall.ids["shop"], kept).sizes == []


def test_all_points_by_what_hangs_on_them(mall: Estate, engine: ImpactEngine) -> None:
    answer = engine.all_single_points()
    ranked = [(p.name, p.services, p.worth, [ci.name for ci in p.first]) for p in answer.points]
    assert ranked == [("vm", 2, 12, ["kiosk", "shop"]), ("app", 1, 4, ["shop"])]
    assert [(one.name, one.points) for one in answer.by_service] == [("shop", 2), ("kiosk", 1)]
    assert (answer.services, answer.count, answer.next) == (2, 2, None)
    first = engine.all_single_points(limit=1)
    assert first.next
    second = engine.all_single_points(limit=1, cursor=first.next)
    assert [*first.points, *second.points] == answer.points
    assert second.next is None


def test_accepted_points_are_kept_apart_until_they_expire(mall: Estate, engine: ImpactEngine) -> None:
    accepted(mall, "vm", days=0, service="shop")
    answer = engine.single_points(mall.ids["shop"])
    assert [point.name for point in answer.points] == ["app"]
    (vm,) = answer.accepted
    assert vm.accepted
    assert (vm.name, vm.accepted.by, vm.accepted.of_all_services) == ("vm", "Ada", False)
    assert [point.name for point in engine.single_points(mall.ids["kiosk"]).points] == ["vm"]
    assert engine.all_single_points().accepted == []
    accepted(mall, "vm", days=-1, service="shop")
    (_, expired) = engine.single_points(mall.ids["shop"]).points
    assert expired.accepted
    assert expired.accepted.expired
    accepted(mall, "vm", days=None)
    assert [point.name for point in engine.single_points(mall.ids["shop"]).accepted] == ["vm"]
    assert [point.name for point in engine.all_single_points().accepted] == ["vm"]


def test_cut_sets_and_how_far_the_search_came(mall: Estate, engine: ImpactEngine) -> None:
    answer = engine.cut_sets(mall.ids["shop"])
    assert sorted(sets(answer)) == [["app"], ["db-a", "db-b"], ["vm"]]
    assert [(one.size, one.count, one.complete) for one in answer.sizes] == [
        (1, 2, True),
        (2, 1, True),
        (3, 0, True),
    ]
    some = engine.cut_sets(mall.ids["shop"], most=2)
    assert [(one.count, one.ended_by) for one in some.sizes] == [(2, None), (0, "number"), (0, "number")]
    none_left = engine.cut_sets(mall.ids["shop"], mall.failing("db-a"))
    assert sorted(sets(none_left)) == [["app"], ["db-b"], ["vm"]]


def test_limits_out_of_range_are_refused(mall: Estate, engine: ImpactEngine) -> None:
    shop = mall.ids["shop"]
    with pytest.raises(InvalidInput, match="single points is 0"):
        engine.single_points(shop, most=0)
    for limits in ({"largest": 4}, {"most": 0}, {"seconds": 0.0}):
        with pytest.raises(InvalidInput):
            engine.cut_sets(shop, **limits)


def test_what_fails_for_a_time_is_down_meanwhile(mall: Estate, engine: ImpactEngine) -> None:
    during = mall.failing("db-a", durations={mall.ids["db-a"]: 600})
    assert [one.name for one in engine.exposures(during).services] == ["shop"]
    assert engine.single_points(mall.ids["shop"], during).exposed
    assert ["db-b"] in sets(engine.cut_sets(mall.ids["shop"], during))
    assert "db-b" in [point.name for point in engine.all_single_points(during).points]
