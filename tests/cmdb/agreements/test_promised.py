"""Which agreement a record goes by: the strictest of those of the CIs affected."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdb.agreements import Agreement, AgreementKind, ClockKind, Promise, load_agreements, promised
from cmdb.calendars import load_calendars
from cmdb.catalogue import Catalogue, load_catalogue
from cmdb.policy import Policies

FRIDAY = datetime(2026, 11, 20, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)

CALENDARS = """
[calendars.24x7]
hours = { mon-sun = ["00:00-24:00"] }
[calendars.office]
hours = { mon-fri = ["08:00-18:00"] }
"""
AGREEMENTS = """
[agreements.general]
calendar = "office"
targets = { 1 = { respond = "1h", restore = "10h" } }
[agreements.shop]
calendar = "24x7"
covers = [{ name = "shop*" }]
targets = { 1 = { restore = "12h" } }
[agreements.services]
calendar = "24x7"
covers = [{ class = "technical_service", criticality = ["critical", "high"] }, { id = "payroll" }]
targets = { 1 = { respond = "2h", restore = "20h" } }
[agreements.network]
kind = "ola"
party = "Network"
calendar = "office"
covers = [{ class = "network_device" }]
targets = { 1 = { restore = "1h" } }
[agreements.carrier]
kind = "uc"
party = "Carrier"
calendar = "24x7"
covers = [{ class = "circuit" }]
targets = { 1 = { restore = "6h" } }
"""


@pytest.fixture(scope="module")
def agreements(tmp_path_factory: pytest.TempPathFactory) -> tuple[Agreement, ...]:
    folder: Path = tmp_path_factory.mktemp("policies")
    (folder / "calendars.toml").write_text(CALENDARS)
    (folder / "agreements.toml").write_text(AGREEMENTS)
    policies = Policies(folder)
    return load_agreements(policies, load_catalogue(), load_calendars(policies), (1,))


def ci(name: str, class_name: str = "business_service", criticality: str | None = None) -> dict[str, object]:
    return {"id": name.lower(), "name": name, "class": class_name, "criticality": criticality}


SHOP, PAYROLL, WIKI = ci("Shop DE"), ci("Payroll"), ci("Wiki")
SIGN_ON = ci("Sign-on", "infrastructure_service", "critical")
SWITCH, CIRCUIT = ci("core-1", "switch"), ci("line 7", "circuit")


def restore(
    agreements: tuple[Agreement, ...], *cis: dict[str, object], kind: AgreementKind = "sla"
) -> tuple[str, timedelta] | None:
    promise = promised(agreements, "restore", 1, cis, FRIDAY, kind)
    return (promise.agreement, promise.due - FRIDAY) if promise else None


def test_each_goes_by_its_own(agreements: tuple[Agreement, ...]) -> None:
    assert restore(agreements, SHOP) == ("shop", 12 * HOUR)
    assert restore(agreements, PAYROLL) == ("services", 20 * HOUR)
    assert restore(agreements, SIGN_ON) == ("services", 20 * HOUR)


def test_all_that_one_table_says_must_fit(agreements: tuple[Agreement, ...]) -> None:
    for other in (ci("x", "infrastructure_service", "low"), ci("x", "database", "critical"), WIKI):
        promise = promised(agreements, "restore", 1, [other], FRIDAY)
        assert promise is not None
        assert promise.agreement == "general"


def test_the_strictest_is_due_first_whatever_its_hours(agreements: tuple[Agreement, ...]) -> None:
    assert restore(agreements, SHOP, PAYROLL) == ("shop", 12 * HOUR)
    morning = datetime(2026, 11, 20, 8, tzinfo=UTC)
    promise = promised(agreements, "restore", 1, [SHOP, WIKI], morning)
    assert promise == Promise("general", "", "office", 10 * HOUR, morning + 10 * HOUR)
    assert restore(agreements, SHOP, WIKI) == ("shop", 12 * HOUR)  # ten office hours last until Monday


def test_without_any_ci_the_general_one_holds(agreements: tuple[Agreement, ...]) -> None:
    assert restore(agreements) == ("general", 72 * HOUR)


def test_respond_and_restore_may_come_from_different_agreements(agreements: tuple[Agreement, ...]) -> None:
    promise = promised(agreements, "respond", 1, [SHOP, PAYROLL], FRIDAY)
    assert promise is not None
    assert promise.agreement == "services"
    assert promised(agreements, "respond", 1, [SHOP], FRIDAY) is None


def test_inside_and_with_suppliers_is_apart(agreements: tuple[Agreement, ...]) -> None:
    assert restore(agreements, SWITCH, CIRCUIT, kind="ola") == ("network", HOUR)
    assert restore(agreements, SWITCH, CIRCUIT, kind="uc") == ("carrier", 6 * HOUR)
    assert restore(agreements, SHOP, kind="ola") is None


@given(data=st.data())
def test_more_cis_never_make_it_later(agreements: tuple[Agreement, ...], data: st.DataObject) -> None:
    cis = data.draw(st.lists(st.sampled_from([SHOP, PAYROLL, WIKI, SIGN_ON]), min_size=1))
    clock: ClockKind = data.draw(st.sampled_from(("respond", "restore")))
    began = FRIDAY + data.draw(st.integers(0, 200)) * HOUR
    dues = [promise.due for one in cis if (promise := promised(agreements, clock, 1, [one], began))]
    together = promised(agreements, clock, 1, cis, began)
    assert (together and together.due) == min(dues, default=None)


def test_the_shipped_ones_hold_critical_services_to_more(catalogue: Catalogue) -> None:
    policies = Policies()
    shipped = load_agreements(policies, catalogue, load_calendars(policies), range(1, 6))
    critical = ci("Payments", "application_service", "critical")
    for priority in range(1, 6):
        own = promised(shipped, "restore", priority, [critical], FRIDAY)
        general = promised(shipped, "restore", priority, [WIKI], FRIDAY)
        assert own and general
        assert (own.agreement, general.agreement) == ("critical_services", "general")
        assert own.due < general.due
