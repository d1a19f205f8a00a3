"""A week at the service desk: alerts in the evening, what keeps coming back, a change for the board."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import orjson
from rich.console import Console
from rich.markdown import Markdown

from api.demo.past_year import ORIGIN, write_past_year
from api.demo.scene import scene
from api.demo.sources import ESTATE, shown
from api.practices.change.brief import brief
from api.practices.change.bureau import open_bureau
from api.practices.change.findings import assess
from api.practices.change.page import markdown
from api.practices.change.planning import plan_change, read_plan
from api.practices.incident import IncidentPractice, incident_page, read_alerts, take
from api.practices.problem.candidates import candidates
from api.tables.incidents import print_page, print_taken
from api.tables.problems import print_candidates
from api.tables.reports import print_figures
from cmdb.access import Actor, Role
from cmdb.alerts import Alert
from cmdb.history import Author
from cmdb.practices import open_desk
from cmdb.records import By, Desk, Edit, Wanted, list_records, open_record
from cmdb.reports import Asked, make_report
from cmdb.store import Store
from impact import ImpactEngine
from impact.recurrence import Period

ALERTS, PLAN = (ESTATE / "service-desk" / name for name in ("alerts.json", "firmware.json"))
YEAR = timedelta(days=365)
SATURDAY = 5
CHANGE = {
    "title": "New firmware for the Leeds core switches",
    "description": "The vendor fixes a memory leak that restarts a switch after 400 days; both stand at 371.",
    "team": "Network Operations",
}


def tell_service_desk(console: Console, store: Store, engine: ImpactEngine, author: Author) -> None:
    """Show what becomes of alerts, what recurs in a year of incidents, a change for the board, figures."""
    desk, now = open_desk(store), datetime.now(UTC)
    by = By(Actor(author.actor, Role.ADMINISTRATOR), ORIGIN)
    write_past_year(desk, now)
    _tell_alerts(console, IncidentPractice.of(store, desk, engine), by, now)
    _tell_candidates(console, store, engine, Period(now - YEAR, now))
    _tell_change(console, store, desk, engine, by, now)
    scene(
        console,
        "How long until it works again, and do we keep our promises?",
        "cmdb report mttr --by quarter",
    )
    print_figures(console, make_report(store, desk, "mttr", Asked(by="quarter"), now))


def _tell_alerts(console: Console, practice: IncidentPractice, by: By, now: datetime) -> None:
    scene(
        console,
        "Eight in the evening: the tills are silent, the phones ring",
        f"cmdb incident alerts {shown(ALERTS)}",
    )
    taken = take(practice, by, _as_of_now(read_alerts(str(ALERTS)), now))
    print_taken(console, taken)
    first = min(
        (page for number in (*taken.opened, *taken.joined) if (page := incident_page(practice, number))),
        key=lambda page: page.record.values["priority"],
    )
    scene(console, "What do we know of it? One page", f"cmdb incident page {first.record.number}")
    print_page(console, first)


def _tell_candidates(console: Console, store: Store, engine: ImpactEngine, period: Period) -> None:
    title = "What keeps coming back? A year of incidents, each of them closed on its own"
    scene(console, title, f"cmdb problem candidates --since {period.since:%Y-%m-%d}")
    print_candidates(console, candidates(store, engine, period))


def _as_of_now(alerts: Sequence[Alert], now: datetime) -> list[Alert]:
    """The same alerts, as if the last of them had begun a minute ago."""
    later = now - timedelta(minutes=1) - max(alert.starts_at for alert in alerts)
    return [replace(alert, starts_at=alert.starts_at + later) for alert in alerts]


def _tell_change(
    console: Console, store: Store, desk: Desk, engine: ImpactEngine, by: By, now: datetime
) -> None:
    bureau = open_bureau(store, engine, desk)
    known = list_records(desk.database, Wanted(kind="change", fields={"title": CHANGE["title"]})).items
    number = known[0].number if known else open_record(desk, by, "change", Edit(values=CHANGE)).number
    if not known:
        plan_change(
            bureau, by, number, read_plan({**orjson.loads(PLAN.read_bytes()), "window": _saturday(now)})
        )
        assess(bureau, by, number)
    scene(
        console,
        "Saturday's firmware, one switch after the other: the page for the board",
        f"cmdb change plan {number} {shown(PLAN)}",
        f"cmdb change assess {number}",
        f"cmdb change brief {number}",
    )
    console.print(Markdown(markdown(brief(bureau, number))))


def _saturday(now: datetime) -> dict[str, datetime]:
    """The window: the night of the next Saturday."""
    ahead = timedelta(days=(SATURDAY - now.weekday()) % 7 or 7)
    start = (now + ahead).replace(hour=22, minute=0, second=0, microsecond=0)
    return {"start": start, "end": start + timedelta(hours=4)}
