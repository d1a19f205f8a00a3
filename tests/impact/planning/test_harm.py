"""What is known of harm outlives what does not change dependencies, and nothing else."""

from dataclasses import replace

from impact.planning import Harms
from impact.planning.spells import Spells, planned
from impact.scenario import find_known
from tests.impact.planning.estates import Estate, shop


def spells(estate: Estate, ci: str) -> Spells:
    plan = estate.plan(estate.step("restart", ci))
    return planned(plan, find_known(estate.projection, plan.cis))


def test_harm_is_kept_for_a_later_revision_with_the_same_dependencies() -> None:
    estate = shop()
    asked, whole = spells(estate, "app"), estate.projection
    harms = Harms(whole)
    before = harms.of(asked)
    later = harms.on(replace(whole, revision=replace(whole.revision, seq=7)))
    assert later.projection.revision.seq == 7
    assert later.of(asked) is before


def test_harm_is_found_anew_where_a_dependency_came() -> None:
    estate = shop()
    asked, harms = spells(estate, "alone"), Harms(estate.projection)
    before = harms.of(asked).down
    estate.link("app", "alone")
    down = harms.on(estate.projection).of(asked).down
    assert {estate.nos["app"], estate.nos["alone"]} <= {*down.tolist()} != {*before.tolist()}
