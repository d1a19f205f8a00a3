"""Collisions of a change with all others whose windows overlap."""

from impact.planning import Planned, collisions
from impact.planning.collisions import Collisions
from impact.planning.harm import Harms
from tests.impact.planning.estates import CATALOGUE, shop

SHOP = shop()


def planned(number: str, *cis: str, begin: int = 0, team: str | None = None, **more: object) -> Planned:
    return Planned(number, SHOP.plan(SHOP.step("restart", *cis, **more), begin=begin, minutes=60), team)


def found(new: Planned, *others: Planned) -> Collisions:
    return collisions(Harms(SHOP.projection), CATALOGUE, new, others)


def test_only_changes_whose_windows_overlap_are_rivals() -> None:
    told = found(
        planned("CHG-1", "app"), planned("CHG-2", "app", begin=60), planned("CHG-3", "app", begin=59)
    )
    assert (told.overlapping, [one.number for one in told.collisions]) == (1, ["CHG-3"])


def test_the_same_ci_and_the_same_team_collide() -> None:
    told = found(
        planned("CHG-1", "app", team="ops"),
        planned("CHG-2", "app", "alone"),
        planned("CHG-3", "alone", team="ops"),
        planned("CHG-4", "alone"),
    )
    assert [(one.number, one.same_cis, one.same_team) for one in told.collisions] == [
        ("CHG-2", [SHOP.id("app")], False),
        ("CHG-3", [], True),
    ]


def test_one_in_the_blast_radius_of_the_other_if_that_goes_wrong() -> None:
    app, shop_ = planned("CHG-1", "app", effect="none"), planned("CHG-2", "shop", effect="none")
    assert [one.hit for one in found(app, shop_).collisions] == [[SHOP.id("shop")]]
    assert [one.hit_by for one in found(shop_, app).collisions] == [[SHOP.id("shop")]]
    assert found(planned("CHG-1", "db-a"), shop_).free


def test_two_halves_of_a_pair_are_lost_jointly_while_both_are_away() -> None:
    told = found(planned("CHG-1", "db-a"), planned("CHG-2", "db-b", begin=5))
    assert told.collisions == []
    assert [(one.changes, one.services) for one in told.joint_losses] == [(["CHG-1", "CHG-2"], 1)]
    assert [ref.name for ref in told.joint_losses[0].down.first] == ["shop", "app"]
    (time,) = told.joint_losses[0].times
    assert time.end is not None
    assert (time.end - time.begin).total_seconds() == 300


def test_halves_of_a_pair_that_are_away_in_turn_are_no_joint_loss() -> None:
    assert found(planned("CHG-1", "db-a"), planned("CHG-2", "db-b", begin=10)).free


def test_a_change_does_not_collide_with_itself() -> None:
    assert found(planned("CHG-1", "app"), planned("CHG-1", "app")).overlapping == 0
