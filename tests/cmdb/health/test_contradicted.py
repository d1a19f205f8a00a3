"""What people say and every current source denies is listed after a while, and stays as it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

from cmdb.health import Terms, findings
from cmdb.runs import Run
from cmdb.store import Store, Target, get_ci, update_cis
from tests.cmdb.graphs import AUTHOR, id_of, see

TODAY = datetime.now(UTC)
"""People speak now, whatever sources saw before."""


def day(number: float) -> datetime:
    """So many days from today."""
    return TODAY + timedelta(days=number)


def seen(store: Store, at: datetime, source: str = "scanner", **attributes: Any) -> None:
    thing = see("a", name="a", fqdn="a.example.org", **attributes)
    Run(store.database, store.catalogue, AUTHOR, source, observed_at=at).take_in([thing])


def say(store: Store, **attributes: Any) -> str:
    id_ = id_of(store.database, "a")
    update_cis(store, AUTHOR, [(Target(id_), attributes)])
    return id_


def listed(store: Store, now: datetime, days: float = 30) -> dict[str, dict[str, Any]]:
    """What is contradicted: attribute → who says what."""
    items = findings(store, "contradicted", terms=Terms(contradicted_days=days), now=now).items
    return {
        detail["attribute"]: {
            "manual": detail["manual"],
            **{one["source"]: one["value"] for one in detail["sources"]},
        }
        for item in items
        for detail in item.details
    }


def test_it_takes_thirty_days(store: Store) -> None:
    seen(store, day(-60), os="Linux", memory_mb=4096)
    id_ = say(store, os="Windows", memory_mb="4096")
    seen(store, day(29), os="Linux", memory_mb=4096)  # still there
    assert listed(store, day(29)) == {}
    assert listed(store, day(31)) == {"os": {"manual": "Windows", "scanner": "Linux"}}
    assert listed(store, day(31), days=40) == {}
    assert get_ci(store.database, id_)["os"] == "Windows"


def test_a_cleared_value_is_a_value(store: Store) -> None:
    seen(store, day(-60), os="Linux")
    say(store, os=None)
    seen(store, day(31), os="Linux")
    assert listed(store, day(31)) == {"os": {"manual": None, "scanner": "Linux"}}


def test_one_current_source_that_agrees_is_enough(store: Store) -> None:
    seen(store, day(-60), os="Linux")
    seen(store, day(-60), "other", os="Windows")
    say(store, os="Windows")
    for source, os in (("scanner", "Linux"), ("other", "Windows")):
        seen(store, day(35), source, os=os)
    assert listed(store, day(36)) == {}
    seen(store, day(55), os="Linux")
    # By now nobody has seen for three weeks what the other says.
    assert listed(store, day(56)) == {"os": {"manual": "Windows", "scanner": "Linux"}}


def test_who_never_mentions_it_contradicts_nothing(store: Store) -> None:
    seen(store, day(-60))
    say(store, os="Windows")
    seen(store, day(40))
    assert listed(store, day(40)) == {}


def test_stale_sources_contradict_nothing(store: Store) -> None:
    seen(store, day(-60), os="Linux")
    say(store, os="Windows")
    assert listed(store, day(31)) == {}


def test_what_else_changes_does_not_begin_it_anew(store: Store) -> None:
    seen(store, day(-60), os="Linux", cpu_count=1)
    say(store, os="Windows")
    say(store, description="another edit of the same person")
    for number in (10, 20, 30):
        seen(store, day(number), os="Linux", cpu_count=number)
    assert listed(store, day(31)) == {"os": {"manual": "Windows", "scanner": "Linux"}}


def test_who_agreed_meanwhile_begins_it_anew(store: Store) -> None:
    seen(store, day(-60), os="Linux")
    say(store, os="Windows")
    seen(store, day(10), os="Windows")
    seen(store, day(20), os="Linux")
    seen(store, day(45), os="Linux")
    assert listed(store, day(45)) == {}
    assert listed(store, day(51)) == {"os": {"manual": "Windows", "scanner": "Linux"}}


def test_who_joins_in_later_does_not_begin_it_anew(store: Store) -> None:
    seen(store, day(-60), os="Linux")
    say(store, os="Windows")
    seen(store, day(30), "other", os="Debian")
    seen(store, day(30), os="Linux")
    assert listed(store, day(31)) == {"os": {"manual": "Windows", "scanner": "Linux", "other": "Debian"}}
