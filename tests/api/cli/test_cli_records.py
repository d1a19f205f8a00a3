"""What all kinds of records have in common, said of incidents."""

from pathlib import Path

import pytest

from tests.api.cli.conftest import Cmdb


@pytest.fixture
def number(cmdb: Cmdb) -> str:
    cmdb("ci", "create", "server", "web01")
    opened = cmdb("incident", "open", "Shop is slow", "urgency=high", "--ci", "web01=degraded", "--json")
    assert opened.code == 0, opened.err
    return str(opened.json()["number"])


def test_a_record_says_what_it_was_told(cmdb: Cmdb, number: str) -> None:
    told = cmdb("incident", "show", number).out
    for word in (number, "Shop is slow", "degraded  web01", "urgency  high", "Steps from here", "assign"):
        assert word in told


def test_what_it_says_is_changed_piece_by_piece(cmdb: Cmdb, number: str) -> None:
    other = cmdb("incident", "open", "The same again", "--json").json()["number"]
    related, attached = f"duplicate_of={other}", "graph=https://example.org/graph"
    told = cmdb(
        *("incident", "set", number, "category=software", "urgency="),
        *("--unlink", "web01", "--relate", related, "--attach", attached, "--json"),
    ).json()
    assert told["values"]["category"] == "software"
    assert "urgency" not in told["values"]
    assert (told["links"], told["related"]) == ([], [{"type": "duplicate_of", "number": other}])
    assert told["attachments"] == [{"name": "graph", "url": "https://example.org/graph"}]
    assert cmdb("incident", "set", number, "--unrelate", related, "--json").json()["related"] == []


def test_a_step_is_taken_or_refused_with_what_is_missing(cmdb: Cmdb, number: str) -> None:
    refused = cmdb("incident", "do", number, "assign")
    assert (refused.code, refused.out) == (1, "")
    assert f"{number} cannot take the step 'assign': team is missing." in refused.err
    assert "assigned" in cmdb("incident", "do", number, "assign", "team=Retail").out
    wrong = cmdb("incident", "do", number, "asign")
    assert "knows no 'asign'. From here it can: assign, " in wrong.err


def test_the_log_tells_all_and_that_it_is_whole(cmdb: Cmdb, number: str) -> None:
    cmdb("incident", "note", number, "Cache is cold")
    told = cmdb("incident", "log", number).out
    for word in ("open → new", "title: Shop is slow", "note", "Cache is cold", "The log is whole"):
        assert word in told
    entries = cmdb("incident", "log", number, "--json").json()["entries"]
    assert [one["what"] for one in entries if one["what"] in ("open", "note")] == ["open", "note"]


def test_records_are_listed_and_found(cmdb: Cmdb, number: str) -> None:
    assert number in cmdb("incident", "list", "--ci", "web01", "--where", "urgency=high").out
    assert cmdb("incident", "list", "--where", "urgency=low").out == "None.\n"
    assert cmdb("incident", "list", "--state", "closed", "--json").json() == {"items": [], "next": None}
    assert number in cmdb("incident", "search", "slow shop").out


def test_what_happened_earlier_is_told_with_its_time(cmdb: Cmdb, number: str) -> None:
    told = cmdb("incident", "open", "Night", "--at", "2026-01-31T22:00Z", "--json").json()
    assert told["opened_at"] == "2026-01-31T22:00:00Z"
    assert "is no time" in cmdb("incident", "open", "Night", "--at", "yesterday").err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("urgency",), "'urgency' is not understood. Write FIELD=VALUE."),
        (("urgency=@nowhere.json",), "nowhere.json cannot be read"),
        (("--relate", "PRB-000001"), "'PRB-000001' is not understood. Write TYPE=NUMBER."),
        (("--relate", "problem=INC-000001"), "is no other record of the kind problem"),
        (("--relate", "probelm=PRB-000001"), "did you mean 'problem'?"),
        (("--ci", "web01=donw"), "did you mean 'down'?"),
    ],
)
def test_what_is_not_understood_is_refused(
    cmdb: Cmdb, number: str, words: tuple[str, ...], reason: str
) -> None:
    said = cmdb("incident", "set", number, *words)
    assert (said.code, said.out) == (1, "")
    assert reason in said.err


def test_a_file_that_is_no_json_and_a_record_of_another_kind_are_refused(
    cmdb: Cmdb, number: str, tmp_path: Path
) -> None:
    file = tmp_path / "plan.json"
    file.write_text("{")
    assert f"{file} is no JSON" in cmdb("incident", "set", number, f"description=@{file}").err
    assert f"{number} is of the kind incident: use `cmdb incident`." in cmdb("problem", "show", number).err
