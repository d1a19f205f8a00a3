"""Each check on a graph of a few CIs, of which it is plain what it must find."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cmdb.errors import InvalidInput, NotFound
from cmdb.health import Selection, Terms, findings, health
from cmdb.people import Team, save_teams
from cmdb.reconciliation import Observation
from cmdb.runs import Run, sweep
from cmdb.store import Page, Store, Target, retire, update_cis
from tests.cmdb.graphs import AUTHOR, created, id_of, imported, on, see

NOW = datetime(2026, 11, 20, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=100)


def seen(
    store: Store, at: datetime, observations: Iterable[Observation], source: str = "scanner", **options: Any
) -> None:
    """Take in what a source saw then."""
    run = Run(store.database, store.catalogue, AUTHOR, source, observed_at=at, **options)
    run.take_in(observations)


def found(store: Store, check: str, **options: Any) -> dict[str, list[dict[str, Any]]]:
    """What a check finds: name → details. The figure counts the list, and the overview has the figure."""
    answer = findings(store, check, now=NOW, **options)
    assert answer.figure.failing == len(answer.items) == len({item.id for item in answer.items})
    told = {key: options[key] for key in ("selection", "terms") if key in options}
    assert answer.figure in health(store, now=NOW, **told).figures
    return {item.name: item.details for item in answer.items}


def test_an_empty_graph_has_no_share(store: Store) -> None:
    answer = health(store, by="class")
    assert (answer.cis, answer.parts) == (0, [])
    assert {(figure.asked, figure.failing, figure.share) for figure in answer.figures} == {(0, 0, None)}


def test_recommended_attributes(store: Store) -> None:
    imported(
        store,
        [
            see("full", owner="Web", supported_by="Ops", environment="test", name="full"),
            see("bare", name="bare"),
            see("rack", class_="rack", owner="Site", name="rack"),
            see("port", class_="network_interface", name="port"),
        ],
    )
    assert found(store, "no_owner").keys() == {"bare"}
    assert found(store, "no_supported_by").keys() == {"bare", "rack"}
    assert found(store, "no_environment").keys() == {"bare"}
    figures = {figure.check: figure for figure in health(store).figures}
    # The rack may stand in every environment, and the port is a part: neither is asked for one.
    assert (figures["no_environment"].asked, figures["no_environment"].share) == (2, 0.5)
    assert figures["no_owner"].asked == 3


def test_criticality_is_asked_of_services_and_of_what_carries_them(store: Store) -> None:
    imported(
        store,
        [
            see("shop", on("app"), on("bill", "linked_to"), class_="business_service", name="shop"),
            see("app", on("vm"), class_="application", criticality="high", name="app"),
            see("vm", name="vm"),
            see("bill", class_="application", name="bill"),
        ],
    )
    assert found(store, "no_criticality").keys() == {"shop"}
    figures = {figure.check: figure for figure in health(store).figures}
    assert figures["no_criticality"].asked == 2  # shop and app; the machine carries an application


def test_what_has_no_dependency_may_yet_have_a_relationship(store: Store) -> None:
    imported(
        store,
        [
            see("a", on("b"), name="a"),
            see("b", name="b"),
            see("c", on("d", "linked_to"), name="c"),
            see("d", name="d"),
            see("e", name="e"),
        ],
    )
    assert found(store, "no_dependency").keys() == {"c", "d", "e"}
    assert found(store, "orphan").keys() == {"e"}


def test_stale_is_what_no_source_has_seen_for_long(store: Store) -> None:
    old, both = see("old", name="old"), see("both", name="both", fqdn="both.example.org")
    seen(store, LONG_AGO, [old, both, see("again", name="again")])
    seen(store, NOW, [see("x", name="both", fqdn="both.example.org")], source="other")
    seen(store, NOW - timedelta(days=1), [see("again", name="again")])  # unchanged: only the run knows
    created(store, "by hand")
    (detail,) = found(store, "stale")["old"]
    assert detail == {"last_seen": LONG_AGO.isoformat(), "stale_days": 14}
    assert found(store, "stale").keys() == {"old"}
    assert findings(store, "stale", now=NOW).figure.asked == 3


def test_missing_is_what_a_complete_run_missed_until_it_retires(store: Store) -> None:
    things = [see(str(number), name=f"n{number}") for number in range(10)]
    seen(store, LONG_AGO, things)
    gone = NOW - timedelta(days=5)
    seen(store, gone, things[1:], complete=True)
    assert found(store, "missing") == {"n0": [{"source": "scanner", "scope": "", "since": gone.isoformat()}]}
    sweep(store.database, store.catalogue, AUTHOR, NOW + timedelta(days=40))
    assert found(store, "missing") == {}


def test_duplicates_are_open_cases(store: Store) -> None:
    twins = [
        see(one, name=one, serial_number="S1", manufacturer="M", class_="physical_server") for one in "ab"
    ]
    imported(store, twins)
    details = found(store, "duplicate")
    ids = sorted(id_of(store.database, one) for one in "ab")
    assert details.keys() == {"a", "b"}
    assert details["a"] == details["b"]
    assert details["a"][0]["cis"] == ids


def test_unusual_ends(store: Store) -> None:
    imported(
        store,
        [
            see("app", on("vm", "runs_on"), class_="application", name="app"),
            see("vm", on("app", "runs_on"), on("app", "stored_on"), class_="virtual_machine", name="vm"),
        ],
    )
    details = found(store, "unusual_relationship")
    assert details.keys() == {"vm"}
    assert sorted(detail["type"] for detail in details["vm"]) == ["runs_on", "stored_on"]
    assert details["vm"][0]["provider"] == {
        "id": id_of(store.database, "app"),
        "name": "app",
        "class": "application",
    }


def test_attributes_beyond_the_class(store: Store) -> None:
    imported(store, [see("a", name="a", colour="red", shape="round", os="Linux"), see("b", name="b")])
    assert found(store, "beyond_class") == {"a": [{"attributes": ["colour", "shape"]}]}


def test_groups_that_need_more_than_they_have(store: Store) -> None:
    imported(
        store,
        [
            see("a", on("x", group="g", need=3), on("y", group="g", need=3), name="a"),
            see("b", on("x", group="g", need=2), on("y", group="g", need=2), name="b"),
            see("c", on("x", group="g", need=3, weight=2), on("y", group="g", need=3), name="c"),
            see("d", on("x", group="g", need="100%"), on("y", group="g", need="100%"), name="d"),
            # One member that stands in the group twice is still one.
            see("e", on("x", group="g", need=2), on("x", "uses", group="g", need=2), name="e"),
            see("x"),
            see("y"),
        ],
    )
    assert found(store, "small_group") == {
        "a": [{"group": "g", "need": 3, "has": 2}],
        "e": [{"group": "g", "need": 2, "has": 1}],
    }


def test_teams_that_nobody_has_entered(store: Store) -> None:
    imported(store, [see("a", name="a", owner="Web", supported_by="Wbe"), see("b", name="b", owner="Web")])
    assert found(store, "unknown_team").keys() == {"a", "b"}
    save_teams(store.database, AUTHOR, [Team("Web")])
    assert found(store, "unknown_team") == {"a": [{"attribute": "supported_by", "team": "Wbe"}]}


def test_classes_of_one_line_are_no_conflict(store: Store) -> None:
    def at(source: str, **classes: str) -> None:
        things = [
            see(one, name=one, fqdn=f"{one}.example.org", class_=class_) for one, class_ in classes.items()
        ]
        imported(store, things, source)

    at("one", a="server", b="virtual_machine")
    at("two", a="virtual_machine", b="virtual_machine")
    assert found(store, "class_conflict") == {}
    person = Target(id_of(store.database, "b"))
    update_cis(store, AUTHOR, [(person, {"class": "switch"})])
    assert found(store, "class_conflict") == {
        "b": [
            {"class": "switch", "sources": ["manual"]},
            {"class": "virtual_machine", "sources": ["one", "two"]},
        ]
    }


def test_figures_by_class_owner_and_source_add_up(store: Store) -> None:
    imported(store, [see("a", name="a", owner="Web", fqdn="a.example.org"), see("b", name="b")], "one")
    imported(store, [see("a", name="a", fqdn="a.example.org"), see("r", name="r", class_="rack")], "two")
    created(store, "by hand")

    def parts(by: Any) -> dict[str | None, tuple[int, int]]:
        """Part → its CIs, and how many of them have no owner."""
        answer = health(store, by)
        assert [part.cis for part in answer.parts] == sorted((p.cis for p in answer.parts), reverse=True)
        return {
            part.key: (part.cis, next(f.failing for f in part.figures if f.check == "no_owner"))
            for part in answer.parts
        }

    assert parts("class") == {"server": (3, 2), "rack": (1, 1)}
    assert parts("owner") == {"Web": (1, 0), None: (3, 3)}
    assert parts("source") == {"one": (2, 1), "two": (2, 1), "manual": (1, 1)}


def test_lists_are_cut_by_class_owner_and_source(store: Store) -> None:
    imported(store, [see("v", name="v", class_="virtual_machine", owner="Web")], "one")
    imported(store, [see("s", name="s"), see("r", name="r", class_="rack")], "two")
    assert found(store, "orphan", selection=Selection("server")).keys() == {"v", "s"}
    assert found(store, "orphan", selection=Selection(owner="Web")).keys() == {"v"}
    assert found(store, "orphan", selection=Selection("server", source="two")).keys() == {"s"}
    assert found(store, "orphan", selection=Selection(source="three")) == {}
    with pytest.raises(InvalidInput):
        health(store, selection=Selection("no_such_class"))


def test_lists_are_paged_by_name_without_loss(store: Store) -> None:
    created(store, "b", "a", "c", "a", "b")
    names, cursor = [], None
    for _ in range(3):
        answer = findings(store, "orphan", page=Page(2, cursor))
        assert answer.figure.failing == 5
        names += [(item.name, item.id) for item in answer.items]
        cursor = answer.next
    assert cursor is None
    assert len(set(names)) == 5
    assert names == sorted(names)


def test_retired_cis_are_not_looked_at(store: Store) -> None:
    imported(store, [see("a", name="a", colour="red"), see("b", name="b")])
    retire(store, AUTHOR, [Target(id_of(store.database, "a"))])
    answer = health(store, "source")
    assert answer.cis == 1
    assert found(store, "beyond_class") == {}
    assert found(store, "orphan").keys() == {"b"}


def test_an_unknown_check_is_told(store: Store) -> None:
    with pytest.raises(NotFound, match=r"no_owner.*stale"):
        findings(store, "no_such_check", terms=Terms())
