"""A day with the command line: import, look, ask, change, undo."""

import socket
from pathlib import Path

from tests.api.cli.conftest import Cmdb


def test_impact_lists_services_first_and_counts_redundancy(estate: Path, cmdb: Cmdb) -> None:
    one = cmdb("impact", "vm-a", "--json").json()
    assert one["counts"]["down"] == 1
    assert one["counts"]["at_risk"] == 1
    both = cmdb("impact", "vm-a", "vm-b")
    assert both.code == 0
    assert "business services  1 down" in both.out
    assert "needs 1 of 2 (hosts): vm-a, vm-b are down" in cmdb("impact", "vm-a", "vm-b", "--all").out
    assert "Trading" in both.out


def test_impact_takes_types_redundancy_pins_and_what_is_down_already(estate: Path, cmdb: Cmdb) -> None:
    def down(*arguments: str) -> int:
        return int(cmdb("impact", *arguments, "--json").json()["counts"]["down"])

    assert down("vm-a", "--ignore-redundancy") == 3
    assert down("vm-a", "--ignore-redundancy", "--types", "runs_on") == 2
    assert down("vm-a", "vm-b", "--not-impacted", "shop-app") == 2
    assert down("vm-a", "--already-down", "vm-b") == 4


def test_why_tells_what_saves_a_ci(estate: Path, cmdb: Cmdb) -> None:
    said = cmdb("why", "Shop", "--if-fails", "files/a")
    assert said.code == 0
    assert "Shop stays up" in said.out
    assert "vm-b is still up" in said.out
    assert "is down" in cmdb("why", "Shop", "--if-fails", "vm-a", "--if-fails", "vm-b").out


def test_answers_as_of_a_time_before(estate: Path, cmdb: Cmdb) -> None:
    before = cmdb("revisions", "--json").json()[0]["seq"]
    assert cmdb("baseline", "set", "before-change").code == 0
    assert cmdb("ci", "unrelate", "shop-app", "runs_on", "vm-b", "--group", "hosts").code == 0
    assert cmdb("impact", "vm-a", "--json").json()["counts"]["down"] == 3
    for moment in (str(before), "before-change"):
        assert cmdb("impact", "vm-a", "--as-of", moment, "--json").json()["counts"]["down"] == 1
    drift = cmdb("diff", "before-change").out
    assert "shop-app runs_on vm-b in hosts" in drift
    assert drift.count("\n- ") == 1


def test_edits_leave_a_history_that_can_be_undone(estate: Path, cmdb: Cmdb) -> None:
    assert cmdb("ci", "set", "vm-a", "description=old one", "--reason", "for the test").code == 0
    number = cmdb("revisions", "--json").json()[0]["seq"]
    assert "description: none → old one" in cmdb("ci", "history", "vm-a").out
    assert "old one" in cmdb("ci", "show", "vm-a").out
    assert cmdb("undo", str(number)).code == 0
    assert "old one" not in cmdb("ci", "show", "vm-a").out


def test_an_import_is_undone_as_a_whole(estate: Path, cmdb: Cmdb) -> None:
    run = cmdb("import", "list", "--json").json()[0]["id"]
    assert cmdb("undo", "--import", run).code == 0
    assert cmdb("ci", "list", "--json").json()["items"] == []
    assert len(cmdb("ci", "list", "--retired", "--json").json()["items"]) == 4


def test_retire_restore_and_purge(estate: Path, cmdb: Cmdb) -> None:
    assert cmdb("ci", "purge", "vm-b", "--yes").code == 1
    assert cmdb("ci", "retire", "vm-b").code == 0
    assert "vm-b" not in cmdb("ci", "show", "shop-app").out
    assert cmdb("ci", "restore", "vm-b").code == 0
    assert "vm-b" in cmdb("ci", "show", "shop-app").out
    assert cmdb("ci", "retire", "vm-b").code == 0
    assert cmdb("ci", "purge", "vm-b", "--yes").code == 0
    assert cmdb("ci", "show", "vm-b").code == 1


def test_create_relate_and_search(cmdb: Cmdb) -> None:
    assert cmdb("ci", "create", "application", "Ledger", "criticality=high").code == 0
    assert cmdb("ci", "create", "virtual_machine", "ledger-vm").code == 0
    assert cmdb("ci", "relate", "Ledger", "runs_on", "ledger-vm").code == 0
    assert {ci["name"] for ci in cmdb("ci", "search", "ledger", "--json").json()["items"]} == {
        "Ledger",
        "ledger-vm",
    }


def test_unchanged_import_writes_nothing(estate: Path, cmdb: Cmdb) -> None:
    again = cmdb("import", "csv", str(estate), "--source", "files")
    assert "Nothing written" in again.out


def test_errors_say_what_to_do_and_exit_codes_tell_them_apart(estate: Path, cmdb: Cmdb) -> None:
    unknown = cmdb("impact", "vm-c")
    assert unknown.code == 1
    assert "Not found:" in unknown.err
    assert "vm-a" in unknown.err
    assert cmdb("impact").code == 2
    assert cmdb("impact", "vm-a", "--not-impacted", "vm-a").code == 1
    typo = cmdb("ci", "set", "vm-a", "descripton=x")
    assert typo.code == 1
    assert "description" in typo.err


def test_tokens_are_shown_once(cmdb: Cmdb) -> None:
    secret = cmdb("token", "create", "ci", "--role", "operator").out.strip()
    assert secret.startswith("linchpin_")
    assert secret not in cmdb("token", "list").out
    assert cmdb("token", "revoke", "ci").code == 0
    assert cmdb("token", "revoke", "ci").code == 1


def test_status_of_an_existing_server(cmdb: Cmdb) -> None:
    facts = cmdb("status", "--json").json()
    assert facts["state"] == "external"
    assert facts["version"].startswith("20")
    assert cmdb("up").code == 2


def test_serving_on_a_taken_port_says_what_to_do(cmdb: Cmdb) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = cmdb("serve", "--port", str(taken.getsockname()[1]))
    assert said.code == 1
    assert "--port" in said.err
