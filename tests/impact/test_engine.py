"""Questions and answers, on the real Neo4j."""

import orjson
import pytest

from cmdb.database import Database
from cmdb.errors import InvalidInput, NotFound
from impact import Impact, ImpactEngine, Scenario
from tests.impact.conftest import Estate


def states(answer: Impact) -> dict[str, str]:
    return {item.name: item.state for item in answer.items}


def test_services_come_first_and_every_state_has_its_reason(shop: Estate, engine: ImpactEngine) -> None:
    answer = engine.impact(shop.failing("db-a", "db-b"))
    assert [item.name for item in answer.items] == ["shop", "db-a", "db-b", "app"]
    service = answer.items[0]
    assert answer.services == [service]
    assert service.reason
    assert [step.name for step in service.reason.path] == ["db-a", "app", "shop"]
    assert [step.relationship for step in service.reason.path] == [None, "depends_on", "depends_on"]
    app = answer.items[-1]
    assert app.reason
    assert app.reason.text == "needs 1 of 2 (replicas): db-a, db-b are down"
    assert (answer.counts.down, answer.counts.services.down) == (4, 1)
    assert answer.counts.by_class[0].title == "Business service"


def test_the_json_has_the_agreed_shape(shop: Estate, engine: ImpactEngine) -> None:
    answer = orjson.loads(engine.impact(shop.failing("db-a")).model_dump_json())
    assert list(answer) == [
        *("revision", "as_of", "scenario", "counts", "services", "contacts"),
        *("confidence", "matching", "items", "next"),
    ]
    assert answer["counts"]["before"] == dict.fromkeys(["down", "interrupted", "degraded", "at_risk"], 0)
    assert answer["as_of"].endswith("Z")
    (app,) = [item for item in answer["items"] if item["name"] == "app"]
    assert (app["class"], app["state"], app["distance"]) == ("application", "at_risk", 1)
    assert app["reason"]["group"]["up"][0]["name"] == "db-b"


def test_why_names_what_saved_a_service(shop: Estate, engine: ImpactEngine) -> None:
    explanation = engine.why(shop.ids["shop"], shop.failing("db-a"))
    assert explanation.text == ("shop stays up: app needs 1 of 2 (replicas): db-a is down; db-b is still up")
    (saved,) = explanation.saved_by.first
    assert [step.name for step in saved.path] == ["db-a", "app", "shop"]


def test_why_names_the_override(shop: Estate, engine: ImpactEngine) -> None:
    scenario = shop.failing("vm", not_impacted=[shop.ids["app"]])
    assert engine.why(shop.ids["shop"], scenario).text == ("shop stays up: app is declared not impacted")


def test_why_names_soft_relationships_and_guards(shop: Estate, engine: ImpactEngine) -> None:
    shop.add("database", "cache", "copy")
    shop.link("app", "uses", "cache")
    shop.link("app", "backed_up_to", "copy")
    weak = Scenario.model_validate({"degraded": [shop.ids["cache"]]})
    assert engine.why(shop.ids["app"], weak).text == (
        "app stays up: app does not suffer when cache is merely degraded (soft)"
    )
    explanation = engine.why(shop.ids["app"], shop.failing("copy"))
    assert explanation.text == "app is at risk: is unprotected: is backed up to copy, which is down"
    assert explanation.saved_by.first[0].text == "app only loses protection by copy (guard)"


def test_why_explains_an_impact_and_the_lack_of_one(shop: Estate, engine: ImpactEngine) -> None:
    down = engine.why(shop.ids["app"], shop.failing("vm"))
    assert down.text == "app is down: runs on vm, which is down"
    apart = engine.why(shop.ids["shop"], shop.failing("printer"))
    assert apart.text.startswith("shop stays up: no known dependency")


def test_whom_to_tell(shop: Estate, engine: ImpactEngine) -> None:
    answer = engine.impact(shop.failing("vm"))
    owner, support = answer.contacts
    assert owner.team.startswith("sales")
    assert [(concern.name, concern.state) for concern in owner.concerns] == [("shop", "down")]
    assert (support.roles, support.down) == (["supported_by"], 1)


def test_contacts_tell_how_to_reach_a_team(shop: Estate, engine: ImpactEngine, database: Database) -> None:
    team = {"name": engine.impact(shop.failing("vm")).contacts[0].team, "chat": "#sales", "phone": ""}
    database.write(lambda tx: tx.run("CREATE (team:Team) SET team = $team", team=team).consume())
    (contact, _) = engine.impact(shop.failing("vm")).contacts
    assert (contact.chat, contact.phone) == ("#sales", None)


def test_nothing_known_is_not_no_impact(shop: Estate, engine: ImpactEngine) -> None:
    confidence = engine.impact(shop.failing("printer", "vm")).confidence
    assert [ci.name for ci in confidence.nothing_known] == ["printer"]


def test_what_nobody_but_a_person_described_is_unverified(shop: Estate, engine: ImpactEngine) -> None:
    shop.change("vm", verified_at="2026-01-01T00:00:00Z")
    unverified = engine.impact(shop.failing("vm")).confidence.unverified
    assert [ci.name for ci in unverified.first] == ["shop", "app"]


def test_defects_and_assumptions_are_named(shop: Estate, engine: ImpactEngine) -> None:
    shop.add("virtual_machine", "future", status="planned")
    shop.link("app", "runs_on", "vm", "future", group="hosts", need=2)
    shop.link("shop", "runs_on", "future", group="later", need=1)
    defects = engine.impact(shop.failing("vm")).confidence.defects
    assert defects.count == 2
    assert [defect.text for defect in defects.first] == [
        "app needs 2 of 1 (hosts); taken as 1",
        "shop has a group later with no member in use, which counts as up",
    ]


def test_before_is_told_apart(shop: Estate, engine: ImpactEngine) -> None:
    base = {"down": [shop.ids["db-a"]]}
    answer = engine.impact(shop.failing("db-b", base=base))
    assert {item.name: item.before for item in answer.items} == {
        "shop": "up",
        "app": "at_risk",
        "db-a": "down",
        "db-b": "up",
    }
    assert (answer.counts.down, answer.counts.before.down, answer.counts.added.down) == (4, 1, 3)
    shop.retire("printer")
    retired = {"down": [shop.ids["printer"]]}
    assert engine.impact(shop.failing("vm", base=retired)).counts.before.down == 0
    recovering = engine.impact(shop.failing(base=base, not_impacted=[shop.ids["db-a"]]))
    assert recovering.counts.recovered == 2


def test_a_write_is_in_the_next_answer(shop: Estate, engine: ImpactEngine) -> None:
    assert "shop" not in states(engine.impact(shop.failing("db-a")))
    shop.unlink("app", "depends_on", "db-b", group="replicas")
    assert states(engine.impact(shop.failing("db-a")))["shop"] == "down"


def test_the_past_is_answered_as_it_was(shop: Estate, engine: ImpactEngine) -> None:
    then = shop.seq()
    shop.unlink("app", "depends_on", "db-b", group="replicas")
    shop.change("app", name="app 2")
    shop.retire("vm")
    now = engine.impact(shop.failing("db-a"))
    assert states(now) == {"shop": "down", "app 2": "down", "db-a": "down"}
    before = engine.impact(shop.failing("db-a", as_of=then))
    assert before.revision == int(then)
    assert states(before) == {"app": "at_risk", "db-a": "down"}
    assert states(engine.impact(shop.failing("vm", as_of=then))) == {
        "shop": "down",
        "app": "down",
        "vm": "down",
    }


def test_pages_stay_at_their_revision(shop: Estate, engine: ImpactEngine) -> None:
    scenario = shop.failing("db-a", "db-b")
    whole = engine.impact(scenario)
    first = engine.impact(scenario, limit=2)
    assert first.next
    shop.unlink("app", "depends_on", "db-b", group="replicas")
    second = engine.impact(scenario, limit=2, cursor=first.next)
    assert second.revision == first.revision
    assert [*first.items, *second.items] == whole.items
    assert second.next is None


def test_a_cursor_of_another_question_is_refused(shop: Estate, engine: ImpactEngine) -> None:
    page = engine.impact(shop.failing("db-a", "db-b"), limit=1)
    with pytest.raises(InvalidInput, match="another question"):
        engine.impact(shop.failing("vm"), cursor=page.next)
    for nonsense in ("nonsense", "e30=", "ü"):
        with pytest.raises(InvalidInput, match="cursor"):
            engine.impact(shop.failing("vm"), cursor=nonsense)


@pytest.mark.parametrize("limit", [0, -1, 10_001])
def test_a_page_has_a_size(shop: Estate, engine: ImpactEngine, limit: int) -> None:
    with pytest.raises(InvalidInput, match=str(limit)):
        engine.impact(shop.failing("vm"), limit=limit)


def test_what_cannot_be_meant_is_refused(shop: Estate, engine: ImpactEngine) -> None:
    shop.add("virtual_machine", "future", status="planned")
    with pytest.raises(InvalidInput, match=r"future is no part .* planned"):
        engine.impact(shop.failing("future"))
    shop.retire("printer")
    with pytest.raises(InvalidInput, match=r"printer is no part .* retired"):
        engine.impact(shop.failing("printer"))
    with pytest.raises(NotFound, match="no-such-id"):
        engine.impact(Scenario.model_validate({"failed": ["no-such-id"]}))
    with pytest.raises(InvalidInput, match="No relationship has the type haunts"):
        engine.impact(shop.failing("vm", types=["haunts"]))
    with pytest.raises(InvalidInput, match="at once"):
        shop.failing("vm", not_impacted=[shop.ids["vm"]])


def test_an_imagined_ci_takes_part_and_can_fail(shop: Estate, engine: ImpactEngine) -> None:
    replica = {"dependent": shop.ids["app"], "type": "depends_on", "provider": "db-c", "group": "replicas"}
    imagined = {"cis": [{"name": "db-c", "class": "database"}], "relationships": [replica]}
    spared = engine.impact(shop.failing("db-a", "db-b", imagined=imagined))
    assert states(spared) == {"app": "at_risk", "db-a": "down", "db-b": "down"}
    assert spared.scenario.imagined == [
        "there is a database db-c",
        "app depends on db-c in group replicas",
    ]
    scenario = shop.failing("db-a", "db-b", imagined=imagined)
    failing = scenario.model_copy(update={"failed": scenario.failed | {"db-c"}})
    assert states(engine.impact(failing))["shop"] == "down"
    assert engine.why(shop.ids["shop"], failing).item.state == "down"


def test_a_failure_for_a_time_interrupts(shop: Estate, engine: ImpactEngine) -> None:
    answer = engine.impact(shop.failing("vm", durations={shop.ids["vm"]: 1200}))
    assert states(answer) == dict.fromkeys(("shop", "app", "vm"), "interrupted")
    assert {item.seconds for item in answer.items} == {1200}
    assert (answer.counts.interrupted, answer.counts.down) == (3, 0)
    (shop_item,) = engine.interruptions(shop.failing("vm", durations={shop.ids["vm"]: 1200})).services
    assert shop_item.reason
    assert shop_item.reason.text == "waits for 20 min: depends on app, which is away for a time"


def test_a_guard_that_is_away_for_a_time_is_named(shop: Estate, engine: ImpactEngine) -> None:
    shop.add("database", "copy")
    shop.link("app", "backed_up_to", "copy")
    (saved,) = engine.why(
        shop.ids["app"], shop.failing("copy", durations={shop.ids["copy"]: 60})
    ).saved_by.first
    assert saved.text == "app only loses protection by copy (guard)"


def test_a_failover_interrupts_even_where_enough_is_left(shop: Estate, engine: ImpactEngine) -> None:
    shop.link("app", "depends_on", "db-a", group="replicas", need=1, failover=30)
    answer = engine.impact(shop.failing("db-a"))
    assert states(answer) == {"shop": "interrupted", "app": "interrupted", "db-a": "down"}
    (app,) = [item for item in answer.items if item.name == "app"]
    assert app.reason
    assert (app.seconds, app.reason.rule) == (30, "fails_over")
    assert app.reason.text.startswith("fails over for 30 s: needs 1 of 2 (replicas)")


def test_looking_at_some_types_or_without_redundancy(shop: Estate, engine: ImpactEngine) -> None:
    some = engine.impact(shop.failing("vm", "db-a", types=["depends_on"]))
    assert states(some) == {"vm": "down", "db-a": "down", "app": "at_risk"}
    plain = engine.impact(shop.failing("db-a", ignore_redundancy=True))
    assert states(plain) == {"shop": "down", "app": "down", "db-a": "down"}
