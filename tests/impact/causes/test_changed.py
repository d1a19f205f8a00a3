"""What the history makes suspect, on the real Neo4j; and the engine from ids to an answer."""

from datetime import UTC, datetime, timedelta

import pytest

from cmdb.errors import InvalidInput
from cmdb.history import Author, moment
from cmdb.reconciliation import Observation
from cmdb.runs import Run
from cmdb.store import get_ci
from impact import ImpactEngine, Observations
from impact.causes import changed
from impact.causes.policy import Changes
from tests.impact.causes.outages_told import POLICY
from tests.impact.conftest import Estate

AUTHOR = Author("tester", "test")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def events(estate: Estate, after: str, widest: int = 100) -> dict[str, int]:
    """CIs by name that were changed after a revision, with how many the same revision touched."""
    database = estate.store.database
    since, until = moment(database, after).at, datetime.now(UTC) + timedelta(hours=1)
    names = {id_: name for name, id_ in estate.ids.items()}
    found = changed(database, since, until, Changes(hours=1, widest=widest))
    return {names[event.ci]: event.among for event in found}


def test_attributes_new_and_removed_relationships_change_the_dependent(shop: Estate) -> None:
    before = shop.seq()
    shop.change("vm", description="patched")
    assert events(shop, before) == {"vm": 1}
    before = shop.seq()
    shop.link("db-a", "runs_on", "vm")
    assert events(shop, before) == {"db-a": 1}
    before = shop.seq()
    shop.unlink("db-a", "runs_on", "vm")
    assert events(shop, before) == {"db-a": 1}
    before = shop.seq()
    shop.add("server", "new")
    assert events(shop, before) == {"new": 1}


def test_a_revision_that_touched_many_says_nothing_of_one(shop: Estate) -> None:
    before = shop.seq()
    shop.add("server", "one", "two", "three")
    assert events(shop, before) == {"one": 3, "two": 3, "three": 3}
    assert events(shop, before, widest=2) == {}


def test_only_what_was_changed_in_time_counts(shop: Estate) -> None:
    rule = Changes(hours=1, widest=100)
    database = shop.store.database
    created = moment(database, "1").at
    assert not changed(database, LONG_AGO, created - timedelta(seconds=1), rule)
    assert changed(database, LONG_AGO, created, rule)
    assert not changed(
        database, datetime.now(UTC) + timedelta(hours=1), datetime.max.replace(tzinfo=UTC), rule
    )


def test_the_engine_finds_what_a_change_points_to(engine: ImpactEngine, shop: Estate) -> None:
    ids = shop.ids
    observations = Observations([ids["shop"], ids["app"]], healthy=[ids["db-a"], ids["db-b"]])
    plain = engine.root_cause(observations, POLICY)
    assert {cause.name for cause in plain.explanations[0].causes} == {"app"}
    database = shop.store.database
    shop.change("vm", description="patched")
    found = changed(database, moment(database, str(plain.revision)).at, datetime.now(UTC), POLICY.changes)
    first, *_ = engine.root_cause(observations, POLICY, found).explanations
    assert [cause.name for cause in first.causes] == ["vm"]
    assert [event.kind for event in first.causes[0].suspected] == ["changed"]
    assert [ci.name for alike in first.alike.first for ci in alike.causes] == ["app"]
    assert [step.name for step in first.symptoms[-1].path] == ["vm", "app", "shop"]


@pytest.mark.parametrize(
    ("observations", "said"),
    [
        ({"alarms": []}, "Nothing alarms"),
        ({"alarms": ["a"], "healthy": ["a"]}, "Name each CI once"),
        ({"alarms": ["a"], "onsets": {"b": LONG_AGO}}, "an onset and no alarm"),
    ],
)
def test_observations_that_cannot_be_meant_are_refused(observations: dict[str, list[str]], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        Observations(**observations)  # type: ignore[arg-type]


def test_the_first_look_of_a_source_finds_what_is_there_and_changes_nothing(estate: Estate) -> None:
    """A second look that finds something new does."""
    before = estate.seq()
    for names in (["a", "b"], ["a", "b", "c"]):
        rows = [Observation(name, {"class": "server", "name": name}, relations=()) for name in names]
        Run(estate.store.database, estate.store.catalogue, AUTHOR, "scanner").take_in(rows)
    since, until = moment(estate.store.database, before).at, datetime.now(UTC) + timedelta(hours=1)
    found = changed(estate.store.database, since, until, Changes(hours=1, widest=100))
    assert [get_ci(estate.store.database, event.ci)["name"] for event in found] == ["c"]
