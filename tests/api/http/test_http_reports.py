from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from cmdb.access import Actor, Role
from cmdb.practices import open_desk
from cmdb.records import By, Edit, Record, open_record, transition
from cmdb.store import Store, create_cis

ANN = Actor("ann", Role.ADMINISTRATOR)
BEGIN = datetime(2026, 1, 5, 8, tzinfo=UTC)
WHEN = {"from": "2026-01-01", "to": "2026-03-01"}


def by(hours: float, note: str = "") -> By:
    return By(ANN, "test", note, BEGIN + timedelta(hours=hours))


@pytest.fixture
def outages(store: Store) -> list[Record]:
    """The shop was down for 7 h 26 min and 24 s in January, one hundredth of it."""
    desk = open_desk(store)
    ids, _ = create_cis(
        store,
        by(0).author,
        [{"class": "business_service", "name": "Shop"}, {"class": "server", "name": "web-1"}],
    )
    values = {
        "title": "Shop down",
        "type": "down",
        "began": BEGIN.isoformat(),
        "ended": (BEGIN + timedelta(hours=7.44)).isoformat(),
    }
    found = []
    for ci in ids:
        outage = open_record(desk, by(0), "outage", Edit(values=values, links={ci: None}))
        transition(desk, by(1), outage.number, "confirm")
        found.append(transition(desk, by(8), outage.number, "end"))
    return found


@pytest.fixture
def incidents(store: Store) -> None:
    """One of ours is restored after two hours, relapses, and is restored in February, too late."""
    desk, title = open_desk(store), {"title": "Cannot pay", "impact": "high", "urgency": "high"}
    one = open_record(desk, by(0), "incident", Edit(values={**title, "team": "Web"}))
    transition(desk, by(1), one.number, "assign", Edit(values={"team": "Tills"}))
    transition(desk, by(2), one.number, "restore", derived={"marks": ["restore 50", "restore 100"]})
    transition(desk, by(5), one.number, "relapse")
    transition(desk, by(30 * 24), one.number, "restore")


def rows(client: TestClient, name: str, **asked: str) -> list[dict[str, object]]:
    answer = client.get(f"/reports/{name}", params=WHEN | asked)
    assert answer.status_code == 200, answer.text
    return [
        {"period": row["period"], "group": row["group"], **row["figures"]} for row in answer.json()["rows"]
    ]


def test_what_services_were_down_for(client: TestClient, outages: list[Record]) -> None:
    (january, february) = rows(client, "mtbf")
    assert january == {
        "period": "2026-01",
        "group": "Shop",
        "failures": 1,
        "down_hours": pytest.approx(7.44),
        "planned_hours": 0,
        "mtbf_hours": pytest.approx(31 * 24 - 7.44),
        "mttr_hours": pytest.approx(7.44),
        "availability": pytest.approx(99),
    }
    assert (february["failures"], february["availability"]) == (0, 100)
    assert {row["group"] for row in rows(client, "mtbf", per="ci")} == {"Shop", "web-1"}


@pytest.mark.usefixtures("incidents")
def test_incidents_of_our_own(client: TestClient) -> None:
    assert [(row["opened"], row["reopened"], row["resolved"]) for row in rows(client, "volume")] == [
        (1, 1, 1),
        (0, 0, 1),
    ]
    assert [row["mean_hours"] for row in rows(client, "mttr")] == [None, 720]
    assert [(row["promised"], row["rate"]) for row in rows(client, "sla")] == [(0, None), (1, 0)]
    assert [row["open"] for row in rows(client, "backlog")] == [1, 0]
    assert rows(client, "escalated", per="team")[0]["reassigned_rate"] == 100


def test_as_files(client: TestClient, outages: list[Record]) -> None:
    table = client.get("/reports/mtbf", params=WHEN | {"format": "csv"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.text.splitlines()[1].startswith("2026-01,Shop,1,7.44,")
    chart = client.get("/reports/mtbf", params=WHEN | {"format": "svg"})
    assert (chart.headers["content-type"], "Shop: 100" in chart.text) == ("image/svg+xml", True)


def test_refusals(client: TestClient) -> None:
    assert client.get("/reports/volumes").status_code == 404
    for wrong in ({"zone": "Berlin"}, {"to": "0001-01-01"}, {"from": "0001-01-01"}, {"per": "colour"}):
        assert client.get("/reports/volume", params=wrong).status_code == 400
    assert (
        client.get("/reports/mtbf", params={"format": "svg"})
        .json()["detail"]
        .endswith("there is nothing to draw in these periods.")
    )
    assert "volume" in {one["name"] for one in client.get("/reports").json()}
