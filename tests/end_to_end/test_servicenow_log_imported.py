"""The published log of 24,918 incidents, imported whole: what reports say is what the file says."""

import lzma
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import mean, median

import pytest

from cmdb.arrivals import RecordReport
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.embedded import Address
from cmdb.history import Author
from cmdb.practices import open_desk
from cmdb.records import Desk, broken, get_record, read_log, spans
from cmdb.reports import Asked, Report, make_report
from cmdb.store import Store
from importers.importer import Origin
from importers.records import import_records, record_reader
from tests.conftest import empty
from tests.end_to_end.servicenow_log import FILE, Log

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the published log is not here")

NOW = datetime(2017, 3, 1, tzinfo=UTC)
MONTHS = [f"2016-{month:02}" for month in range(2, 13)] + ["2017-01", "2017-02"]
YEAR = Asked(date(2016, 2, 1), date(2017, 3, 1))


@pytest.fixture(scope="module")
def log() -> Log:
    return Log()


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "incident_event_log.csv"
    with lzma.open(FILE) as packed, path.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return path


@pytest.fixture(scope="module")
def store(prepared_address: Address, catalogue: Catalogue) -> Iterator[Store]:
    address = prepared_address
    with Database(address.uri, address.user, address.password) as database:
        empty(database)
        yield Store(database, catalogue)
        empty(database)


@pytest.fixture(scope="module")
def desk(store: Store) -> Desk:
    return open_desk(store)


def import_log(store: Store, desk: Desk, path: Path) -> RecordReport:
    return import_records(
        desk,
        store.policies,
        Author("ann", "test"),
        record_reader("servicenow-log"),
        Origin(str(path), {"times": "%d/%m/%Y %H:%M"}),
        source="servicenow",
        rejects=path.parent / "rejected",
    )


@pytest.fixture(scope="module")
def imported(store: Store, desk: Desk, unpacked: Path) -> RecordReport:
    return import_log(store, desk, unpacked)


@pytest.fixture(scope="module")
def numbers(store: Store, imported: RecordReport) -> dict[str, str]:
    """Our numbers by theirs."""
    rows = store.database.read(
        "MATCH (record:Incident) RETURN record.external_number AS theirs, record.number AS ours"
    )
    return {row["theirs"]: row["ours"] for row in rows}


@pytest.fixture(scope="module")
def ask(store: Store, desk: Desk, imported: RecordReport) -> "Ask":
    return Ask(store, desk)


class Ask:
    def __init__(self, store: Store, desk: Desk) -> None:
        self._store, self._desk = store, desk

    def __call__(self, name: str, asked: Asked = YEAR) -> Report:
        return make_report(self._store, self._desk, name, asked, NOW)

    def column(self, name: str, column: str, asked: Asked = YEAR) -> dict[str, float]:
        report = self(name, asked)
        return {row.group or row.period: row.figures[column] or 0 for row in report.rows}


def by_month(counted: dict[str, int]) -> dict[str, int]:
    return {month: counted.get(month, 0) for month in MONTHS}


def test_every_incident_and_every_event_comes_in(imported: RecordReport, store: Store, log: Log) -> None:
    assert imported.records == {"incident": {"created": 24_918}}
    assert imported.entries == 141_712 + 24_918  # each is opened before the first row tells of it
    assert (imported.rejected_rows, imported.files) == (0, [])
    assert imported.unknown_cis.total() == sum(one.last["cmdb_ci"] != "?" for one in log.incidents.values())
    (row,) = store.database.read("MATCH (entry:LogEntry) RETURN count(entry) AS entries")
    assert row["entries"] == 166_630


def test_importing_it_again_writes_nothing(
    imported: RecordReport, store: Store, desk: Desk, unpacked: Path
) -> None:
    before = store.database.read("MATCH (node) RETURN count(node) AS nodes, sum(node.entries) AS entries")
    again = import_log(store, desk, unpacked)
    assert again.records == {"incident": {"unchanged": 24_918}}
    assert (again.entries, again.first_revision) == (0, None)
    assert before == store.database.read(
        "MATCH (node) RETURN count(node) AS nodes, sum(node.entries) AS entries"
    )


def test_states_at_times_in_the_past_are_those_of_the_file(
    log: Log, numbers: dict[str, str], store: Store, desk: Desk
) -> None:
    mapped = {
        "New": "new",
        "Active": "in_progress",
        "Awaiting User Info": "on_hold",
        "Awaiting Vendor": "on_hold",
        "Awaiting Problem": "on_hold",
        "Awaiting Evidence": "on_hold",
        "Resolved": "resolved",
        "Closed": "closed",
    }
    chance = random.Random(2016)
    odd = [
        number
        for number, one in log.incidents.items()
        if any(row["incident_state"] == "-100" for row in one.rows)
    ]
    shuffled = ["INC0000130", "INC0000137"]  # whose times do not follow the order of their rows
    for number in [*odd, *shuffled, *chance.sample(sorted(log.incidents), 150)]:
        one, ours = log.incidents[number], numbers[number]
        told, record = read_log(store.database, ours), get_record(store.database, ours)
        assert len(told) == len(one.rows) + 1
        assert broken(told, record.entries, record.seal) is None
        history = list(spans(entry for _, entry, _ in told))
        for _ in range(20):
            time = one.opened + timedelta(seconds=chance.randrange(0, 90 * 86_400))
            text = f"{time:%Y-%m-%dT%H:%M:%SZ}"
            found = [span.state for span in history if span.since <= text < (span.until or "9")]
            state = one.state_at(time)
            assert state and found == [mapped[state]], (number, time)


def test_volume_by_month(ask: Ask, log: Log) -> None:
    assert ask.column("volume", "opened") == by_month(log.opened())
    assert ask.column("volume", "resolved") == by_month(log.turned(resolved=True))
    assert ask.column("volume", "reopened") == by_month(log.turned(resolved=False))
    assert ask.column("volume", "opened")["2016-03"] == 8_995
    assert sum(ask.column("volume", "opened").values()) == 24_918


def test_reopenings_are_those_that_the_file_counts_itself(ask: Ask, log: Log) -> None:
    counted = sum(max(int(row["reopen_count"]) for row in one.rows) for one in log.incidents.values())
    (row,) = ask("reopened", Asked(date(2016, 1, 1), date(2017, 3, 1), "quarter")).rows[:1]
    assert (row.figures["resolved"], row.figures["reopened"]) == (45 + 7_800, 124)
    reopened = ask.column("reopened", "reopened")
    assert sum(reopened.values()) == counted == 331


def test_reassignments(ask: Ask, log: Log) -> None:
    figures = [row.figures for row in ask("escalated").rows]
    handed = [one.handed_over for one in log.incidents.values()]
    assert sum(row["reassignments"] or 0 for row in figures) == sum(handed) == 17_914
    assert sum(row["reassigned"] or 0 for row in figures) == sum(one > 0 for one in handed) == 9_224


def test_mean_time_to_restore_by_priority(ask: Ask, log: Log) -> None:
    whole = Asked(date(2016, 2, 29), date(2017, 3, 1), "quarter", per="priority")
    found: dict[str, list[tuple[float, float]]] = {}
    for row in ask("mttr", whole).rows:
        if row.figures["resolved"]:
            found.setdefault(row.group, []).append((row.figures["resolved"], row.figures["mean_hours"] or 0))
    for priority, hours in log.hours().items():
        count = sum(count for count, _ in found[priority])
        assert count == len(hours)
        weighed = sum(count * mean_hours for count, mean_hours in found[priority]) / count
        assert weighed == pytest.approx(mean(hours))
    assert {priority: len(hours) for priority, hours in log.hours().items()} == {
        "1": 270,
        "2": 408,
        "3": 23_466,
        "4": 774,
    }


def test_mean_and_median_by_month(ask: Ask, log: Log) -> None:
    in_march = [
        (one.resolved - one.opened).total_seconds() / 3600
        for one in log.incidents.values()
        if one.resolved and f"{one.resolved:%Y-%m}" == "2016-03"
    ]
    (row,) = [row for row in ask("mttr").rows if row.period == "2016-03"]
    assert row.figures["resolved"] == len(in_march) == 7_673
    assert row.figures["mean_hours"] == pytest.approx(mean(in_march))
    below = sum(hours <= (row.figures["median_hours"] or 0) for hours in in_march)
    assert below >= len(in_march) / 2
    assert row.figures["median_hours"] == pytest.approx(median(in_march), rel=0.01)


def test_service_levels_are_those_of_the_system_it_comes_from(ask: Ask, log: Log) -> None:
    made = log.made_sla()
    for row in ask("sla").rows:
        of_month = made[row.period]
        assert row.figures["promised"] == of_month.total()
        assert row.figures["kept"] == of_month["true"]
    march = next(row for row in ask("sla").rows if row.period == "2016-03")
    assert march.figures["rate"] == pytest.approx(100 * 3_559 / 7_673)
    assert (march.target, march.met) == (95, False)


def test_backlog_and_its_age_at_the_ends_of_months(ask: Ask, log: Log) -> None:
    for row in ask("backlog").rows:
        year, month = map(int, row.period.split("-"))
        ages = log.backlog(datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC))
        assert row.figures["open"] == len(ages)
        assert row.figures["over_30_days"] == sum(age > 30 for age in ages)
        assert row.figures["oldest_days"] == (pytest.approx(max(ages)) if ages else None)
        assert row.figures["mean_age_days"] == (pytest.approx(mean(ages)) if ages else None)
    assert ask.column("backlog", "open")["2016-03"] == 1_481
    assert ask.column("backlog", "over_30_days")["2016-05"] == 409


def test_by_team(ask: Ask, log: Log) -> None:
    quarter = Asked(date(2016, 1, 1), date(2016, 4, 1), "quarter", per="team")
    expected: dict[str, int] = {}
    for one in log.incidents.values():
        if one.opened < datetime(2016, 4, 1, tzinfo=UTC) and (group := one.last["assignment_group"]) != "?":
            expected[group] = expected.get(group, 0) + 1
    opened = ask.column("volume", "opened", quarter)
    assert {group: count for group, count in opened.items() if count} == expected
