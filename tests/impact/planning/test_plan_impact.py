"""The impact of a plan: that of its worst moment, in a hurry, and when it goes wrong."""

from cmdb.changes import Plan
from impact.planning import Course, PlanImpact, plan_impact
from tests.impact.planning.estates import CATALOGUE, Estate, back_out, shop

SHOP = shop()


def impact(estate: Estate, plan: Plan) -> PlanImpact:
    return plan_impact(estate.projection, CATALOGUE, plan)


def fates(course: Course) -> dict[str, tuple[int | None, int | None, int | None]]:
    return {one.name: (one.down, one.degraded, one.exposed) for one in course.services}


def rolling() -> Plan:
    return SHOP.plan(
        SHOP.step("a", "db-a", recovery=300),
        SHOP.step("b", "db-b", recovery=300),
        back_out=back_out(10),
    )


def test_a_rolling_restart_interrupts_for_its_failovers_only_and_exposes_meanwhile() -> None:
    assert fates(impact(SHOP, rolling()).planned) == {"shop": (60, 0, 2 * 900 - 60)}


def test_a_step_begun_before_the_last_has_recovered_takes_the_service_down() -> None:
    found = impact(SHOP, rolling())
    assert found.hurried is not None
    assert fates(found.hurried) == {"shop": (30 + 300, 0, 1500 - 330)}
    assert found.hurried.worst is not None
    assert found.hurried.worst.steps == ["a", "b"]
    assert [ref.name for ref in found.hurried.worst.services_down.first] == ["shop"]


def test_the_worst_moment_is_that_of_one_step_and_not_of_all() -> None:
    plan = SHOP.plan(SHOP.step("mail", "mail"), SHOP.step("app", "app", duration=60))
    found = impact(SHOP, plan).planned
    assert found.worst is not None
    assert found.worst.steps == ["app"]
    assert (found.worst.down, found.worst.services_degraded.count) == (2, 0)
    assert fates(found) == {"shop": (60, 600, 0), "blog": (600, 0, 0)}
    assert impact(SHOP, plan).hurried is None


def test_in_the_worst_case_a_step_lasts_until_it_is_backed_out() -> None:
    plan = SHOP.plan(SHOP.step("upgrade", "app", effect="none"), back_out=back_out(10))
    found = impact(SHOP, plan)
    assert found.planned.worst is None
    assert [(case.can_back_out, fates(case.course)) for case in found.worst_cases] == [
        (True, {"shop": (1200, 0, 0)})
    ]


def test_without_a_way_back_the_worst_case_has_no_end_and_comes_first() -> None:
    found = impact(
        SHOP,
        SHOP.plan(
            SHOP.step("mail", "mail"),
            SHOP.step("app", "app"),
            back_out=back_out(1),
            last_decision_point="mail",
        ),
    )
    assert [case.steps for case in found.worst_cases] == [["app"], ["mail"]]
    assert fates(found.worst_cases[0].course) == {"shop": (None, 0, 0)}


def test_what_is_removed_is_missed_for_good() -> None:
    found = impact(SHOP, SHOP.plan(SHOP.step("remove", "mail", action="remove"))).planned
    assert fates(found) == {"shop": (0, None, 0), "blog": (None, 0, 0)}
    assert [moment.end for moment in found.moments] == [None]


def test_a_ci_that_is_not_in_use_yet_is_told_and_fails_nothing() -> None:
    step = SHOP.step("new", "app").model_copy(update={"cis": ("not in use",)})
    found = impact(SHOP, SHOP.plan(step))
    assert found.unseen == ["not in use"]
    assert found.planned.services == []


def test_parallel_steps_that_go_wrong_do_so_together() -> None:
    plan = SHOP.plan(SHOP.step("a", "db-a"), SHOP.step("b", "db-b", parallel=True, effect="none"))
    found = impact(SHOP, plan)
    assert fates(found.planned)["shop"] == (30, 0, 570)
    assert [(case.steps, fates(case.course)["shop"][0]) for case in found.worst_cases] == [(["a", "b"], None)]
