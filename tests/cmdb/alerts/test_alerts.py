from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cmdb.alerts import Alert, AlertRules, Explains, Taken, alerts_of, alerts_of_incident, take_alerts
from cmdb.alerts.naming import named
from cmdb.errors import InvalidInput
from cmdb.history import latest
from cmdb.records import Desk, Edit, edit_record, get_record, list_records, read_log, transition
from cmdb.store import Store
from tests.cmdb.alerts.conftest import MONITOR, Rack, all_behind, nothing_explains

Take = Callable[..., Taken]
BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def alert(name: str = "Down", /, minutes: int = 0, over: int | None = None, **labels: str) -> Alert:
    told = {"alertname": name, "severity": "critical", **labels}
    ended = BEGAN + timedelta(minutes=over) if over else None
    return Alert(told, BEGAN + timedelta(minutes=minutes), ended)


def labelled(labels: dict[str, str]) -> Alert:
    return Alert({"alertname": "Down", **labels}, BEGAN)


@pytest.fixture
def take(store: Store, desk: Desk, rules: AlertRules) -> Take:
    def taking(*alerts: Alert, explains: Explains = nothing_explains) -> Taken:
        return take_alerts(store, desk, MONITOR, rules, alerts, explains)

    return taking


def test_labels_name_cis(store: Store, rules: AlertRules, rack: Rack) -> None:
    said = {
        "app1": [{"instance": "app1:9100"}, {"instance": "app1.example.org"}, {"host": "app1"}],
        "app2": [{"instance": "10.0.0.6:9100"}, {"instance": "http://10.0.0.6/metrics"}],
        "shop": [{"pod": "web-1", "namespace": "shop", "instance": "10.9.9.9:1"}],
    }
    for name, labels in said.items():
        for one in labels:
            told = labelled(one)
            assert named(store.database, store.catalogue, rules, [told]) == {told.key: rack[name]}, one
    for nothing in ({}, {"pod": "web-1"}, {"instance": "[::1"}, {"host": "app9"}):
        assert named(store.database, store.catalogue, rules, [labelled(nothing)]) == {}


def test_a_storm_on_one_ci_is_one_incident(take: Take, desk: Desk, rack: Rack) -> None:
    taken = take(*(alert(f"Rule{number}", instance="app1:9100") for number in range(20)))
    (number,) = taken.opened
    record = get_record(desk.database, number)
    assert (record.values["events"], record.values["alerts_firing"]) == (20, 20)
    said = read_log(desk.database, number)[0].entry.note
    assert said == "Alerts: Rule0, Rule1, Rule2, Rule3, Rule4 and 15 other names."
    assert record.condition(rack["app1"]) == "down"
    assert (record.values["urgency"], record.values["channel"]) == ("high", "alert")
    assert len(alerts_of_incident(desk.database, number)) == 20
    again = take(alert("Rule21", instance="app1:9100", severity="warning"))
    assert (again.opened, again.joined) == ((), (number,))
    assert get_record(desk.database, number).values["events"] == 21


def test_telling_it_again_changes_nothing(take: Take, desk: Desk, rack: Rack) -> None:
    told = [alert(instance="app1"), alert("Slow", instance="app2", severity="warning")]
    first = take(*told)
    before = [get_record(desk.database, number) for number in first.opened]
    second = take(*told, *told)
    assert (second.opened, second.joined, second.repeated) == ((), (), 2)
    assert [get_record(desk.database, number) for number in first.opened] == before


def test_telling_it_again_makes_no_revision(take: Take, desk: Desk, rack: Rack) -> None:
    told = [alert(instance="app1"), alert("Slow", instance="app2", over=5)]
    take(*told)
    before = latest(desk.database)
    take(*told)
    assert latest(desk.database) == before


def test_posts_at_once_are_counted_once(take: Take, desk: Desk, rack: Rack) -> None:
    told = [alert(f"Rule{number}", instance="app1") for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda one: take(told[one], told[(one + 1) % 6]), range(6)))
    (record,) = list_records(desk.database).items
    assert record.values["events"] == record.values["alerts_firing"] == 6


def test_what_one_failure_explains_is_one_incident(take: Take, desk: Desk, rack: Rack) -> None:
    explains = all_behind(rack)
    servers = [alert(instance="app1"), alert(instance="app2")]
    (number,) = take(*servers, alert(instance="sw1"), explains=explains).opened
    record = get_record(desk.database, number)
    assert record.values["title"] == "Down and 2 more alerts on sw1"
    assert record.values["team"] == "network"
    assert {link.ci for link in record.links} == {rack["sw1"], rack["app1"], rack["app2"]}


def test_what_an_open_incident_explains_joins_it(take: Take, desk: Desk, rack: Rack) -> None:
    (number,) = take(alert(instance="sw1")).opened
    taken = take(alert(instance="app1"), alert(instance="app2"), explains=all_behind(rack))
    assert (taken.opened, taken.joined) == ((), (number,))
    assert len(get_record(desk.database, number).links) == 3


def test_an_incident_of_which_no_alert_fires_is_restored_and_relapses(
    take: Take, desk: Desk, rack: Rack
) -> None:
    (number,) = take(alert(instance="app1"), alert("Slow", instance="app1")).opened
    taken = take(alert(instance="app1", over=5))
    assert (taken.over, taken.restored) == (1, ())
    assert get_record(desk.database, number).values["alerts_firing"] == 1
    assert take(alert("Slow", instance="app1", over=6)).restored == (number,)
    assert get_record(desk.database, number).state == "restored"
    late = take(alert("Slow", instance="app1"))  # another replica that has not heard that it is over
    assert (late.repeated, get_record(desk.database, number).state) == (1, "restored")
    again = take(alert("Slow", minutes=9, instance="app1"))
    record = get_record(desk.database, number)
    assert (again.joined, record.state, record.values["events"]) == ((number,), "new", 3)


def test_alerts_that_match_nothing_are_kept_by_name(take: Take, desk: Desk, rack: Rack) -> None:
    taken = take(alert("Disk", host="x1"), alert("Disk", host="x2"), alert("Watchdog"))
    assert (len(taken.opened), taken.unmatched) == (2, 3)
    disk = get_record(desk.database, taken.opened[0])
    assert disk.links == ()
    assert {one["labels"]["host"] for one in alerts_of_incident(desk.database, disk.number)} == {"x1", "x2"}
    assert take(alert("Disk", host="x3")).joined == (disk.number,)


def test_what_was_over_before_it_was_told_is_kept_and_restored(take: Take, desk: Desk, rack: Rack) -> None:
    taken = take(alert(instance="app1", over=3))
    assert taken.restored == taken.opened
    (told,) = alerts_of_incident(desk.database, taken.opened[0])
    assert told["ends_at"] == "2026-03-01T12:03:00Z"


def test_alerts_join_what_a_person_opened_and_do_not_restore_it(take: Take, desk: Desk, rack: Rack) -> None:
    (number,) = take(alert(instance="app1")).opened
    edit_record(desk, MONITOR, number, Edit(values={"channel": "phone"}))
    taken = take(alert(instance="app1", over=5))
    assert (taken.over, taken.restored) == (1, ())


def test_an_alert_on_what_was_closed_opens_another(take: Take, desk: Desk, rack: Rack) -> None:
    (number,) = take(alert(instance="app1")).opened
    transition(desk, replace(MONITOR, note="a test"), number, "cancel")
    (other,) = take(alert(minutes=1, instance="app1")).opened
    assert other != number
    assert [one.entry.what for one in read_log(desk.database, other)] == ["open"]


def test_payloads_are_read() -> None:
    post = {
        "version": "4",
        "truncatedAlerts": 0,
        "status": "firing",
        "alerts": [
            {
                "status": "firing",
                "labels": {"alertname": "Down"},
                "annotations": {"summary": "app1 is down"},
                "startsAt": "2026-03-01T12:00:00.123456789+01:00",
                "endsAt": "0001-01-01T00:00:00Z",
                "generatorURL": "http://prometheus/graph",
                "fingerprint": "1a30ba71cca2921f",
            },
            {
                "status": "resolved",
                "labels": {"alertname": "Slow"},
                "startsAt": "2026-03-01T12:00:00Z",
                "endsAt": "2026-03-01T12:05:00Z",
            },
        ],
    }
    down, slow = alerts_of(post, "post.json", BEGAN)
    assert (down.summary, down.ends_at, down.identity) == ("app1 is down", None, "1a30ba71cca2921f")
    assert slow.ends_at == BEGAN + timedelta(minutes=5)
    assert slow.identity and slow.identity != down.identity
    active = {
        "status": "success",
        "data": {
            "alerts": [
                {"labels": {"alertname": "A"}, "state": "firing", "activeAt": "2026-03-01T12:00:00Z"},
                {"labels": {"alertname": "B"}, "state": "pending", "activeAt": "2026-03-01T12:00:00Z"},
            ]
        },
    }
    assert [(one.name, one.starts_at) for one in alerts_of(active, "alerts.json", BEGAN)] == [("A", BEGAN)]
    with pytest.raises(InvalidInput, match=r"alerts\.json is neither"):
        alerts_of({"status": "error"}, "alerts.json", BEGAN)
